"""A Persian bylaw's text as a tree of provisions, told by its headings: ماده، تبصره، بند، فصل، باب، بخش…

`eId`s are after Akoma Ntoso. Articles carry no chapter in theirs, since articles are numbered through the
text; where the numbering restarts, they carry the annex. «ماده ۱۱ قانون …» in running text is a citation.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from documents.structure.lines import (
    ABBREVIATIONS,
    Heading,
    clean,
    follows,
    read_article,
    read_container,
    read_item,
    read_proviso,
    shadow,
)

_TERMINAL = (".", ":", "؛", "؟", "!", "»", "…", ")", "”", "]")
_TITLE_WORDS = (
    "آیین",
    "ایین",
    "آیین‌نامه",
    "دستورالعمل",
    "شیوه",
    "قانون",
    "اساسنامه",
    "تفاهم",
    "نظام",
    "مصوبه",
)
_ENDNOTE = re.compile(r"\s*\([^()]*(?:مصوب|تصویب|بخشنامه|ابلاغ)[^()]*\)\s*$")
_SENTENCE_END = re.compile(  # whole words: «درخواست» is no sentence
    r"(?<!\w)(?:ن?می)?(?:است|اند|شود|گردد|باشد|کند|کنند|نماید|نمایند|دارد|دارند|شد|بود|گیرد)$"
)


@dataclass(frozen=True, slots=True)
class ParsedProvision:
    """One provision; `parent` is an eid, `order` counts from 0 through the text, `text` excludes children."""

    eid: str
    kind: str
    num: str
    heading: str
    text: str
    parent: str | None
    order: int
    note: str = ""

    @property
    def status(self) -> str:
        """`repealed`, `added`, `amended` or `in-force`, as its own note says."""
        note = shadow(self.note)
        for word, status in (
            ("منسوخ", "repealed"),
            ("نسخ", "repealed"),
            ("الحاق", "added"),
            ("اصلاح", "amended"),
        ):
            if word in note:
                return status
        return "in-force"


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text taken apart; `provisions` is flat, in reading order."""

    title: str
    preamble: str
    provisions: list[ParsedProvision]


@dataclass(slots=True)
class _Node:
    eid: str
    kind: str
    num: str
    parent: "_Node | None"
    level: int
    note: str = ""
    heading: str = ""
    text: str = ""
    last_item: "_Node | None" = None
    value: int | None = None

    def append(self, line: str) -> None:
        if not self.text:
            self.text = line
        elif self.text.endswith(_TERMINAL) or line.startswith(("•", "-", "–")):
            self.text += "\n" + line
        else:
            self.text += " " + line


@dataclass(slots=True)
class _Reader:
    """State while reading: the open nodes and the eids given."""

    nodes: list[_Node] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    containers: list[_Node] = field(default_factory=list)
    current: _Node | None = None
    article: _Node | None = None
    annex: _Node | None = None
    last_article: int = 0
    quoted: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    # --- opening -----------------------------------------------------------------------------------
    def _open(self, node: _Node) -> _Node:
        base, serial = node.eid, 2
        while node.eid in self.taken:
            node.eid = f"{base}_{serial}"
            serial += 1
        self.taken.add(node.eid)
        self.nodes.append(node)
        self.counts[_eid(node.parent), node.kind] += 1
        self.current = node
        self.quoted = 0
        return node

    def open_container(self, heading: Heading) -> None:
        while self.containers and self.containers[-1].level >= heading.level:
            self.containers.pop()
        parent = self.containers[-1] if self.containers else None
        siblings = self.counts[_eid(parent), heading.kind]
        eid = f"{ABBREVIATIONS[heading.kind]}_{heading.value or siblings + 1}"
        node = _Node(
            eid=f"{parent.eid}__{eid}" if parent else eid,
            kind=heading.kind,
            num=heading.num,
            parent=parent,
            level=heading.level,
            note=heading.note,
            heading=heading.rest.strip(" :-–ـ\u200c"),
        )
        self.containers.append(self._open(node))
        self.article = None
        if heading.kind == "attachment":
            self.annex, self.last_article = node, 0

    def open_article(self, heading: Heading) -> None:
        eid = "art_single" if heading.single else f"art_{heading.value}{_bis(heading.bis)}"
        if eid in self.taken and heading.value == 1 and self.annex is None:
            serial = self.counts["", "attachment"] + 1
            self.open_container(Heading("attachment", "", serial, "", level=0))
        parent = self.containers[-1] if self.containers else None
        prefix = f"{self.annex.eid}__" if self.annex else ""
        node = _Node(prefix + eid, "article", heading.num, parent, 10, heading.note, value=heading.value)
        self.article = self._open(node)
        self.last_article = heading.value or 0
        self._start(node, heading.rest)

    def open_proviso(self, heading: Heading) -> None:
        parent = self.article or (self.containers[-1] if self.containers else None)
        item = self._open_paragraph()
        if item and parent and heading.num and f"{parent.eid}__proviso_{heading.value}" in self.taken:
            parent = item  # numbering restarted under a paragraph: the proviso is the paragraph's
        prefix = f"{parent.eid}__" if parent else ""
        count = self.counts[_eid(parent), "proviso"]
        node = _Node(
            f"{prefix}proviso_{heading.value or count + 1}{_bis(heading.bis)}",
            "proviso",
            heading.num,
            parent,
            11,
            heading.note,
            value=heading.value or count + 1,
        )
        self._start(self._open(node), heading.rest)

    def _open_paragraph(self) -> _Node | None:
        node = self.current
        while node is not None and node.kind not in {"paragraph", "article"}:
            node = node.parent
        return node if node is not None and node.kind == "paragraph" else None

    def open_item(self, heading: Heading) -> bool:
        """Place a list item in the innermost scope whose list it continues or begins; False if in none."""
        scope = self.current
        while scope is not None:
            if self._continues(scope, heading):
                self._add_item(scope, heading)
                return True
            scope = scope.parent
        innermost = self.current
        if innermost is not None and heading.separated and follows(heading.num, None):
            if innermost.kind == "subparagraph":
                return False
            self._add_item(innermost, heading)
            return True
        return False

    @staticmethod
    def _continues(scope: _Node, heading: Heading) -> bool:
        last = scope.last_item
        return last is not None and follows(heading.num, last.num)

    def _add_item(self, scope: _Node, heading: Heading) -> None:
        kind = "subparagraph" if scope.kind == "paragraph" else "paragraph"
        count = self.counts[_eid(scope), kind]
        node = _Node(
            f"{scope.eid}__{ABBREVIATIONS[kind]}_{count + 1}", kind, heading.num, scope, 12, heading.note
        )
        scope.last_item = self._open(node)
        self._start(node, heading.rest)

    def _start(self, node: _Node, rest: str) -> None:
        if rest:
            node.append(rest)
            self._weigh(rest)

    # --- reading -----------------------------------------------------------------------------------
    def _weigh(self, line: str) -> None:
        self.quoted = max(0, self.quoted + line.count("«") - line.count("»"))

    def feed(self, line: str, previous_ended: bool) -> bool:
        """Take one line; False when it belongs to the preamble."""
        if (heading := read_container(line)) is not None:
            self.open_container(heading)
            return True
        if (heading := read_article(line)) is not None and self._is_article(heading, previous_ended):
            self.open_article(heading)
            return True
        if (heading := read_proviso(line)) is not None and self._is_proviso(heading, previous_ended):
            self.open_proviso(heading)
            return True
        if self.current is None:
            return False
        if (heading := read_item(line)) is not None and self.open_item(heading):
            return True
        self.current.append(line)
        self._weigh(line)
        return True

    def _is_article(self, heading: Heading, previous_ended: bool) -> bool:
        if heading.single:
            return heading.separated or not heading.rest
        expected = heading.value is not None and heading.value == self.last_article + 1
        if self.quoted and not expected:
            return False
        if heading.citing or (not heading.separated and not heading.note):
            if heading.bis and heading.value == self.last_article:
                return previous_ended
            return expected and (previous_ended or not heading.rest)
        return True

    def _is_proviso(self, heading: Heading, previous_ended: bool) -> bool:
        if heading.separated or heading.note or not heading.num:
            return not (self.quoted and self.current is not None and not previous_ended)
        scope = self.article
        count = self.counts[_eid(scope), "proviso"]
        return heading.value == count + 1 and (previous_ended or not heading.rest)


def _eid(node: _Node | None) -> str:
    return node.eid if node else ""


def _bis(bis: int) -> str:
    return "" if not bis else "bis" if bis == 1 else f"bis{bis}"


def _lines(text: str) -> list[str]:
    """The lines that say something; «ماده» alone on its line is joined with its number below."""
    lines: list[str] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").splitlines():
        line = clean(raw)
        if not line or not any(ch.isalnum() for ch in line):
            continue
        if lines and shadow(lines[-1]).strip() == "ماده":
            lines[-1] = f"{lines[-1].strip()} {line}"
        else:
            lines.append(line)
    return lines


def _without_contents(lines: list[str]) -> list[str]:
    """The lines without a table of contents: containers that stand again further on, before any article."""
    containers = [(i, heading) for i, line in enumerate(lines) if (heading := read_container(line))]
    first = next((i for i, line in enumerate(lines) if read_article(line)), len(lines))

    def key(heading: Heading) -> tuple[str, int | None, str]:
        return heading.kind, heading.value, re.sub(r"\W", "", shadow(heading.rest))[:20]

    listed = [(i, key(heading)) for i, heading in containers if i < first]
    again = {i for i, mark in listed if any(key(h) == mark for j, h in containers if j > i)}
    if not again:
        return lines
    last = max(again)
    return [line for i, line in enumerate(lines) if i > last or i < min(again)]


def _title(lines: list[str]) -> str:
    if not lines:
        return ""
    for line in lines:
        if shadow(line).startswith(_TITLE_WORDS) and len(line) < 200:
            return _ENDNOTE.sub("", line).strip()
    return "" if lines[0].endswith(":") else _ENDNOTE.sub("", lines[0]).strip()[:200]


def _with_headings(nodes: list[_Node]) -> None:
    """A first line that is short, unpunctuated and no sentence is the article's heading."""
    for node in nodes:
        if node.kind != "article":
            continue
        first, newline, rest = node.text.partition("\n")
        title = first.rstrip(": \u200c")
        short = len(title.split()) <= 5 and len(title) <= 60 and "زیر" not in title
        if newline and first.endswith(":") and short and not _SENTENCE_END.search(title):
            node.heading, node.text = title, rest.strip()


def parse(text: str) -> ParsedText:
    """Split the source of a bylaw into its title, its preamble and its provisions.

    Never raises on any text; a text without headings has no provisions and is all preamble.
    """
    lines = _without_contents(_lines(text))
    reader = _Reader()
    before: list[str] = []
    previous = ""
    for line in lines:
        if not reader.feed(line, len(previous) < 60 or previous.endswith(_TERMINAL)):
            before.append(line)
        previous = line
    title = _title(before)
    preamble = _Node("", "", "", None, 0)
    for line in before:
        if _ENDNOTE.sub("", line).strip() != title:
            preamble.append(line)
    _with_headings(reader.nodes)
    return ParsedText(
        title=title,
        preamble=preamble.text,
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
            )
            for order, node in enumerate(reader.nodes)
        ],
    )
