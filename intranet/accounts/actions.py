"""What is done to accounts: invited, made one's own, and the language one chose."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import slugify
from wagtail.users.models import UserProfile

from intranet.accounts.acting import acting_as
from intranet.accounts.errors import Refused
from intranet.accounts.invitations import INVITATION_TOPIC, link_of
from intranet.accounts.models import Invitation, User
from intranet.accounts.policies import why_not_invite
from intranet.accounts.roles import GROUP_NAMES, Role
from intranet.accounts.signals import invitation_accepted
from intranet.audit.actions import record
from intranet.outbox.actions import publish
from intranet.outbox.models import Row

INVITATION_LIFE = timedelta(days=7)


def language_of(user: Any) -> str:
    """The language `user` chose, or the site's own."""
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE


def choose_language(user: Any, language: str) -> None:
    """Keep the language of `user`, for the site and for the editing desk."""
    with transaction.atomic():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        record(user, "account.language_chosen", user, language=language)


@transaction.atomic
def invite(
    by: Any,
    *,
    email: str,
    first_name: str = "",
    last_name: str = "",
    title: str = "",
    username: str = "",
    roles: Iterable[Role] = (),
    note: str = "",
    next_url: str = "",
    life: timedelta = INVITATION_LIFE,
) -> Invitation:
    """Make an invited account and send its holder a link that works once, until `life` is over; return it.

    `by` is the user who invites, or None for the system; whether he may invite these people is for the caller to ask.
    `roles` are those that one person may give. `note` (plain text) stands in the e-mail; `next_url` is a path of the
    site to which the new holder comes. Without `username` one is made of the address. The e-mail leaves through the
    outbox once the caller's transaction is committed. Who has accepted is told by `signals.invitation_accepted`.

    Raises `Refused` when an account has the address or the name already: nobody's account is ever taken for his by an
    address alone; let him sign in, and give him what he is invited to there.
    """
    given = list(roles)
    email = User.objects.normalize_email(email.strip())
    reason = why_not_invite(email, username, given)
    if reason is not None:
        raise Refused(reason)
    user = User(
        username=User.normalize_username(username.strip()) if username else _free_name(email),
        email=email,
        first_name=first_name,
        last_name=last_name,
        title=title,
        is_active=False,
        invited_at=timezone.now(),
    )
    user.set_unusable_password()
    user.save()
    with acting_as(by):
        user.groups.add(*Group.objects.filter(name__in=[GROUP_NAMES[role] for role in given]))
    record(by, "account.invited", user, email=email, roles=sorted(given))
    return _send(by, user, note, next_url, life)


@transaction.atomic
def invite_again(by: Any, user: User, life: timedelta = INVITATION_LIFE) -> Invitation:
    """Send an invited person another link; those before it end. Raises `Refused` when he is not invited (any more)."""
    user = User.objects.select_for_update().get(pk=user.pk)
    last = user.invitations.first()
    if user.state != "invited" or last is None:
        raise Refused(translation.gettext("Only an account that waits for its holder is invited again."))
    withdraw_invitations(user)
    record(by, "account.invited_again", user)
    return _send(by, user, last.note, last.next_url, life)


def withdraw_invitations(user: User) -> int:
    """End the open links of `user`; how many there were."""
    return Invitation.objects.filter(user=user, used_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def _send(by: Any, user: User, note: str, next_url: str, life: timedelta) -> Invitation:
    invitation = Invitation.objects.create(
        user=user, invited_by=by, note=note, next_url=next_url, expires_at=timezone.now() + life
    )
    publish(INVITATION_TOPIC, str(invitation.pk))
    return invitation


def _free_name(email: str) -> str:
    """A name for the account, after the address: what stands before «@», with a number when it is taken."""
    wanted = slugify(email.partition("@")[0], allow_unicode=True)[:100] or "person"
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(
        name
        for name in (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
        if name not in taken
    )


def send_invitations(rows: Sequence[Row]) -> None:
    """Send the e-mails of the invitations that `rows` name, each once, those still open."""
    waiting = Invitation.objects.open().filter(pk__in=[int(row.key) for row in rows], sent_at=None)
    for invitation in waiting.select_related("user", "invited_by"):
        with translation.override(settings.LANGUAGE_CODE):
            values = {"invitation": invitation, "user": invitation.user, "link": link_of(invitation)}
            subject = " ".join(render_to_string("accounts/email/invitation_subject.txt", values).split())
            body = render_to_string("accounts/email/invitation.txt", values)
        EmailMessage(subject, body, to=[invitation.user.email]).send()
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


@transaction.atomic
def accept(invitation: Invitation, password: str) -> User:
    """Make the invited account its holder's own: active, with his password. Raises `Refused` when the link is over."""
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    now = timezone.now()
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=now):
        raise Refused(translation.gettext("This link has been used or is too old."))
    user.is_active = True
    user.joined_at = now
    user.set_password(password)
    user.save(update_fields=["is_active", "joined_at", "password"])
    withdraw_invitations(user)
    record(user, "account.invitation_accepted", user)
    invitation_accepted.send(sender=Invitation, invitation=invitation, user=user)
    return user
