"""What is shown of what was found: one hit an object, with the passages that match."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from intranet.ui.numerals import localized
from search import highlights
from search.engines.base import Candidate
from search.kinds import KINDS
from search.query import Query

#: Other passages shown with their snippets, and those only named after them.
PASSAGES_SHOWN, PASSAGES_NAMED = 3, 12
#: A passage under its object's first one has a shorter snippet.
SHORTER = 120


@dataclass
class Hit:
    """One object that was found, by its best passage; `more` are its other passages that match."""

    candidate: Candidate
    wanted: set[str]
    more: list["Hit"] = field(default_factory=list)
    length: int = highlights.LENGTH

    def __getattr__(self, name: str) -> Any:
        """Title, date and the like, as the index keeps them."""
        if name.startswith("_") or name in {"candidate", "wanted"}:
            raise AttributeError(name)
        try:
            return self.candidate.meta[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def places(self) -> list["Hit"]:
        """The other passages that are shown with their snippets."""
        return self.more[:PASSAGES_SHOWN]

    @property
    def further(self) -> list["Hit"]:
        """The other passages that are only named."""
        return self.more[PASSAGES_SHOWN:]

    @property
    def kind(self) -> str:
        """The kind of the object."""
        return str(self.candidate.meta["object_kind"])

    @property
    def kind_label(self) -> str:
        """Its kind in the reader's language."""
        return str(KINDS.get(self.kind, KINDS["page"]))

    @property
    def is_passage(self) -> bool:
        """Whether it is a part of its object with an address of its own."""
        return self.candidate.uid != self.candidate.object_uid

    @property
    def day(self) -> datetime.date | None:
        """Its date."""
        written = self.candidate.meta["date"]
        return datetime.date.fromisoformat(written) if written else None

    @cached_property
    def pieces(self) -> list[highlights.Piece]:
        """The snippet."""
        return highlights.snippet(self.candidate, self.wanted, self.length)

    @property
    def snippet(self) -> SafeString:
        """The snippet with marks, safe for a page."""
        return highlights.to_html(self.pieces)

    @property
    def marked_title(self) -> SafeString:
        """The object's title with marks."""
        return highlights.to_html(highlights.title(self.candidate.meta["object_title"], self.wanted))

    @property
    def marked_passage_title(self) -> SafeString:
        """The passage's own title with marks."""
        return highlights.to_html(highlights.title(localized(self.candidate.meta["title"]), self.wanted))


def group(ranked: Iterable[Candidate], wanted: set[str]) -> list[Hit]:
    """Objects in the order of their best passages."""
    hits: dict[str, Hit] = {}
    for candidate in ranked:
        hit = hits.get(candidate.object_uid)
        if hit is None:
            hits[candidate.object_uid] = Hit(candidate, wanted)
        elif candidate.uid != candidate.object_uid:
            hit.more.append(Hit(candidate, wanted, length=SHORTER))
    return list(hits.values())


def trim(hit: Hit, query: Query) -> None:
    """Leave of the other passages those that match well enough by themselves, the best few of them."""
    if not hit.more:
        return
    weighed = [(clause.weight, [concept.keys for concept in clause.readings]) for clause in query.clauses]
    needed = query.needed
    kept = (more for more in hit.more if _is_enough(more.candidate, weighed, needed))
    hit.more = list(islice(kept, PASSAGES_SHOWN + PASSAGES_NAMED))


def _is_enough(candidate: Candidate, weighed: list[tuple[int, list[tuple[str, ...]]]], needed: int) -> bool:
    """Whether a passage has enough of the query in its own words, not in its object's title alone."""
    held = {*candidate.body_keys, *candidate.raw_numbers.split()}

    def weight() -> int:
        return sum(weight for weight, concepts in weighed if any(map(held.issuperset, concepts)))

    if weight() >= needed:
        return True  # most do without their title, which is unpacked only for the others
    held.update(key for _start, _end, key in highlights.words(candidate.meta["title"]))
    return weight() >= needed
