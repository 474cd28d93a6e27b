"""Which of the lines that begin with «ماده» are articles: the cheapest reading of their numbers.

Every candidate is either taken or left as text, each at a price; a step from one number to the next costs
nothing, a gap, a repeat, a restart or a step back more. The reading with the least sum is taken, so that one
stray number («ماده ۹۶» quoted between articles 30 and 31) does not lead the rest astray.
"""

import re
from dataclasses import dataclass
from math import inf

from documents.structure.lines import Heading, read_article, read_container
from documents.structure.numbers import to_ascii_digits
from documents.structure.segments import Segment
from documents.structure.shades import shadow

WINDOW = 48  # candidates looked back upon
_CHANGES = re.compile(r"(?:اصلاح|الحاق|اضافه|جایگزین|جانشین|تغییر|تبدیل|افزوده)(?:ی|شده)?(?!\w)")
_MENTIONED = re.compile(r"(?:ماده|مواد|تبصره|تبصره های|بند|و|تا)\s*\(?\s*(\d{1,4})\s*\)?")
_RUNS_ON = re.compile(r"(?:در|این|از|تا|نیز)(?!\w)")
_WHAT = re.compile(r"(?<!\w)(ماده|مواد|تبصره)")


@dataclass(slots=True)
class Candidate:
    """A line that may begin an article; `take` and `leave` are prices, `fresh` says a heading stands above."""

    index: int
    heading: Heading
    take: float
    leave: float
    fresh: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A candidate that is an article: its number as read (`mirrored` if not as printed), and its step."""

    index: int
    heading: Heading
    value: int
    mirrored: bool = False
    restarts: bool = False


def announces(segment: Segment) -> set[int] | None:
    """The numbers that an amendment announced at the end of the segment speaks of, or None if it is none.

    «ماده ۱۱ به شرح زیر اصلاح می‌شود:»
    """
    shade = segment.line.shade.rstrip()
    if not shade.endswith(":"):
        return None
    end = shade[-110:]
    if not _CHANGES.search(end) or not _WHAT.search(shade, max(0, len(shade) - 400)):
        return None
    return {int(number) for number in _MENTIONED.findall(shade[-400:])}


def _is_above(segments: list[Segment], index: int) -> bool:
    """Whether a container's heading, or a marked one, stands right above."""
    for above in range(index - 1, max(-1, index - 4), -1):
        segment = segments[above]
        if segment.role or not segment.text:
            continue
        if read_container(segment.line) is not None:
            return True
        if not (segment.marked or len(segment.text) < 60):
            return False
    return False


def candidates(segments: list[Segment]) -> tuple[list[Candidate], set[int]]:
    """The lines that may begin an article, and the indexes of those that an amendment announces and quotes."""
    found: list[Candidate] = []
    quoted: set[int] = set()
    announced: set[int] | None = None
    previous: Segment | None = None
    for index, segment in enumerate(segments):
        if segment.role or not segment.text:
            continue
        heading = read_article(segment.line)
        if heading is not None and not segment.spoken:
            if announced is not None and heading.value in announced:
                announced = announced - {heading.value}
                quoted.add(index)
            else:
                announced = None
                found.append(_priced(segments, index, heading, previous))
        numbers = announces(segment)
        if numbers is not None:
            announced = numbers
        previous = segment
    _take_running_ones(found)
    return found, quoted


def _priced(segments: list[Segment], index: int, heading: Heading, previous: Segment | None) -> Candidate:
    segment = segments[index]
    ended = previous is None or previous.ended or segment.inline
    strong = heading.separated or bool(heading.note) or not heading.rest or heading.bis > 0
    if heading.citing:
        take, leave = 0.35, 0.0
    elif segment.inline:
        take, leave = 0.1, 0.4
    elif strong:
        take, leave = 0.0, 1.0
    else:
        take, leave = 0.1, 0.5
    if not ended:
        take, leave = take + 0.4, leave * 0.6
    if segment.quoted:
        take, leave = take + 0.5, leave * 0.3
    if heading.single:
        leave = 1.0
    return Candidate(index, heading, take, leave, _is_above(segments, index))


def _take_running_ones(found: list[Candidate]) -> None:
    """Where a text writes «ماده ۳ در هر محل …» without a separator, do not hold such words for a citation's."""
    plain = [each for each in found if not each.heading.citing]
    if sum(not each.heading.separated for each in plain) * 2 <= len(plain):
        return
    for each in found:
        if each.heading.citing and each.take < 0.5 and _RUNS_ON.match(shadow(each.heading.rest)):
            each.take, each.leave = 0.1, 0.4


def _step(before: int, value: int, heading: Heading, fresh: bool) -> float:  # noqa: PLR0911 - a table of prices
    """What it costs that `value` comes after `before`."""
    if heading.single:
        return 0.5 if before else 0.0
    if heading.bis:
        return 0.0 if value == before else 0.3 + 0.1 * (value - before) if value > before else 2.0
    if value == before + 1:
        return 0.0
    if value == 1:
        return 0.3 if fresh else 1.6
    if value == before:
        return 0.8
    if value > before:
        gap = value - before - 1
        return 0.4 + 0.02 * min(gap, 20) + (0.2 if gap > 10 else 0.0)
    return 3.0


def _readings(candidate: Candidate) -> list[tuple[int, float, bool]]:
    """The values that a candidate may have: as printed, and mirrored («۲۱» for ۱۲) at a price."""
    heading = candidate.heading
    value = heading.value or 0
    found = [(value, candidate.take, False)]
    digits = to_ascii_digits(heading.num)
    if digits.isdigit() and len(digits) > 1 and digits != digits[::-1] and digits[-1] != "0":
        found.append((int(digits[::-1]), candidate.take + 0.6, True))
    return found


def chain(found: list[Candidate]) -> list[Taken]:
    """The candidates that are articles, in order. Takes time in proportion to their number.

    «ماده الحاقی ۱» counts in a series of its own and is taken where it stands.
    """
    added = [Taken(each.index, each.heading, each.heading.value or 0) for each in found if each.heading.added]
    taken = _cheapest([each for each in found if not each.heading.added])
    return sorted([*added, *taken], key=lambda each: each.index)


def _cheapest(found: list[Candidate]) -> list[Taken]:
    # A node is (place of its candidate, value, mirrored, sum, the node before it).
    nodes: list[tuple[int, int, bool, float, int]] = []
    first_of: list[int] = []
    left = [0.0]
    for place, candidate in enumerate(found):
        first_of.append(len(nodes))
        earliest = first_of[max(0, place - WINDOW)]
        fresh: list[tuple[int, int, bool, float, int]] = []
        for value, price, mirrored in _readings(candidate):
            heading = candidate.heading
            start = 0.0 if value <= 1 or heading.single else 0.35 + 0.02 * min(value, 30)
            best, source = (left[place] + start if not mirrored else inf), -1
            for number in range(earliest, first_of[place]):
                at, before, _, total, _ = nodes[number]
                if mirrored and value != before + 1:
                    continue
                step = total + left[place] - left[at + 1] + _step(before, value, heading, candidate.fresh)
                if step <= best:
                    best, source = step, number
            fresh.append((place, value, mirrored, best + price, source))
        nodes.extend(fresh)
        left.append(left[-1] + candidate.leave)
    best, last = left[-1], -1
    for number, (at, _, _, total, _) in enumerate(nodes):
        if total + left[-1] - left[at + 1] <= best:
            best, last = total + left[-1] - left[at + 1], number
    path = []
    while last >= 0:
        path.append(nodes[last])
        last = nodes[last][4]
    taken: list[Taken] = []
    for place, value, mirrored, _, _ in reversed(path):
        candidate = found[place]
        plain = not (candidate.heading.bis or candidate.heading.single)
        restarts = plain and value == 1 and any(each.value for each in taken)
        taken.append(Taken(candidate.index, candidate.heading, value, mirrored, restarts))
    return taken
