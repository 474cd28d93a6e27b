"""Where keys stand in a text, as the index keeps it: mostly a byte for each distance, so that chunks are put together.

A span is two distances: from the end of the span before to its start (negative where they overlap), and its length.
A length of 0 is no span but a way to go: what stands behind a chunk's last word. Spans that a byte is too small for
come behind all others, by their places.
"""

from array import array
from collections.abc import Iterable
from itertools import accumulate, compress, pairwise
from struct import Struct
from typing import Protocol

_LENGTH = Struct("<I")
_NEAREST, _FARTHEST = -128, 127


class Span(Protocol):
    """What stands from `start` to `end`."""

    @property
    def start(self) -> int:
        """Where its first letter stands."""
        ...

    @property
    def end(self) -> int:
        """Behind its last letter."""
        ...


def distances(spans: Iterable[Span], end: int) -> bytes | None:
    """These spans of a chunk and the way to its end, to be joined with others'; None when a byte is too small."""
    flat = [place for span in spans for place in (span.start, span.end)]
    found = [other - place for place, other in pairwise([0, *flat, end, end])]
    if min(found) < _NEAREST or max(found) > _FARTHEST or 0 in found[1:-1:2]:
        return None
    return array("b", found).tobytes()


def places(joined: bytes) -> tuple[list[int], list[int]]:
    """Where the spans of joined distances start, and where they end."""
    steps = memoryview(joined).cast("b")
    flat, lengths = list(accumulate(steps)), joined[1::2]
    return list(compress(flat[::2], lengths)), list(compress(flat[1::2], lengths))


def pack(joined: bytes, starts: Iterable[int] = (), ends: Iterable[int] = ()) -> bytes:
    """Joined distances, and behind them spans by their places."""
    others = [place for span in zip(starts, ends, strict=True) for place in span]
    return b"".join((_LENGTH.pack(len(joined)), joined, array("I", others).tobytes()))


def spans(packed: bytes, wanted: Iterable[int]) -> list[tuple[int, int]]:
    """The (start, end) of some of them, by their numbers from 0."""
    (length,) = _LENGTH.unpack_from(packed)
    joined = packed[_LENGTH.size : _LENGTH.size + length]
    flat = [*accumulate(memoryview(joined).cast("b"))]
    others = array("I", packed[_LENGTH.size + length :])
    first = [*compress(range(0, length, 2), joined[1::2]), *range(length, length + len(others), 2)]
    flat += others
    return [(flat[first[number]], flat[first[number] + 1]) for number in wanted]
