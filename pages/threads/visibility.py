"""Who may read a thread: its two sides, and auditors. What is hidden, with all below it: the headquarters alone."""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save

from documents import visibility as files
from documents.models import Document
from intranet.access import rules
from intranet.access.actions import forget, rederive
from intranet.access.clauses import Clauses, any_of
from intranet.access.models import State
from intranet.accounts.roles import Role, role_token
from organizations.tokens import member_of
from pages.threads.models import Attachment, Message, Thread
from pages.threads.queries import is_hidden

_HEADQUARTERS = (role_token(Role.HQ_STAFF), role_token(Role.AUDITOR))


def clauses_of_threads(threads: Sequence[Thread], state: str) -> list[Clauses | None]:
    """The organisation's people, HQ staff, auditors; not its district's secretary."""
    return [_of_thread(thread) if state == State.LIVE else None for thread in threads]


def _of_thread(thread: Thread) -> Clauses:
    return any_of(member_of(thread.organization_id), *_HEADQUARTERS)


def clauses_of_messages(messages: Sequence[Message], state: str) -> list[Clauses | None]:
    """Whoever reads the thread; the headquarters' side alone when it, or what it replies to, is hidden."""
    return [_of_message(message) if state == State.LIVE else None for message in messages]


def _of_message(message: Message) -> Clauses:
    return any_of(*_HEADQUARTERS) if is_hidden(message) else _of_thread(message.thread)


def _clauses_of_attachment(document: Document) -> Clauses | None:
    attachment = Attachment.objects.filter(document=document).select_related("message__thread").first()
    return _of_message(attachment.message) if attachment else None


def _saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        rederive(instance.document if isinstance(instance, Attachment) else instance)


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    forget(sender, instance.pk)


def connect() -> None:
    """Register the rules and follow what is saved; called once when the apps are ready."""
    rules.register(Thread, clauses_of_threads, prefix="thread")
    rules.register(Message, clauses_of_messages, prefix="message")
    files.register_readers(_clauses_of_attachment)
    for model in (Thread, Message, Attachment):
        post_save.connect(_saved, sender=model, dispatch_uid=f"threads.{model.__name__}.saved")
    for model in (Thread, Message):
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"threads.{model.__name__}.deleted")
