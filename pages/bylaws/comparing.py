"""What changed in a bylaw between two of its versions, and what became of one provision through all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.structure.redline import Piece, redline
from pages.bylaws.citing import Named, names
from pages.bylaws.derivation import same_words
from pages.bylaws.models import BylawPage, BylawVersion, Provision

FIELDS = (
    "version_id", "parent_id", "eid", "kind", "num", "number", "heading", "text", "note", "status", "since",
    "changed_on", "order",
)  # fmt: skip


class Worded(Named, Protocol):
    """A provision with its words, parsed or kept."""

    @property
    def heading(self) -> str:
        """Its heading."""
        ...

    @property
    def text(self) -> str:
        """Its own text, without what is below it."""
        ...

    @property
    def status(self) -> str:
        """What became of it, as `Provision.Status` has it."""
        ...


@dataclass(frozen=True)
class Compared:
    """A provision in two wordings; `kind` is `same`, `changed`, `in` (new) or `out` (no longer there)."""

    eid: str
    name: str
    kind: str
    heading: list[Piece] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)
    status: str = ""


def provisions_of(*versions: BylawVersion) -> list[list[Provision]]:
    """The provisions of each version in their order. One query."""
    rows: dict[int, list[Provision]] = {version.pk: [] for version in versions}
    for row in Provision.objects.filter(version__in=rows).only(*FIELDS).order_by("version", "order"):
        rows[row.version_id].append(row)
    return [rows[version.pk] for version in versions]


def compared(old: Sequence[Worded], new: Sequence[Worded], language: str) -> list[Compared]:
    """The provisions of both versions in the order of reading, each with what changed in it."""
    called = names(old, language) | names(new, language)
    return [_pair(before, after, called) for before, after in _merged(old, new)]


def _merged(old: Sequence[Worded], new: Sequence[Worded]) -> Iterator[tuple[Worded | None, Worded | None]]:
    """Pairs by `eId`, those no longer there at their old place; one that only moved stands at its new place."""
    before = {each.eid: each for each in old}
    after = {each.eid for each in new}
    matcher = SequenceMatcher(None, [each.eid for each in old], [each.eid for each in new], autojunk=False)
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield from ((each, None) for each in old[i1:i2] if each.eid not in after)
        yield from ((before.get(each.eid), each) for each in new[j1:j2])


def _pair(before: Worded | None, after: Worded | None, called: dict[str, str]) -> Compared:
    any_one = after or before
    assert any_one is not None  # noqa: S101 - for the type checker: a pair has one of the two
    old_heading, old_text = (before.heading, before.text) if before else ("", "")
    new_heading, new_text = (after.heading, after.text) if after else ("", "")
    kind = "changed"
    if before is None:
        kind = "in"
    elif after is None:
        kind = "out"
    elif before.status == after.status or Provision.Status.REPEALED not in (before.status, after.status):
        is_same = same_words(old_text, new_text) and same_words(old_heading, new_heading)
        kind = "same" if is_same else "changed"
    return Compared(
        any_one.eid,
        called[any_one.eid],
        kind,
        redline(old_heading, new_heading),
        redline(old_text, new_text),
        after.status if after else "",
    )


class How(models.TextChoices):
    """What a version made of a provision."""

    FIRST = "first", _("As it stood in the first text")
    ADDED = "added", _("Added")
    AMENDED = "amended", _("Amended")
    REPEALED = "repealed", _("Repealed")
    GONE = "gone", _("Taken out of the text")


@dataclass(frozen=True)
class Stage:
    """A provision with all below it (`rows`, none where it is gone) as one version has them, and what is new."""

    version: Any
    how: How
    rows: list[Provision]
    changes: list[Compared]


def history(page: BylawPage, eid: str, versions: Sequence[Any]) -> list[Stage]:
    """The `versions` in which something of the provision changed, the latest first, as they are given.

    [] when it never was. One query.
    """
    own = Q(eid=eid) | Q(eid__startswith=f"{eid}__")
    found: dict[int, list[Provision]] = {}
    for row in Provision.objects.filter(own, version__bylaw=page.pk).only(*FIELDS).order_by("order"):
        found.setdefault(row.version_id, []).append(row)
    return list(_stages(versions[::-1], found, versions[0].language))[::-1] if found else []


def _stages(
    versions: Iterable[BylawVersion], found: dict[int, list[Provision]], language: str
) -> Iterator[Stage]:
    last: list[Provision] = []
    for version in versions:
        rows = found.get(version.pk, [])
        if not last and rows:
            yield Stage(version, How.FIRST if version.number == 1 else How.ADDED, rows, [])
        elif changes := [each for each in compared(last, rows, language) if each.kind != "same"]:
            yield Stage(version, _how(last, rows), rows, changes)
        last = rows


def _how(last: list[Provision], rows: list[Provision]) -> How:
    repealed = Provision.Status.REPEALED
    if not rows:
        return How.GONE
    return How.REPEALED if rows[0].status == repealed != last[0].status else How.AMENDED
