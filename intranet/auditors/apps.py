from datetime import timedelta
from operator import attrgetter

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditorsConfig(AppConfig):
    """The auditors' screens, and what the record needs of the other rooms."""

    name = "intranet.auditors"
    label = "auditors"
    verbose_name = _("Auditing")

    def ready(self) -> None:
        """Say which rows are about persons, and let the clock keep the head of the chain."""
        from intranet.audit import sealing
        from intranet.audit.heads import keep
        from intranet.outbox.registry import every

        sealing.register("organizations.Person", lambda person: person.user or person)
        for model, holder in OF_A_PERSON.items():
            sealing.register(model, attrgetter(holder))
        every(timedelta(hours=1), "audit.heads", keep)


#: Models whose rows are about one person, with the field that names him.
OF_A_PERSON: dict[str, str] = {
    "organizations.Membership": "person",
    "organizations.Representative": "person",
    "accounts.ApiToken": "user",
    "search.SavedSearch": "user",
}
