"""Who wants to hear of what, and what the clock runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from intranet.outbox.models import Row

Handler = Callable[[Sequence[Row]], None]


@dataclass(frozen=True)
class Consumer:
    """A named handler of one topic's rows; `batch` is the most rows it is given at once."""

    name: str
    topic: str
    handler: Handler
    batch: int


@dataclass(frozen=True)
class ClockJob:
    """Something the clock runs again whenever `period` has passed."""

    name: str
    period: timedelta
    run: Callable[[], None]


consumers: dict[str, Consumer] = {}
clock_jobs: dict[str, ClockJob] = {}


def subscribe(topic: str, name: str, handler: Handler, *, batch: int = 200) -> None:
    """Register `handler` under the consumer `name`; call it from `AppConfig.ready()`."""
    consumers[name] = Consumer(name, topic, handler, batch)


def every(period: timedelta, name: str, run: Callable[[], None]) -> None:
    """Register a clock job; call it from `AppConfig.ready()`."""
    clock_jobs[name] = ClockJob(name, period, run)
