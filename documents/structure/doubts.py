"""What in a text looks as if the parser, or the typist, went wrong: each by a code, with its line."""

import re
from dataclasses import dataclass, field
from typing import Any

from documents.structure.articles import Taken
from documents.structure.reading import Reading
from documents.structure.shades import shadow
from documents.structure.tree import Node

CONTAINERS = {"book", "title", "part", "chapter", "section", "subchapter"}
_YEAR = re.compile(r"(?:مصوب|سال|مورخه?|تاریخ)\s*:?\s*(?:\d{1,2}[/.-]\d{1,2}[/.-])?(\d{4})(?!\d)")
_SANE = range(1200, 1500)


@dataclass(frozen=True, slots=True)
class Doubt:
    """`code` says what is doubtful, `line` where (from 1), `values` with which numbers; `eid` names the provision."""

    code: str
    line: int
    eid: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def find_doubts(source: str, reading: Reading) -> list[Doubt]:
    """All doubts of a text, in the order of their lines."""
    if not source.strip():
        return []
    nodes = reading.tree.nodes
    if not nodes:
        return [Doubt("no_articles", 1)]
    found = [
        *_of_articles(reading),
        *_of_citations(reading),
        *_of_containers(reading),
        *_of_children(reading),
        *_of_letters(source),
    ]
    return sorted(found, key=lambda doubt: doubt.line)


def _line(reading: Reading, node: Node) -> int:
    return reading.pieces[node.first].number


def _of_articles(reading: Reading) -> list[Doubt]:
    found: list[Doubt] = []
    before: int | None = None
    owners = {node.first: node for node in reading.tree.nodes if node.kind == "article"}
    with_children = {id(node.parent) for node in reading.tree.nodes}
    for index in sorted(reading.taken):
        taken, node = reading.taken[index], owners[index]
        line, eid = _line(reading, node), node.eid
        if not node.lines and not node.heading and id(node) not in with_children:
            found.append(Doubt("empty", line, eid, {"num": node.num}))
        if taken.heading.single or taken.heading.added:
            continue
        value = taken.value
        if taken.mirrored:
            found.append(Doubt("mirrored_number", line, eid, {"num": node.num, "other": value}))
        step = _step_of(taken, before, _is_implicit(node))
        if step is not None:
            found.append(Doubt(step, line, eid, {"before": before or 0, "after": value, "num": value}))
        before = value
    return found


def _step_of(taken: Taken, before: int | None, implicit: bool) -> str | None:
    """What is doubtful about the number that comes after `before`."""
    value = taken.value
    if before is None:
        return "first" if value > 1 else None
    if taken.restarts:
        return "restart" if implicit else None
    if taken.heading.bis and value == before:
        return None
    if value == before:
        return "repeat"
    if value < before:
        return "back"
    return "gap" if value > before + (0 if taken.heading.bis else 1) else None


def _is_implicit(node: Node) -> bool:
    """Whether the annex that the article stands in was not named but guessed from its number."""
    parent = node.parent
    while parent is not None and parent.kind != "attachment":
        parent = parent.parent
    return parent is None or parent.first == node.first


def _of_citations(reading: Reading) -> list[Doubt]:
    """Lines that begin as articles do, with a separator, and were left as text."""
    return [
        Doubt("citation", reading.pieces[each.index].number, "", {"num": each.heading.num})
        for each in reading.found
        if each.index not in reading.taken and each.leave >= 0.6 and not reading.pieces[each.index].role
    ]


def _of_containers(reading: Reading) -> list[Doubt]:
    found: list[Doubt] = []
    last: dict[tuple[int, str], int] = {}
    overall: dict[str, int] = {}
    for node in reading.tree.nodes:
        if node.kind not in CONTAINERS or node.value is None or not node.num:
            continue
        key = (id(node.parent), node.kind)
        expected = {1, last.get(key, 0) + 1, overall.get(node.kind, 0) + 1}
        if node.value not in expected or node.value == last.get(key):
            code = "container_repeat" if node.value == last.get(key) else "container_gap"
            found.append(Doubt(code, _line(reading, node), node.eid, {"num": node.num, "kind": node.kind}))
        last[key] = overall[node.kind] = node.value
    return found


def _of_children(reading: Reading) -> list[Doubt]:
    """Gaps and repeats among provisos of an article and among numbered items of a list."""
    found: list[Doubt] = []
    last: dict[tuple[int, str], int] = {}
    for node in reading.tree.nodes:
        if node.kind not in {"proviso", "paragraph", "subparagraph"} or node.value is None or node.bis:
            continue
        if not node.num:
            continue
        key = (id(node.parent), node.kind)
        before = last.get(key, 0)
        proviso = node.kind == "proviso"
        if proviso and node.value == before:
            found.append(Doubt("proviso_repeat", _line(reading, node), node.eid, {"num": node.num}))
        elif node.value > before + 1 and (before or proviso):
            values = {"before": before, "after": node.value}
            code = "proviso_gap" if proviso else "item_gap"
            found.append(Doubt(code, _line(reading, node), node.eid, values))
        last[key] = node.value
    return found


def _of_letters(source: str) -> list[Doubt]:
    found: list[Doubt] = []
    if source.count("«") != source.count("»"):
        found.append(Doubt("quotes", _first_odd_quote(source)))
    for match in _YEAR.finditer(shadow(source)):
        year = match[1]
        if int(year) not in _SANE and int(year[::-1]) in _SANE and not 1600 <= int(year) <= 2100:
            line = source.count("\n", 0, match.start()) + 1
            found.append(Doubt("mirrored_year", line, "", {"year": year, "other": year[::-1]}))
    if (place := source.find("\ufffd")) >= 0:
        found.append(Doubt("lost_letters", source.count("\n", 0, place) + 1))
    return found


def _first_odd_quote(source: str) -> int:
    """The line of the first «…» without its other half."""
    opened: list[int] = []
    for match in re.finditer("[«»]", source):
        if match[0] == "«":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            return source.count("\n", 0, match.start()) + 1
    return source.count("\n", 0, opened[0] if opened else 0) + 1
