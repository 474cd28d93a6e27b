"""A loop that a signal ends between two turns, never within one."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

from django.db import close_old_connections


def run_until_stopped(turn: Callable[[], bool], pause: float) -> None:
    """Call `turn` again and again; wait `pause` seconds when it returns False. SIGTERM and SIGINT end it."""
    stop = threading.Event()

    def request_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, request_stop)
    signal.signal(signal.SIGINT, request_stop)
    while not stop.is_set():
        close_old_connections()
        if not turn():
            stop.wait(pause)
