"""Sessions in the database, each with its holder; the query that every request begins with is prepared."""

import datetime as dt
import time
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from intranet.accounts.limits import address_of
from intranet.accounts.models import Session
from intranet.prepared import Prepared

ORIGIN = "origin"  # where, when and by which browser a session began: in its data, copied to its row

_HELD = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), *(str, dt.datetime)
)


class SessionStore(db.SessionStore):
    """A session is asked of the database at every request, so signing out counts at once and everywhere."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our row of a session."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with its holder beside the data."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        for name, value in data.get(ORIGIN, {}).items():
            setattr(row, name, dt.datetime.fromisoformat(value) if name == "began_at" else value)
        return row

    def _get_session_from_db(self) -> Session | None:
        found = _HELD.objects(self.session_key, timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


def note_origin(request: HttpRequest) -> None:
    """Keep in the session where and by which browser it begins; `handle` names it to its owner, without the key."""
    request.session[ORIGIN] = {
        "handle": get_random_string(16),
        "began_at": timezone.now().isoformat(),
        "address": address_of(request)[:64],
        "browser": request.headers.get("User-Agent", "")[:300],
    }
    request.session["confirmed_at"] = time.time()  # `sign_in.CONFIRMED`


def sessions_of(user: Any) -> QuerySet[Session]:
    """The sessions in which `user` is signed in now, the latest first."""
    return Session.objects.filter(user=user.pk, expire_date__gt=timezone.now()).order_by("-began_at")


def end_sessions(user: Any, *, but: str | None = None) -> int:
    """End the sessions of `user`, all or all but that with the key `but`; how many there were."""
    ended, _each = Session.objects.filter(user=user.pk).exclude(session_key=but).delete()
    return ended


def end_session(user: Any, handle: str) -> bool:
    """End one session of `user`; whether it was there."""
    return bool(handle) and bool(Session.objects.filter(user=user.pk, handle=handle).delete()[0])
