"""A source cut into the pieces that may be provisions: its lines, and what begins within a line.

Pieces partition the source: each knows where it begins and ends, and what of it is to be read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from documents.structure.lines import (
    CONTAINERS,
    follows,
    read_article,
    read_container,
    read_item,
    read_proviso,
)
from documents.structure.numbers import ORDINAL
from documents.structure.shades import Line, shaded, unmarked

TERMINAL = (".", ":", "؛", "؟", "!", "»", "…", ")", "”", "]")
Spans = Iterable[tuple[int, int]]

_EDGES = " \t\r\n\f\v\u200c\u200e\u200f\u202a\u202b\u202c\ufeff\u00a0"
_BLANKS = re.compile(r"[ \t\u00a0]{2,}")
_BULLET = re.compile(rf"^[{_EDGES}>]*(?:#{{1,6}}\s+|[*+]\s+(?!\*))?")
_WITHIN = re.compile(r"(?<![^\W\d])(?:ت-{0,9}ب-{0,9}ص-{0,9}ره|م-{0,9}اده)")  # a stretch is a dash in a shadow
_TO_SPACES = str.maketrans("*_\\", "   ")
_MARK = re.compile(r"(?<=[:.؛]) ?(?=\(?(?:الف|[ا-ی]|\d{1,2})(?!\w) ?[-)])")
_INNER_CONTAINER = re.compile(rf"[-:.] ?(?=(?:{'|'.join(CONTAINERS)}) (?:\d+|{ORDINAL}) ?[-:])")
_ENDED = re.compile(
    r"(?:[.؛:!؟»\])]|(?<!\w)(?:ن?می ?)?(?:است|شود|گردد|باشد|کند|کنند|نماید|نمایند|دارد|دارند|شد|بود|گیرد|اند))"
    r"[ *_\\]{0,6}$"
)
_RULE = re.compile(r"\s{0,20}(?:[*_=~─—–-] {0,3}){3,200}\s*")
_MAY_HOLD = re.compile(
    rf"تبصره|ماده|ص[ـ]+ره|م[ـ]+اده|[:.؛][\s\u200c*_]{{0,4}}\(?(?:[اآ]لف|[ا-ی]|\d{{1,2}})[\s\u200c*_\\]{{0,4}}[-)–—ـ]|{'|'.join(CONTAINERS)}"
)
_MAX_LINE = 20_000  # what of one line is searched for beginnings within it


@dataclass(slots=True)
class Segment:
    """A piece of the source, `source[start:end]`; `text` is what it says.

    `role` is empty for what is to be read, else the kind of residue; `inline` means it begins within a line;
    `marked` that the typist marked it as a heading; `quoted` and `spoken` that it stands in quotation marks
    (`spoken`: which follow a colon), `rule` that it is a line of strokes or stars.
    """

    start: int
    end: int
    number: int
    line: Line
    role: str = ""
    inline: bool = False
    marked: bool = False
    quoted: bool = False
    spoken: bool = False
    rule: bool = False

    @property
    def text(self) -> str:
        """What it says, without markup."""
        return self.line.text

    @property
    def ended(self) -> bool:
        """Whether a sentence ends with it, or it is too short to be a broken line."""
        return len(self.text) < 60 or self.text.endswith(TERMINAL)


def clean(raw: str) -> str:
    """The line without light markup (#, **, list stars, backslashes) and without invisible edges."""
    text = raw.replace("\\", "").replace("**", "").replace("__", "").replace("\x00", "")
    text = _BULLET.sub("", text)
    return _BLANKS.sub(" ", text).strip(_EDGES)


def _is_marked(raw: str) -> bool:
    bare = raw.strip(_EDGES)
    return bare.startswith("#") or (bare.startswith("**") and bare.endswith("**") and bare.count("**") == 2)


def _begins_within(raw: str, shade: str) -> Iterator[int]:
    """Where in a line a proviso or an article may begin, after the end of a sentence."""
    for match in _WITHIN.finditer(shade, 1, _MAX_LINE):
        place = match.start()
        before = shade[max(0, place - 24) : place]
        if before[-1:] not in {" ", "*", ".", "؛", "»", ")", "]", ":"} or not _ENDED.search(before):
            continue
        piece = shaded(_BLANKS.sub(" ", raw[place : place + 300].translate(_TO_SPACES)))
        if match[0].startswith("ت"):
            found = read_proviso(piece)
            if found and found.separated and found.rest:
                yield place
        elif not before.rstrip().endswith(":"):
            article = read_article(piece)
            if article and article.separated and not article.citing:
                yield place


def _marks_within(shade: str, beneath: str) -> Iterator[int]:
    """Where in a line items begin, when at least two follow each other in it or the next line has the second."""
    opening = read_item(Line(shade.lstrip(), shade.lstrip()))
    last = opening.num if opening and opening.separated else None
    places = [match.end() for match in _MARK.finditer(shade, 0, _MAX_LINE)]
    heads = [read_item(Line(piece, piece)) for place in places if (piece := shade[place : place + 120])]
    for index, (place, head) in enumerate(zip(places, heads, strict=False)):
        if head is None or not head.rest:
            continue
        if last is not None and follows(head.num, last):
            last = head.num
            yield place
        elif follows(head.num, None) and shade[:place].rstrip().endswith(":"):
            later = [each.num for each in heads[index + 1 :] if each]
            below = read_item(Line(beneath, beneath))
            if below is not None:
                later.append(below.num)
            if any(follows(num, head.num) for num in later[:2]):
                last = head.num
                yield place


def _containers_within(shade: str) -> Iterator[int]:
    """Where a second container is named on the line of a first."""
    if len(shade) <= 160 and read_container(Line(shade.strip(), shade.strip())):
        for match in _INNER_CONTAINER.finditer(shade):
            yield match.end()


def _comments(source: str) -> list[tuple[int, int]]:
    """Where the source has `<!-- … -->`."""
    found, start = [], source.find("<!--")
    while start >= 0:
        end = source.find("-->", start)
        if end < 0:
            break
        found.append((start, end + 3))
        start = source.find("<!--", end)
    return found


def _lines(source: str, holes: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Start, end and role of each line; what is in a hole is a piece of its own."""
    place, hole = 0, 0
    for raw in source.splitlines(keepends=True):
        start, end = place, place + len(raw)
        place = end
        while start < end:
            while hole < len(holes) and holes[hole][1] <= start:
                hole += 1
            if hole < len(holes) and holes[hole][0] < end:
                first, last, role = holes[hole]
                if first > start:
                    yield start, first, ""
                yield max(first, start), min(last, end), role
                start = min(last, end)
            else:
                yield start, end, ""
                start = end


def segments(source: str, furniture: Spans = ()) -> list[Segment]:
    """The pieces of `source` in order; `furniture` are spans that a reader of files set apart."""
    holes = sorted(
        [(start, end, "chrome") for start, end in _comments(source)]
        + [(start, end, "furniture") for start, end in furniture]
    )
    lines = list(_lines(source, holes))
    raws = [source[start:end] for start, end, _ in lines]
    found: list[Segment] = []
    number, alone = 1, False
    for index, ((start, end, role), raw) in enumerate(zip(lines, raws, strict=True)):
        if role:
            found.append(Segment(start, end, number, shaded(clean(raw)), role))
        else:
            for segment in _pieces(start, raw, number, _next(raws, lines, index)):
                if alone and segment.text:  # «ماده» alone on its line: its number stands below
                    found[-1] = _joined(found[-1], segment)
                    alone = False
                else:
                    found.append(segment)
            alone = found[-1].text != "" and found[-1].line.shade.strip() == "ماده"
        number += raw.count("\n") or (
            1 if raw.endswith(("\r", "\f", "\v", "\x85", "\u2028", "\u2029")) else 0
        )
    _mark_quotations(source, found)
    return found


def _next(raws: list[str], lines: list[tuple[int, int, str]], index: int) -> str:
    """The shade of the next line that says something."""
    for beneath in range(index + 1, min(index + 4, len(raws))):
        if not lines[beneath][2] and raws[beneath].strip(_EDGES):
            return unmarked(raws[beneath][:200]).strip()
    return ""


def _joined(first: Segment, second: Segment) -> Segment:
    text = f"{first.text} {second.text}"
    return Segment(first.start, second.end, first.number, shaded(text), marked=first.marked)


def _pieces(start: int, raw: str, number: int, beneath: str) -> Iterator[Segment]:
    marked = _is_marked(raw)
    places: set[int] = set()
    if _MAY_HOLD.search(raw, 4):
        shade = unmarked(raw)
        places.update(_begins_within(raw, shade))
        places.update(_marks_within(shade, beneath))
        places.update(_containers_within(shade))
    cuts = [0, *sorted(place for place in places if clean(raw[:place])), len(raw)]
    for first, last in pairwise(cuts):
        text = clean(raw[first:last])
        if not any(letter.isalnum() for letter in text):
            text = ""
        yield Segment(
            start + first, start + last, number, shaded(text),
            inline=first > 0, marked=marked, rule=not text and _RULE.fullmatch(raw) is not None,
        )  # fmt: skip


def _mark_quotations(source: str, found: list[Segment]) -> None:
    """Mark the segments that begin within «…» that matches, at most so long as an amended article may be."""
    pairs: list[tuple[int, int, bool]] = []
    stack: list[int] = []
    for match in re.finditer("[«»]", source):
        if match[0] == "«":
            stack.append(match.start())
            del stack[:-8]
        elif stack:
            opening = stack.pop()
            if match.start() - opening < 9000 and source.find("\n", opening, match.start()) > 0:
                before = source[max(0, opening - 12) : opening].rstrip(_EDGES + "*")
                pairs.append((opening, match.start(), before.endswith(":")))
    pairs.sort()
    following, open_pairs = 0, []
    for segment in found:
        while following < len(pairs) and pairs[following][0] < segment.start:
            open_pairs.append(pairs[following])
            following += 1
        open_pairs = [pair for pair in open_pairs if pair[1] > segment.start]
        segment.quoted = bool(open_pairs)
        segment.spoken = any(pair[2] for pair in open_pairs)
