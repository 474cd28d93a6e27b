"""Keeping processes running: started together, watched, started again when one dies, stopped together."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from intranet.supervisor.console import say

_PR_SET_PDEATHSIG = 1
SOON = 10.0  # seconds: a process that ends sooner than this did not really start
PATIENCE = 4  # how many times in a row a process may end that soon
GRACE = 10.0  # seconds between asking a process to end and ending it
LONGEST_WAIT = 30.0


def end_with_parent() -> None:
    """Have the kernel end this process when its parent dies, even by `kill -9`."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return  # not Linux: the supervisor still ends its children when it is asked to stop


@dataclass
class Child:
    """A process to keep running, and how its last starts went."""

    name: str
    command: Sequence[str]
    later: bool = (
        False  # once the others are ready: they start sooner when they have the processors to themselves
    )
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    quick_ends: int = field(default=0)

    def start(self) -> None:
        """Start it at the head of a process group of its own, which can be ended as a whole."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            list(self.command),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )

    def send(self, number: signal.Signals, *, group: bool = False) -> None:
        """Send a signal to the process, or to all it started too."""
        if self.process is None:
            return
        try:
            if group:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
        except (ProcessLookupError, PermissionError):
            return


class Supervisor:
    """Runs children until asked to stop, or until one of them will not start; some `later`, once the rest is ready."""

    def __init__(self, children: Sequence[Child], pause: float = 0.2) -> None:
        self.children = list(children)
        self.pause = pause
        self.stopping = False

    def request_stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the children at the next turn."""
        self.stopping = True

    def run(self, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        """Run until stopped; return the exit code. `when_ready` is called once, when `is_ready` first holds."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.request_stop)
        announced = False
        try:
            self._start(later=False)
            while not self.stopping:
                if any(self._given_up(child) for child in self.children if announced or not child.later):
                    return 1
                if not announced and is_ready():
                    announced = True
                    self._start(later=True)
                    when_ready()
                time.sleep(self.pause)
            return 0
        finally:
            self.stop()

    def _start(self, *, later: bool) -> None:
        for child in self.children:
            if child.later is later:
                child.start()

    def _given_up(self, child: Child) -> bool:
        """Look after one child; whether it ended so often and so soon that trying again is pointless."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_again_at:
                child.start()
            return False
        code = child.process.poll()
        if code is None:
            return False
        child.send(signal.SIGKILL, group=True)  # what it started must not outlive it
        child.process = None
        child.quick_ends = child.quick_ends + 1 if now - child.started_at < SOON else 0
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        if child.quick_ends >= PATIENCE:
            say(f"\n  ✗ {child.name} {how}, the {PATIENCE}th time in a row right after its start.")
            say("    What it said stands above. The site is being stopped; mend the cause and run it again.")
            return True
        wait = min(0.5 * 2**child.quick_ends, LONGEST_WAIT)
        say(f"  ! {child.name} {how}; starting it again in {wait:g} s")
        child.start_again_at = now + wait
        return False

    def stop(self) -> None:
        """Ask every child to end, wait a little, then end what is left and all it started."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in running:
            assert child.process is not None  # noqa: S101 - for the type checker
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"  ! {child.name} did not end when asked; ending it")
            child.send(signal.SIGKILL, group=True)
            child.process.wait()
            child.process = None
