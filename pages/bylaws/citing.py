"""How a provision is cited: «بند ب تبصره ۲ ماده ۵ آیین‌نامه …، مصوب ۱ مرداد ۱۳۹۰»."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils import translation

from documents.structure.shades import shaded
from intranet.ui.numerals import to_persian
from intranet.ui.templatetags.persian import jalali
from pages.legal_text import LABELS, label_of, shown

#: The list items that a label shows by their mark alone, as a citation calls them.
_ITEMS = {
    "fa": {"paragraph": "بند", "subparagraph": "جزء"},
    "en": {"paragraph": "paragraph", "subparagraph": "subparagraph"},
}
_WORDS = {
    "fa": ("{part} {title}", "{work}، مصوب {day}"),
    "en": ("{part} of {title}", "{work}, approved {day}"),
}


class Named(Protocol):
    """A provision, parsed or kept."""

    @property
    def eid(self) -> str:
        """Its address within the text."""
        ...

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def num(self) -> str:
        """Its number as printed."""
        ...


def name_of(provision: Named, language: str) -> str:
    """What a citation calls the provision by itself: «بند ب», «تبصره ۲», «ماده ۵»."""
    label = label_of(provision.kind, provision.num, language)
    if item := _ITEMS.get(language, _ITEMS["en"]).get(provision.kind):
        return f"{item} {label}".strip()
    return label


def folded(words: str) -> str:
    """The words for comparing, in one form of their letters and without spaces."""
    return "".join(shaded(words).shade.split())


def way_of(eid: str) -> Iterator[str]:
    """The `eId`s that lead to a provision, its own first: `art_5__proviso_2`, `art_5`."""
    while eid:
        yield eid
        eid = eid.rpartition("__")[0]


def names(provisions: Iterable[Named], language: str) -> dict[str, str]:
    """What a citation calls each provision, within its text, by `eId`: «بند ب تبصره ۲ ماده ۵»."""
    own = {each.eid: name_of(each, language) for each in provisions}
    join = " " if language == "fa" else " of "
    return {eid: join.join(own[part] for part in way_of(eid) if own.get(part)) for eid in own}


def plain_name(eid: str) -> str:
    """The name of a provision by its `eId` alone, where its text is not at hand: «تبصره ۲ ماده ۵»."""
    parts = (part.partition("_") for part in reversed(eid.split("__")))
    words = (
        LABELS["fa"]
        | _ITEMS["fa"]
        | {"art": "ماده", "chp": "فصل", "para": "بند", "subpara": "جزء", "att": "پیوست"}
    )
    numbered = ((words.get(kind, kind), number.replace("bis", " مکرر ").strip()) for kind, _, number in parts)
    return to_persian(" ".join(f"{word} {number}".strip() for word, number in numbered))


def work(title: str, approved_on: datetime.date | None, language: str) -> str:
    """The text as a citation names it, with its day of approval."""
    title = shown(title, language)
    if approved_on is None:
        return title
    with translation.override(language):
        return _WORDS.get(language, _WORDS["en"])[1].format(work=title, day=jalali(approved_on))


def citation(part: str, cited_work: str, language: str) -> str:
    """The whole citation of a `part` (as `names` has it) of a `cited_work`."""
    return _WORDS.get(language, _WORDS["en"])[0].format(part=part, title=cited_work) if part else cited_work
