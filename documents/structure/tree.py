"""The tree of provisions while it grows: the open nodes, where a heading belongs, and the eids given.

`eId`s are after Akoma Ntoso. Articles carry no chapter in theirs, since articles are numbered through the
text; where the numbering restarts, they carry what it restarts in.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from documents.structure.articles import Taken
from documents.structure.lines import ABBREVIATIONS, Heading, follows
from documents.structure.numbers import number_value
from documents.structure.segments import TERMINAL

_BULLETS = ("•", "-", "–", "·", "▪", "●", "○", "\uf0b7", "\uf0a7")  # the last two are Word's own signs
_DEEPEST = 14  # a container's level, then article, proviso, paragraph: deeper lists are a typist's accident


@dataclass(slots=True, eq=False)
class Node:
    """One provision while it is read; `first` is the index of its segment."""

    eid: str
    kind: str
    num: str
    parent: "Node | None"
    first: int
    level: int = 0
    note: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    last_item: "Node | None" = None
    value: int | None = None
    bis: int = 0
    dotted: bool = False
    depth: int = 0

    @property
    def text(self) -> str:
        """Its own words: broken lines joined, sentences each on a line."""
        return running(self.lines)


def running(lines: list[str]) -> str:
    """The lines as running text: broken ones joined, sentences and bullets each on a line of their own.

    One that begins with a line feed keeps it: a heading of a text that is quoted.
    """
    parts: list[str] = []
    for line in lines:
        if parts and not line.startswith("\n"):
            parts.append("\n" if parts[-1].endswith(TERMINAL) or line.startswith(_BULLETS) else " ")
        parts.append(line)
    return "".join(parts)


def eid_of(node: Node | None) -> str:
    """Its eid, or nothing."""
    return node.eid if node else ""


def _bis(bis: int) -> str:
    return "" if not bis else "bis" if bis == 1 else f"bis{bis}"


@dataclass(slots=True)
class Tree:
    """What was read so far. `root` stands for a text without articles, whose lists have no owner."""

    nodes: list[Node] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    containers: list[Node] = field(default_factory=list)
    current: Node | None = None
    article: Node | None = None
    numbering: Node | None = None
    root: Node | None = None
    fresh: list[Node] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    serials: Counter[str] = field(default_factory=Counter)
    inner: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    # --- opening -----------------------------------------------------------------------------------
    def _open(self, node: Node) -> Node:
        base = node.eid
        serial = self.serials[base]
        if base in self.taken:
            serial = max(serial, 1)
            while node.eid in self.taken:
                serial += 1
                node.eid = f"{base}_{serial}"
            self.serials[base] = serial
        self.taken.add(node.eid)
        node.depth = node.parent.depth + 1 if node.parent else 0
        self.nodes.append(node)
        self.kinds.add(node.kind)
        self.counts[eid_of(node.parent), node.kind] += 1
        self.current = node
        return node

    def open_container(self, heading: Heading, index: int) -> Node:
        """A book, part, chapter… under the nearest that is wider."""
        level = heading.level
        top = self.containers[-1] if self.containers else None
        if heading.kind != "attachment":
            first = heading.value == 1 and heading.kind not in self.kinds
            if first and top is not None and top.kind != "attachment" and level < top.level:
                self.inner.add(heading.kind)  # this text has its parts inside its chapters
            if heading.kind in self.inner:
                level += 4
        while self.containers and self.containers[-1].level >= level:
            self.containers.pop()
        parent = self.containers[-1] if self.containers else None
        siblings = self.counts[eid_of(parent), heading.kind]
        eid = f"{ABBREVIATIONS[heading.kind]}_{heading.value or siblings + 1}"
        node = Node(
            eid=f"{parent.eid}__{eid}" if parent else eid,
            kind=heading.kind,
            num=heading.num,
            parent=parent,
            first=index,
            level=level,
            note=heading.note,
            heading=heading.rest.strip(" :-–ـ\u200c"),
            value=heading.value or siblings + 1,
        )
        self.containers.append(self._open(node))
        self.article = None
        self.fresh.append(node)
        if heading.kind == "attachment":
            self.numbering = node
            self.fresh = [node]
        return node

    def open_article(self, taken: Taken) -> Node:
        """An article, under the innermost container; where numbers restart, by what they restart in."""
        heading = taken.heading
        if taken.restarts and not (self.numbering in self.fresh and self.numbering is not None):
            if self.fresh:
                self.numbering = self.fresh[0]
            else:
                serial = self.counts["", "attachment"] + 1
                self.open_container(Heading("attachment", "", serial, ""), taken.index)
        eid = "art_single" if heading.single else f"art_{taken.value}{_bis(heading.bis)}"
        if heading.added:
            eid = f"art_added{taken.value or ''}"
        parent = self.containers[-1] if self.containers else None
        prefix = f"{self.numbering.eid}__" if self.numbering else ""
        node = Node(
            prefix + eid, "article", heading.num, parent, taken.index, 10, heading.note,
            value=taken.value, bis=heading.bis,
        )  # fmt: skip
        self.article = self._open(node)
        self.fresh = []
        return self._start(node, heading.rest)

    def open_proviso(self, heading: Heading, index: int) -> Node:
        """A proviso of the open article, or of the paragraph where its numbering restarts there."""
        parent = self.article or (self.containers[-1] if self.containers else None)
        item = self._open_paragraph()
        if item and parent and heading.num and self._is_items_own(heading, item, parent):
            parent = item
        prefix = f"{parent.eid}__" if parent else ""
        value = heading.value or self.counts[eid_of(parent), "proviso"] + 1
        node = Node(
            f"{prefix}proviso_{value}{_bis(heading.bis)}",
            "proviso",
            heading.num,
            parent,
            index,
            11,
            heading.note,
            value=value,
            bis=heading.bis,
        )
        return self._start(self._open(node), heading.rest)

    def _is_items_own(self, heading: Heading, item: Node, parent: Node) -> bool:
        """Whether the numbering restarted under the paragraph, or goes on there."""
        begun = self.counts[item.eid, "proviso"]
        return f"{parent.eid}__proviso_{heading.value}" in self.taken or (
            begun > 0 and heading.value == begun + 1
        )

    def _open_paragraph(self) -> Node | None:
        node = self.current
        while node is not None and node.kind not in {"paragraph", "article"}:
            node = node.parent
        return node if node is not None and node.kind == "paragraph" else None

    # --- lists -------------------------------------------------------------------------------------
    def open_item(self, heading: Heading, index: int, *, ended: bool, begins: bool = True) -> Node | None:
        """Place a list item in the innermost scope whose list it continues or begins; None if in none.

        With `begins` false it may only continue a list.
        """
        if heading.outer:
            return self._open_dotted(heading, index, begins=begins)
        for scope in self._scopes():
            for each in _open_lists(scope):
                if self._continues(each, heading, ended=ended):
                    return self._add_item(each, heading, index)
        innermost = self.current or self.root
        if innermost is None or not begins or not (heading.separated or heading.word):
            return None
        if follows(heading.num, None) and innermost.depth < _DEEPEST:
            return self._add_item(innermost, heading, index)
        return None

    def _scopes(self) -> Iterator[Node]:
        """The open node, what it stands in, and the root of a text without articles."""
        scope = self.current
        while scope is not None:
            yield scope
            scope = scope.parent
        if self.root is not None:
            yield self.root

    @staticmethod
    def _continues(scope: Node, heading: Heading, *, ended: bool) -> bool:
        last = scope.last_item
        if last is None or last.dotted or not follows(heading.num, last.num):
            return False
        return heading.separated or bool(heading.note) or (ended and heading.value == (last.value or 0) + 1)

    def _open_dotted(self, heading: Heading, index: int, *, begins: bool) -> Node | None:
        scope = self._scope_of_dotted(heading) or (self._dotted_beginning(heading) if begins else None)
        if scope is None:
            return None
        return self._add_item(
            scope, replace(heading, num=f"{heading.outer}-{heading.num}"), index, dotted=True
        )

    def _scope_of_dotted(self, heading: Heading) -> Node | None:
        """Where «۲-۱» goes on: the list whose last item it follows, or the item that it names."""
        numbers = _numbers(heading)
        for node in self._scopes():
            last = node.last_item
            if last is not None and last.dotted and (last.value or 0) + 1 == numbers[-1]:
                before = _printed_numbers(last.num)
                if before[:-1] == numbers[:-1]:
                    return node
            named = node.kind in {"paragraph", "subparagraph"} and numbers[-1] == 1
            if named and _printed_numbers(node.num) == numbers[:-1]:
                return node
        return None

    def _dotted_beginning(self, heading: Heading) -> Node | None:
        """«۵-۱» may begin the list of article 5, or of a list item, a proviso or a text of that number."""
        numbers = _numbers(heading)
        if numbers[-1] != 1:
            return None
        node = self.current
        while node is not None:
            if node.value == numbers[-2] and node.last_item is None:
                return node
            node = node.parent
        return self.root if self.root is not None and len(numbers) == 2 else None

    def _add_item(self, scope: Node, heading: Heading, index: int, *, dotted: bool = False) -> Node:
        below = scope.kind in {"paragraph", "subparagraph"}
        kind = "subparagraph" if below else "paragraph"
        count = self.counts[scope.eid, kind]
        prefix = f"{scope.eid}__" if scope.eid else ""
        node = Node(
            f"{prefix}{ABBREVIATIONS[kind]}_{count + 1}", kind, heading.num, scope if scope.eid else None,
            index, 12, heading.note, value=heading.value, dotted=dotted,
        )  # fmt: skip
        scope.last_item = self._open(node)
        if not scope.eid:
            self.counts["", kind] = count + 1
        return self._start(node, heading.rest)

    @staticmethod
    def _start(node: Node, rest: str) -> Node:
        if rest:
            node.lines.append(rest)
        return node


def _open_lists(scope: Node) -> list[Node]:
    """The scope and the last items below it, the deepest first: a proviso may stand between an item and the next."""
    path = [scope]
    while (last := path[-1].last_item) is not None:
        path.append(last)
    return path[::-1]


def _numbers(heading: Heading) -> list[int]:
    return [*_printed_numbers(heading.outer), heading.value or 0]


def _printed_numbers(num: str) -> list[int]:
    """The numbers of «۲-۱-۳»."""
    for sign in "./–ـ":
        num = num.replace(sign, "-")
    return [number_value(part) or 0 for part in num.split("-") if part.strip()]
