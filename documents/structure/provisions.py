"""A Persian bylaw's text as a tree of provisions, told by its headings: ماده، تبصره، بند، فصل، باب، بخش…

«ماده ۱۱ قانون …» in running text is a citation. Nothing is lost: the spans of the provisions and of the
residue (title, preamble, chrome, contents, signatures) partition the source.
"""

import re
from dataclasses import dataclass, field

from documents.structure.doubts import Doubt, find_doubts
from documents.structure.reading import Reading
from documents.structure.segments import Segment, Spans, segments
from documents.structure.shades import shaded, shadow
from documents.structure.titles import drop_repeated_notes, give_headings, take_title
from documents.structure.tree import Node, running

_STATUSES = (
    ("منسوخ", "repealed"), ("نسخ", "repealed"), ("لغو", "repealed"), ("ملغی", "repealed"), ("ابطال", "repealed"),
    ("حذف", "repealed"), ("الحاق", "added"), ("اصلاح", "amended"),
)  # fmt: skip
_GONE = re.compile(
    r"[\[(]? ?(?:این (?:ماده|تبصره|بند) )?(?:به موجب .{0,120} )?(?:حذف|نسخ|منسوخ|لغو|ملغی|ابطال) ?"
    r"(?:گردید|شد|شده|است|شده است|گردیده است)? ?[\])]? ?\.?"
)


@dataclass(frozen=True, slots=True)
class ParsedProvision:
    """One provision; `parent` is an eid, `order` counts from 0 through the text, `text` excludes children.

    `number` is canonical (`5`, `5bis2`, `single`, a list item's mark), `line` counts from 1, `spans` are the
    pieces of the source that are its own.
    """

    eid: str
    kind: str
    num: str
    heading: str
    text: str
    parent: str | None
    order: int
    note: str = ""
    number: str = ""
    line: int = 0
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def status(self) -> str:
        """`repealed`, `added`, `amended` or `in-force`, as its own note, or its whole text, says."""
        note = shadow(self.note)
        for word, status in _STATUSES:
            if word in note:
                return status
        if len(self.text) < 160 and _GONE.fullmatch(shadow(self.text)):
            return "repealed"
        return "in-force"


@dataclass(frozen=True, slots=True)
class Residue:
    """A piece of the source that is no provision.

    `kind` is `title`, `preamble`, `contents`, `chrome`, `furniture` (heads and feet of pages) or `signature`.
    """

    kind: str
    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text taken apart; `provisions` is flat, in reading order. `closing` holds the signatures."""

    title: str
    preamble: str
    provisions: list[ParsedProvision]
    residue: list[Residue] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    closing: str = ""


def parse(text: str, furniture: Spans = ()) -> ParsedText:
    """Split the source of a bylaw into its title, its preamble and its provisions.

    `furniture` are spans that are no text, such as the heads and feet of pages. Never raises on any text; one
    without headings has no provisions and is all preamble.
    """
    reading = Reading(segments(text, furniture))
    reading.run()
    title = take_title(reading.pieces)
    nodes = reading.tree.nodes
    dropped = drop_repeated_notes(nodes)
    give_headings(nodes)
    spans, residue = _spans(text, reading, dropped)
    doubts = find_doubts(text, reading)
    return ParsedText(
        title=title,
        preamble=_running(reading.pieces, "preamble"),
        provisions=[
            ParsedProvision(
                node.eid,
                node.kind,
                node.num,
                node.heading,
                node.text,
                node.parent.eid if node.parent else None,
                order,
                node.note,
                _number(node),
                reading.pieces[node.first].number,
                tuple(spans.get(id(node), ())),
            )
            for order, node in enumerate(nodes)
        ],
        residue=residue,
        doubts=doubts,
        closing="\n".join(piece.text for piece in reading.pieces if piece.role == "signature" and piece.text),
    )


def _number(node: Node) -> str:
    """The canonical number: ASCII, «مکرر» as `bis`, a list item's letter as it is folded."""
    if node.eid.endswith("art_single"):
        return "single"
    if node.kind in {"paragraph", "subparagraph"}:
        mark = shaded(node.num).shade.strip(" -")
        return str(node.value) if node.value is not None and not node.dotted else mark
    if node.value is None:
        return ""
    return f"{node.value}{'' if not node.bis else 'bis' if node.bis == 1 else f'bis{node.bis}'}"


def _running(pieces: list[Segment], role: str) -> str:
    return running([piece.text for piece in pieces if piece.role == role and piece.text])


def _spans(
    source: str, reading: Reading, dropped: str
) -> tuple[dict[int, list[tuple[int, int]]], list[Residue]]:
    """Which pieces of the source each node has, by its `id`, and the residue: together the whole source."""
    spans: dict[int, list[tuple[int, int]]] = {}
    residue: list[tuple[str, int, int, int]] = []
    for piece, owner in zip(reading.pieces, reading.owners, strict=True):
        if owner is None:
            _add_residue(residue, piece.role, piece.number, piece.start, piece.end)
            continue
        own = spans.setdefault(id(owner), [])
        start = piece.start
        place = source.find(dropped, start, min(piece.end, start + 200)) if dropped else -1
        if place >= 0:  # a note that nearly all articles bear is the site's, not the text's
            _add_span(own, start, place)
            _add_residue(residue, "chrome", piece.number, place, place + len(dropped))
            start = place + len(dropped)
        _add_span(own, start, piece.end)
    return spans, [Residue(kind, source[a:b].strip(), line, a, b) for kind, line, a, b in residue]


def _add_span(own: list[tuple[int, int]], start: int, end: int) -> None:
    if own and own[-1][1] == start:
        own[-1] = (own[-1][0], end)
    elif end > start:
        own.append((start, end))


def _add_residue(
    residue: list[tuple[str, int, int, int]], kind: str, line: int, start: int, end: int
) -> None:
    if residue and residue[-1][0] == kind and residue[-1][3] == start:
        _, line, start, _ = residue.pop()
    residue.append((kind, line, start, end))
