"""Naming somebody to stand in while one is away."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.roles import roles_of
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.notifications.actions import notify
from workflows.actions.submission import check
from workflows.models import Substitution
from workflows.policies import Refused
from workflows.queries import DECIDING_ROLES


def substitute(
    absent: Any, stands_in: Any, valid_from: datetime.date, valid_to: datetime.date, reason: str = ""
) -> Substitution:
    """Let `stands_in` act for `absent` from one day to another, both included. Only who is away names him.

    Both must hold the same deciding role: a substitution lends no power that its holder lacks.
    """
    with transaction.atomic():
        shared = roles_of(absent) & roles_of(stands_in) & DECIDING_ROLES
        check(None if shared else _("A substitute holds the same role."))
        check(None if valid_to >= timezone.localdate() else _("These days are over."))
        row = Substitution(
            absent=absent, substitute=stands_in, valid_from=valid_from, valid_to=valid_to, reason=reason
        )
        try:
            row.full_clean()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        row.save()
        record(
            absent,
            "workflow.substituted",
            row,
            substitute=Personal(stands_in, stands_in.get_username()),
            valid_from=valid_from.isoformat(),
            valid_to=valid_to.isoformat(),
        )
        notify([stands_in], "substitution", {"absent": absent, "substitution": row}, "/desk/")
    return row


def end_substitution(row: Substitution, user: Any) -> None:
    """End a substitution of one's own, today."""
    with transaction.atomic():
        check(None if row.absent_id == user.pk else _("Only who named a substitute ends it."))
        other = Personal(row.substitute, row.substitute.get_username())
        record(user, "workflow.substitution_ended", row, substitute=other)
        row.delete()
