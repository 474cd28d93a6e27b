"""One line of an official text: what it is (a heading, a list item, running text), told by its beginning.

A *shadow* is the line folded character for character (Persian letters, ASCII digits, plain spaces and
dashes), so that patterns stay readable and what they find can be cut out of the line itself.
"""

import re
from dataclasses import dataclass, replace

from documents.structure.numbers import CARDINAL, ORDINAL, number_value

_FOLD = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ﻱ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ئ": "ی", "أ": "ا", "إ": "ا",
        **dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True)),
        **dict.fromkeys("–—‒―−ـ¬\u00ad", "-"),
        **dict.fromkeys("\u00a0\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff", " "),
        **dict.fromkeys("\t\u2009\u202f", " "),
    }
)  # fmt: skip

#: Kind by keyword; the number is its depth in the tree.
CONTAINERS = {
    "کتاب": ("book", 1), "باب": ("title", 2), "بخش": ("part", 3), "قسمت": ("part", 3), "فصل": ("chapter", 4),
    "مبحث": ("section", 5), "گفتار": ("subchapter", 6),
    "پیوست": ("attachment", 0), "ضمیمه": ("attachment", 0),
}  # fmt: skip
ABBREVIATIONS = {
    "book": "book", "title": "title", "part": "part", "chapter": "chp", "section": "sec",
    "subchapter": "subchp", "attachment": "att", "article": "art", "proviso": "proviso",
    "paragraph": "para", "subparagraph": "subpara",
}  # fmt: skip

_NUMBER = rf"(?:شماره\s*)?(?P<open>\(\s*)?(?P<num>\d{{1,4}}|{ORDINAL}|{CARDINAL})(?(open)\s*\))"
_BIS = r"(?P<bis>\s*\(?\s*مکرر\s*\)?(?:\s*(?P<bis_open>\()?\s*(?P<bis_num>\d{1,2})(?(bis_open)\s*\)))?)?"
_NOTE = r"(?P<note>(?:\s*\((?=[^()]*[^\W\d])[^()]*\))+)?"
_SEPARATOR = r"\s*(?P<separator>[-:.)]+)?\s*"
_ARTICLE = re.compile(rf"ماده\s*(?:(?P<single>واحده)(?!\w)|{_NUMBER}{_BIS}){_NOTE}{_SEPARATOR}")
_PROVISO = re.compile(rf"تبصره(?!\w)\s*(?:{_NUMBER}{_BIS})?{_NOTE}{_SEPARATOR}")
_CONTAINER = re.compile(rf"(?P<word>{'|'.join(CONTAINERS)})(?!\w)\s*(?:{_NUMBER})?{_NOTE}{_SEPARATOR}")
_ITEM = re.compile(
    r"(?:بند\s*)?(?:(?P<open>\()?(?P<num>\d{1,3}|الف|هـ?|[ا-ی])(?!\w)\s*(?(open)\)))"
    rf"{_NOTE}{_SEPARATOR}"
)
_CITING = re.compile(
    r"(?:و|یا|تا|الی|قانون|از|این|آن|فوق|همین|همان|مذکور|یاد|آیین|ایین|اساسنامه|دستورالعمل|شیوه|به شرح|بشرح"
    r"|اصلاح|حذف|نیز|در|موضوع|ماده|مواد|تبصره|بند|مصوبه?|است|می|نمی|الحاق|لغو|نسخ)(?!\w)|[،,؛»/]"
)
_LATE_NOTE = re.compile(r"\(([^()]*(?:اصلاح|الحاق|منسوخ|نسخ)[^()]{0,60})\)")
_LETTERS = ("الف", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
_ABJAD = ("الف", *"بجدهوزحطیکلمنسعفصقرشت")


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a provision: `value` is its number, `rest` what follows on the line."""

    kind: str
    num: str
    value: int | None
    rest: str
    note: str = ""
    bis: int = 0
    separated: bool = True
    level: int = 0
    single: bool = False
    citing: bool = False


def clean(line: str) -> str:
    """The line without light markup (#, **, list stars, backslashes) and without invisible edges."""
    line = re.sub(r"<!--.*?-->", "", line).replace("\\", "").replace("**", "").replace("__", "")
    line = re.sub(r"^[\s\u200c\u200e\u200f\ufeff>]*(?:#{1,6}\s+|[*+]\s+)?", "", line)
    return line.strip(" \t\r\n\u200c\u200e\u200f\ufeff\u00a0")


def shadow(line: str) -> str:
    """The line folded for matching, character for character."""
    return line.translate(_FOLD)


def _cut(line: str, match: re.Match[str], kind: str, num: str, level: int = 0) -> Heading:
    groups = match.groupdict()
    bis = 0
    if groups.get("bis"):
        bis = int(groups["bis_num"] or 1)
        num = f"{num} مکرر" + (f" {line[slice(*match.span('bis_num'))]}" if groups["bis_num"] else "")
    start, end = match.span("note")
    rest = line[match.end() :].lstrip("\u200c \u200f")
    note = line[start:end].strip("\u200c ()") if start >= 0 else ""
    if not note and (late := _LATE_NOTE.match(rest)):
        note, rest = late[1].strip("\u200c "), rest[late.end() :].lstrip("\u200c -–ـ")
    return Heading(
        kind=kind,
        num=num,
        value=number_value(num.split(" مکرر")[0]) if num else None,
        rest=rest,
        note=note,
        bis=bis,
        separated=bool(groups["separator"]),
        level=level,
        single=bool(groups.get("single")),
    )


def _printed(line: str, match: re.Match[str]) -> str:
    start, end = match.span("num")
    return line[start:end].strip("\u200c ") if start >= 0 else ""


def read_article(line: str) -> Heading | None:
    """«ماده ۱۱ ـ …» or None; a citation such as «ماده ۱۱ قانون …» is none."""
    shade = shadow(line)
    match = _ARTICLE.match(shade)
    if match is None:
        return None
    citing = not match["separator"] and _CITING.match(shade[match.end() :]) is not None
    if citing and not match["note"]:
        return None
    num = "واحده" if match["single"] else _printed(line, match)
    return replace(_cut(line, match, "article", num), citing=citing)


def read_proviso(line: str) -> Heading | None:
    """«تبصره ۲ ـ …», «تبصره ـ …» or None."""
    shade = shadow(line)
    match = _PROVISO.match(shade)
    if match is None:
        return None
    if not match["separator"]:
        if _CITING.match(shade[match.end() :]):
            return None
        if not match["num"] and not match["note"] and shade[match.end() :]:
            return None
    return _cut(line, match, "proviso", _printed(line, match))


def read_container(line: str) -> Heading | None:
    """«فصل دوم ـ درآمدها» or None; long lines are sentences, not headings."""
    shade = shadow(line)
    match = _CONTAINER.match(shade)
    if match is None or len(line) > 160:
        return None
    rest = shade[match.end() :]
    kind, level = CONTAINERS[match["word"]]
    if not match["num"]:
        if kind != "attachment" or (rest and not match["separator"]):
            return None
    elif not match["separator"] and not match["note"]:
        ordinal = re.fullmatch(ORDINAL, match["num"]) is not None
        citing = _CITING.match(rest) is not None and not rest.startswith("در ")
        if rest and (not ordinal or citing or rest.rstrip().endswith((".", "؛"))):
            return None
    return _cut(line, match, kind, _printed(line, match), level)


def read_item(line: str) -> Heading | None:
    """«الف ـ …», «۱) …», «بند ۴ ـ …» or None; a number without a separator is `separated=False`."""
    shade = shadow(line)
    match = _ITEM.match(shade)
    if match is None or match.end() == len(shade):
        return None
    num = _printed(line, match)
    unmarked = not match["num"].isdigit() or shade[match.end("num")] != " "
    if (
        not match["separator"]
        and not match["open"]
        and (unmarked or _CITING.match(shade[match.end() :]) is not None)
    ):
        return None
    if match["separator"] == "." and shade[match.end()].isdigit():
        return None
    if not match["num"].isdigit() and match["separator"] == "." and match.end() - match.end("separator") == 0:
        return None
    return _cut(line, match, "item", num)


def follows(num: str, previous: str | None) -> bool:
    """Whether list mark `num` may come right after `previous` (None: may begin a list)."""
    mark = shadow(num).replace("-", "")
    if previous is None:
        return mark in {"1", "الف"}
    before = shadow(previous).replace("-", "")
    if mark.isdigit() != before.isdigit():
        return False
    if mark.isdigit():
        return 0 < int(mark) - int(before) <= 2
    return any(
        mark in letters and before in letters and 0 < letters.index(mark) - letters.index(before) <= 6
        for letters in (_LETTERS, _ABJAD)
    )
