"""One pass over the pieces of a source: which provision owns each, and which is residue."""

from dataclasses import dataclass, field

from documents.structure import chrome, titles
from documents.structure.articles import Candidate, Taken, announces, candidates, chain
from documents.structure.lines import Heading, read_article, read_container, read_item, read_proviso
from documents.structure.segments import Segment
from documents.structure.tree import Node, Tree, eid_of


@dataclass(slots=True)
class Reading:
    """The pieces with their owners (None: residue, by the piece's `role`), and what came of the candidates."""

    pieces: list[Segment]
    tree: Tree = field(default_factory=Tree)
    owners: list[Node | None] = field(default_factory=list)
    found: list[Candidate] = field(default_factory=list)
    taken: dict[int, Taken] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)
    embedded: bool = False
    announced: bool = False
    above: dict[int, str] = field(default_factory=dict)

    def run(self) -> None:
        """Read all pieces. Roles of residue and the owners are set; nothing is left without one."""
        chrome.mark_chrome(self.pieces)
        chrome.mark_contents(self.pieces)
        self.found, self.quoted = candidates(self.pieces)
        self.taken = {each.index: each for each in chain(self.found)}
        self._close()
        if not self.taken and self._is_list():
            self.tree.root = Node("", "", "", None, 0)
        self.above = titles.headings_above(self.pieces, self.taken)
        waiting: list[int] = []
        previous: Segment | None = None
        for index, piece in enumerate(self.pieces):
            owner = self.tree.current
            if piece.text and not piece.role:
                if index in self.above and self.tree.article is not None:
                    waiting.append(index)
                else:
                    owner = self._read(index, piece, previous)
                    for above in waiting:
                        self.owners[above] = owner
                        if owner is not None:
                            owner.heading = self.above[above]
                    waiting = []
                    if owner is None:
                        piece.role = "preamble"
                previous = piece
            elif (
                not piece.text
                and not piece.role
                and (self.tree.current is None or self._after_residue(index))
            ):
                piece.role = self.pieces[index - 1].role or "preamble" if index else "preamble"
            self.owners.append(None if piece.role else owner)

    def _after_residue(self, index: int) -> bool:
        return index > 0 and bool(self.pieces[index - 1].role)

    # --- before reading ----------------------------------------------------------------------------
    def _close(self) -> None:
        """Mark the signatures and the chrome after the last provision, and before each annex."""
        heads = set(self.taken)
        ends = [each.index for each in self.taken.values() if each.restarts]
        for index, piece in enumerate(self.pieces):
            if piece.role or not piece.text or index in heads:
                continue
            container = read_container(piece.line)
            if container is not None:
                heads.add(index)
                if container.kind == "attachment":
                    ends.append(index)
            elif read_proviso(piece.line) is not None or read_item(piece.line) is not None:
                heads.add(index)
        ordered = sorted(heads)
        place, last = 0, -1
        for end in [*sorted(ends), len(self.pieces)]:
            while place < len(ordered) and ordered[place] < end:
                last = ordered[place]
                place += 1
            if last >= 0:
                chrome.mark_closing(self.pieces, last, end)

    def _is_list(self) -> bool:
        """Whether a text without articles is a numbered list of at least two."""
        seen = False
        for piece in self.pieces:
            item = read_item(piece.line) if piece.text and not piece.role else None
            if item is not None and (item.separated or item.word):
                if seen and item.value == 2 and not item.outer:
                    return True
                seen = seen or (item.value == 1 and not item.outer)
        return False

    # --- one piece ---------------------------------------------------------------------------------
    def _read(self, index: int, piece: Segment, previous: Segment | None) -> Node | None:
        """The owner of one piece; None when it belongs to the preamble."""
        ended = previous is None or previous.ended or piece.inline
        announced, self.announced = self.announced, False
        if index in self.taken:
            self.embedded = False
            node: Node | None = self.tree.open_article(self.taken[index])
        else:
            node = self._read_other(index, piece, announced=announced, ended=ended)
        numbers = announces(piece)
        self.announced = numbers is not None and "تبصره" in piece.line.shade
        return node

    def _read_other(self, index: int, piece: Segment, *, announced: bool, ended: bool) -> Node | None:
        tree = self.tree
        if not piece.spoken:
            container = read_container(piece.line)
            if container is not None and (ended or container.separated):
                self.embedded = False
                return tree.open_container(container, index)
            proviso = read_proviso(piece.line)
            if proviso is not None and self._is_proviso(proviso, piece, announced=announced, ended=ended):
                return tree.open_proviso(proviso, index)
            if (node := self._item(index, piece, ended=ended)) is not None:
                return node
        if tree.current is None:
            return None
        if index in self.quoted:
            self.embedded = True
        quotes_heading = (piece.spoken or self.embedded) and self._is_heading(piece)
        tree.current.lines.append(f"\n{piece.text}" if quotes_heading and tree.current.lines else piece.text)
        return tree.current

    @staticmethod
    def _is_heading(piece: Segment) -> bool:
        line = piece.line
        readers = (read_article, read_proviso, read_item, read_container)
        return any(reader(line) is not None for reader in readers)

    def _item(self, index: int, piece: Segment, *, ended: bool) -> Node | None:
        tree = self.tree
        if (tree.current is None and tree.root is None) or (piece.quoted and not ended):
            return None
        item = read_item(piece.line)
        if item is None:
            return None
        return tree.open_item(item, index, ended=ended, begins=not self.embedded)

    def _is_proviso(self, heading: Heading, piece: Segment, *, announced: bool, ended: bool) -> bool:
        if announced and not piece.inline:
            self.embedded = True
        if self.embedded:
            return False
        if piece.quoted and not ended:
            return False
        if heading.separated or heading.note or not heading.rest:
            return True
        if not heading.num:
            return ended and self.tree.article is not None
        count = self.tree.counts[eid_of(self.tree.article), "proviso"]
        return heading.value == count + 1 and ended
