"""Sending many actions to an Elasticsearch that may be full: smaller batches and longer waits, within bounds.

A server says that it is full by 429, to a whole request (its memory, its queue) or to some of its actions (a disk past
the flood stage). The helpers of the client try a whole batch again, and give up at the first such action.
"""

import random
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import ApiError, Elasticsearch, helpers

TOO_MANY, MISSING = 429, 404
BATCH = 500
BATCH_BYTES = 4_000_000
#: Seconds to wait before a batch is sent again: doubled each time, up to the second, and spread by half.
WAIT, LONGEST = 0.5, 30.0
#: How often nothing is taken at all before it is given up: by whoever has an outbox that waits, and by a rebuild.
BRIEF, PATIENT = 3, 8

Action = dict[str, Any]


class ServerFullError(Exception):
    """The server took nothing, however little was sent and however long was waited."""


def send(client: Elasticsearch, actions: Iterable[Action], tries: int = BRIEF) -> None:
    """Send actions, each once taken, in their order but for what was refused.

    Raises `ServerFullError`, and what the client raises for other failures. What is missing need not be deleted.
    """
    source, again = iter(actions), deque[Action]()
    size, failed = BATCH, 0
    while batch := list(_next(again, source, size)):
        refused = _refused(client, batch)
        if not refused:
            failed, size = 0, min(BATCH, 2 * size)
            continue
        failed = failed + 1 if len(refused) == len(batch) else 0
        if failed > tries:
            raise ServerFullError(f"{len(batch)} actions were refused {failed} times")
        again.extendleft(reversed(refused))
        size = max(1, len(batch) // 2)
        time.sleep(min(LONGEST, WAIT * 2 ** max(0, failed - 1)) * random.uniform(0.5, 1.5))  # noqa: S311


def _next(again: deque[Action], source: Iterator[Action], size: int) -> Iterator[Action]:
    for _ in range(size):
        action = again.popleft() if again else next(source, None)
        if action is None:
            return
        yield action


def _refused(client: Elasticsearch, batch: list[Action]) -> list[Action]:
    """Send a batch, in requests that are not too long; the actions that the server was too full for."""
    answers = helpers.streaming_bulk(
        client,
        [dict(action) for action in batch],  # the helper takes them apart
        chunk_size=BATCH,
        max_chunk_bytes=BATCH_BYTES,
        raise_on_error=False,
        raise_on_exception=False,
        require_alias=True,
    )
    refused, failures = [], []
    for action, (taken, answer) in zip(batch, answers, strict=True):
        (said,) = answer.values()
        if taken or (said["status"] == MISSING and "error" not in said):  # what is to be deleted is not there
            continue
        if said["status"] == TOO_MANY:
            refused.append(action)
        elif isinstance(said.get("exception"), ApiError):
            raise said["exception"]
        else:
            failures.append(answer)
    if failures:
        raise helpers.BulkIndexError(f"{len(failures)} actions failed", failures)
    return refused
