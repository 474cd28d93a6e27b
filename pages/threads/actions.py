"""Writing to each other: opening, replying, taking, closing, hiding. Check, act, record, tell."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions import add_document
from documents.models import Document
from documents.registry import issue_number
from intranet.access.actions import rederive
from intranet.access.queries import can_see
from intranet.accounts.roles import Role, has_role, users_with
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.notifications.actions import notify
from organizations.models import Organization
from organizations.queries import readers_named, represents
from pages.threads.models import Attachment, Message, Thread
from pages.threads.policies import signs, why_not_end, why_not_handle, why_not_write
from pages.threads.queries import DEEPEST, below, is_hidden

REGISTER = "threads"
Why = Callable[[Any, Thread], str | None]


class RefusedThread(Exception):  # noqa: N818 - it is what a person reads
    """Something was not done with a thread; the message says why."""


def open_thread(
    actor: Any,
    organization: Organization,
    *,
    subject: str,
    body: str,
    files: Sequence[UploadedFile] = (),
    official: bool = False,
) -> Thread:
    """Write to the headquarters. The number is given here. Raises `RefusedThread`, and `RefusedFile` for a file."""
    if not represents(actor, organization):
        raise RefusedThread(_("Those write whose letter of appointment lets them submit."))
    if official and not signs(actor, organization):
        raise RefusedThread(_("An official letter is written by those whose letter lets them sign."))
    with transaction.atomic():
        now = timezone.now()
        thread = Thread(organization=organization, subject=subject, official=official, last_at=now)
        thread.number = f"waiting-{timezone.now().timestamp()}-{actor.pk}"
        thread.save()
        thread.number = issue_number(REGISTER, f"thread:{thread.pk}", timezone.localdate(now)).text
        thread.save(update_fields=["number"])
        _write(actor, thread, body, files, parent=None, from_headquarters=False)
        record(actor, "thread.opened", thread, organization=organization.pk, official=official)
        _tell(users_with(Role.HQ_STAFF), "thread_opened", thread)
        _tell([actor], "thread_receipt", thread)
    return thread


def reply(
    actor: Any, thread_id: int, body: str, files: Sequence[UploadedFile] = (), parent_id: int | None = None
) -> Message:
    """Write in a thread, in answer to one of its messages if one is named. Raises `RefusedThread`, `RefusedFile`."""
    with transaction.atomic():
        thread = _held(actor, thread_id, why_not_write)
        parent = None
        if parent_id is not None:
            parent = thread.messages.filter(pk=parent_id).first()
            if parent is None or not can_see(actor, parent) or is_hidden(parent):
                raise RefusedThread(_("The message you answer is not there any more."))
            if _depth(parent) >= DEEPEST - 1:
                parent = parent.parent
        ours = has_role(actor, Role.HQ_STAFF) and not represents(actor, thread.organization)
        message = _write(actor, thread, body, files, parent=parent, from_headquarters=ours)
        thread.state = Thread.State.ANSWERED if ours else Thread.State.OPEN
        thread.last_at = message.sent_at
        if ours and thread.owner_id is None:
            thread.owner = actor
        thread.save(update_fields=["state", "last_at", "owner"])
        record(actor, "thread.replied", thread, message=message.pk)
        if ours:
            people = readers_named(Organization.objects.filter(pk=thread.organization_id))
            _tell([one.user for one in people.select_related("user")], "thread_answered", thread)
        else:
            _tell([thread.owner] if thread.owner else users_with(Role.HQ_STAFF), "thread_replied", thread)
    return message


def take(actor: Any, thread_id: int) -> Thread:
    """Be the one at the headquarters who answers. Raises `RefusedThread`."""
    return _hand(actor, thread_id, actor, "thread.taken")


def leave(actor: Any, thread_id: int) -> Thread:
    """Put a thread back into the queue. Raises `RefusedThread`."""
    return _hand(actor, thread_id, None, "thread.left")


def _hand(actor: Any, thread_id: int, owner: Any, verb: str) -> Thread:
    with transaction.atomic():
        thread = _held(actor, thread_id, why_not_handle)
        before, thread.owner = thread.owner_id, owner
        thread.save(update_fields=["owner"])
        record(actor, verb, thread, before=before)
    return thread


def close(actor: Any, thread_id: int) -> Thread:
    """End a thread; it can be opened again. Raises `RefusedThread`."""
    return _set_state(actor, thread_id, Thread.State.CLOSED, "thread.closed")


def reopen(actor: Any, thread_id: int) -> Thread:
    """Open a closed thread again; it waits for the headquarters. Raises `RefusedThread`."""
    return _set_state(actor, thread_id, Thread.State.OPEN, "thread.reopened")


def hide(actor: Any, message_id: int, reason: str) -> Message:
    """Hide a message, and every reply below it, from the organisation's side. Raises `RefusedThread`."""
    if not reason.strip():
        raise RefusedThread(_("Say why it is hidden."))
    return _set_hidden(actor, message_id, reason.strip())


def show(actor: Any, message_id: int) -> Message:
    """Show a hidden message again. Raises `RefusedThread`."""
    return _set_hidden(actor, message_id, "")


def _set_hidden(actor: Any, message_id: int, reason: str) -> Message:
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        _held(actor, message.thread_id, why_not_handle)
        message.hidden_at = timezone.now() if reason else None
        message.hidden_by = actor if reason else None
        message.hidden_because = reason[:300]
        message.save()
        below_it = below(message)
        rederive(Message.objects.filter(pk__in=[one.pk for one in below_it]).select_related("thread"))
        rederive(Document.objects.filter(attached_to__message__in=below_it))
        verb = "thread.message_hidden" if reason else "thread.message_shown"
        record(
            actor, verb, message.thread, message=message.pk, reason=Personal(actor, message.hidden_because)
        )
    return message


def _set_state(actor: Any, thread_id: int, state: str, verb: str) -> Thread:
    with transaction.atomic():
        thread = _held(actor, thread_id, why_not_end)
        if thread.state != state:
            thread.state = state
            thread.save(update_fields=["state"])
            record(actor, verb, thread)
    return thread


def _held(actor: Any, thread_id: int, why: Why) -> Thread:
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    if not can_see(actor, thread) or (reason := why(actor, thread)):
        raise RefusedThread(reason if can_see(actor, thread) and reason else _("This is not yours to do."))
    return thread


def _depth(message: Message) -> int:
    depth, at = 0, message.parent
    while at is not None and depth < DEEPEST:
        depth, at = depth + 1, at.parent
    return depth


def _write(
    actor: Any,
    thread: Thread,
    body: str,
    files: Sequence[UploadedFile],
    *,
    parent: Message | None,
    from_headquarters: bool,
) -> Message:
    message = Message.objects.create(
        thread=thread,
        parent=parent,
        author=actor,
        from_headquarters=from_headquarters,
        body=body,
        sent_at=timezone.now(),
    )
    for file in files:
        document = add_document(
            file=file,
            title="",
            uploaded_by=actor,
            audience=Document.Audience.ATTACHED,
            organization=thread.organization,
        )
        Attachment.objects.create(message=message, document=document)
    return message


def _tell(people: Any, template: str, thread: Thread) -> None:
    notify(people, template, {"thread": thread}, reverse("ngo:thread", args=[thread.pk]))
