"""Which threads and messages a reader may see, and the headquarters' queue."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from intranet.access.queries import visible_to
from pages.threads.models import Attachment, Message, Thread

DEEPEST = 50  # replies to replies; a chain of more is read as hidden


def is_hidden(message: Message) -> bool:
    """Whether the message, or one that it replies to at whatever remove, is hidden, as the database says now."""
    number: int | None = message.pk
    for _ in range(DEEPEST):
        if number is None:
            return False
        number, hidden_at = Message.objects.values_list("parent", "hidden_at").get(pk=number)
        if hidden_at is not None:
            return True
    return True


def below(message: Message) -> list[Message]:
    """The message and every reply below it."""
    found = level = [message]
    while level:
        replies = Message.objects.filter(parent__in=level)
        level = list(replies.exclude(pk__in=[one.pk for one in found]))
        found = found + level
    return found


def threads_of(user: Any) -> QuerySet[Thread]:
    """The threads `user` may read, the one written last first."""
    return visible_to(Thread.objects.select_related("organization", "owner"), user)


def messages_of(thread: Thread, user: Any) -> QuerySet[Message]:
    """The thread's messages that `user` may read, with their attachments, in order."""
    attachments = Attachment.objects.select_related("document")
    rows = thread.messages.select_related("author", "hidden_by", "parent__author")
    return visible_to(rows, user).prefetch_related(Prefetch("attachments", queryset=attachments))


def last_words(user: Any) -> QuerySet[Message]:
    """The messages `user` may read, newest first, with their threads."""
    return visible_to(
        Message.objects.select_related("thread__organization", "author").order_by("-sent_at", "-pk"), user
    )
