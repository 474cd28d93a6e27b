"""Sign-ins, failures and sign-outs go to the audit log; so do roles, which nobody gives himself."""

from typing import Any

from django.contrib.auth import signals
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models.signals import m2m_changed
from django.http import HttpRequest

from intranet.accounts.acting import acting
from intranet.accounts.backends import account_called
from intranet.accounts.models import User
from intranet.accounts.names import hint_of
from intranet.accounts.roles import GROUP_NAMES, TWO_PERSON_ROLES
from intranet.accounts.sessions import ORIGIN, end_sessions, note_origin
from intranet.audit.actions import record
from intranet.audit.sealing import Personal


def _signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    note_origin(request)
    record(user, "account.signed_in", user, address=request.session[ORIGIN]["address"])


def _signed_out(sender: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record(user, "account.signed_out", user)


def _failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    name = str(credentials.get("username", ""))[:150]
    known = account_called(name)
    record(None, "account.sign_in_failed", known, name=Personal(known, name) if known else hint_of(name))


def _roles_changing(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Refuse a change of one's own roles by whatever screen, and that one person alone gives a role which reads
    private files; record the others."""
    act = acting()
    actor = act.user
    if reverse:
        people = (
            list(User.objects.filter(pk__in=pk_set)) if pk_set is not None else list(instance.user_set.all())
        )
        groups = [instance]
    else:
        people = [instance]
        groups = list(Group.objects.filter(pk__in=pk_set) if pk_set is not None else instance.groups.all())
    if not groups:
        return
    if action.startswith("pre_"):
        if actor is not None and any(person.pk == actor.pk for person in people):
            raise PermissionDenied("Nobody changes his own roles")
        two_person = {GROUP_NAMES[role] for role in TWO_PERSON_ROLES}
        if actor is not None and action == "pre_add" and not act.confirmed:
            held = set(instance.groups.values_list("name", flat=True)) if not reverse else set()
            if any(group.name in two_person - held for group in groups):
                raise PermissionDenied("Two administrators give this role")
        if action != "pre_clear":
            return
    elif action == "post_clear":
        return
    verb = "account.roles_given" if action == "post_add" else "account.roles_taken"
    for person in people:
        end_sessions(person)  # what was opened with other roles does not stay open
        record(actor, verb, person, roles=sorted(group.name for group in groups))


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    signals.user_login_failed.connect(_failed, dispatch_uid="accounts.sign_in_failed")
    m2m_changed.connect(_roles_changing, sender=User.groups.through, dispatch_uid="accounts.roles_changing")
