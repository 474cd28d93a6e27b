"""Django's sessions in the database; the query that every request begins with is prepared."""

import datetime as dt

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from intranet.prepared import Prepared

_HELD = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), *(str, dt.datetime)
)


class SessionStore(db.SessionStore):
    """A session is asked of the database at every request, so signing out counts at once and everywhere."""

    def _get_session_from_db(self) -> Session | None:
        found = _HELD.objects(self.session_key, timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]
