"""Who wants to hear of what, and what the clock runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from intranet.outbox.models import Row

Handler = Callable[[Sequence[Row]], None]


@dataclass(frozen=True)
class Consumer:
    """A named handler of one topic's rows; `batch` is the most rows it is given at once.

    One that is `alone` works in one process at a time: whichever has the turn drains for all.
    """

    name: str
    topic: str
    handler: Handler
    batch: int
    alone: bool = False


class Unavailable(Exception):  # noqa: N818  (it is what an administrator reads)
    """What a handler needs does not answer: no fault of the rows, which wait a little and are tried again."""


@dataclass(frozen=True)
class ClockJob:
    """Something the clock runs again whenever `period` has passed."""

    name: str
    period: timedelta
    run: Callable[[], object]


consumers: dict[str, Consumer] = {}
clock_jobs: dict[str, ClockJob] = {}


def subscribe(topic: str, name: str, handler: Handler, *, batch: int = 200, alone: bool = False) -> None:
    """Register `handler` under the consumer `name`; call it from `AppConfig.ready()`."""
    consumers[name] = Consumer(name, topic, handler, batch, alone)


def every(period: timedelta, name: str, run: Callable[[], object]) -> None:
    """Register a clock job; call it from `AppConfig.ready()`."""
    clock_jobs[name] = ClockJob(name, period, run)
