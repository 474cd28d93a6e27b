"""One line of an official text: what it is (a heading, a list item, running text), told by its beginning."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from documents.structure.numbers import CARDINAL, ORDINAL, number_value
from documents.structure.shades import Line, shaded, shadow

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


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, its « ?» as the few spaces that invisible letters leave in a shade."""
    return re.compile(pattern.replace(" ?", " {0,3}"))


_NUMBER = rf"(?:شماره ?)?(?P<open>[(\[] ?)?(?P<num>\d{{1,4}}|{ORDINAL}|{CARDINAL})(?(open) ?[)\]])"
_BIS = r"(?P<bis> ?\(? ?مکرر(?!\w) ?\)?(?: ?(?P<bis_open>\()? ?(?P<bis_num>\d{1,2})(?(bis_open) ?\)))?)?"
_CHANGED = r"(?P<changed> ?(?:الحاقی|اصلاحی|منسوخه?|جدید)(?!\w)(?: ?\d[\d/.-]{3,10}(?= ?[-:)]))?)?"
_NOTE = r"(?P<note>(?: ?[(\[](?=[^()\[\]]{0,240}[^\W\d])[^()\[\]]{1,240}[)\]]){1,4})?"
_SEPARATOR = r" ?(?P<separator>[-:.)](?: ?[-:.)]){0,4})? ?"
_ARTICLE = _compiled(
    rf"(?:م ?ا ?د ?ه) ?(?:(?P<single>واحده)(?!\w)|(?P<added>الحاقی) ?(?:{_NUMBER})?"
    rf"|{_NUMBER.replace('open', 'open2').replace('<num>', '<num2>')}{_BIS}){_CHANGED}{_NOTE}{_SEPARATOR}"
)
_PROVISO = _compiled(
    rf"تبصر ?ه(?![^\W\d]) ?(?P<added>الحاقی(?!\w) ?)?(?:{_NUMBER}{_BIS})?{_CHANGED}{_NOTE}{_SEPARATOR}"
)
_CONTAINER = _compiled(rf"(?P<word>{'|'.join(CONTAINERS)})(?!\w) ?(?:{_NUMBER})?{_NOTE}{_SEPARATOR}")
_ITEM = _compiled(
    r"(?:(?P<word>بند|جزء?|ردیف)(?!\w) ?)?(?P<outer>(?:\d{1,2} ?[-./] ?){1,3}(?=\d))?"
    rf"(?:(?P<open>[(\[])? ?(?P<num>\d{{1,3}}|الف|[ا-ی]|{ORDINAL}|{CARDINAL}|[A-Za-z](?=[-.)]))(?!\w)"
    rf"(?(open) ?[)\]])){_NOTE}{_SEPARATOR}"
)
_CITING = re.compile(
    r"(?:و|یا|تا|الی|قانون|از|این|آن|فوق|همین|همان|مذکور|یاد|آیین|ایین|اساسنامه|دستورالعمل|شیوه|به شرح|بشرح"
    r"|اصلاح|حذف|نیز|در|موضوع|ماده|مواد|تبصره|بند|مصوبه?|است|می|نمی|الحاق|لغو|نسخ)(?!\w)|[،,؛»/]"
)
_CITING_PROVISO = _compiled(
    r"(?:و|یا|تا|الی|قانون|این|آن|فوق|همین|همان|مذکور|یاد|ماده|مواد|بند|ذیل|زیر|ها|های|الحاقی|اصلاحی|موضوع"
    r"|به شرح|بشرح|است|می|اخیر|مزبور|جدید)(?!\w)|[،,؛»/.:]"
)
_LATE_NOTE = re.compile(r"[(\[]([^()\[\]]{0,80}(?:اصلاح|الحاق|منسوخ|نسخ|حذف|لغو)[^()\[\]]{0,60})[)\]]")
_LETTERS = ("الف", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
_ABJAD = ("الف", *"بجدهوزحطیکلمنسعفصقرشت")


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a provision: `value` is its number, `rest` what follows on the line.

    `outer` is what stands before the last number of «۲-۱-۳» (a list item's); `level` a container's depth.
    """

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
    added: bool = False
    outer: str = ""
    word: str = ""


def _part(line: Line, match: re.Match[str], *names: str) -> str:
    """The words of the line that the first of the groups found."""
    for name in names:
        if name in match.re.groupindex and match.start(name) >= 0:
            return line.cut(*match.span(name)).strip("\u200c\u200e\u200f ")
    return ""


def _made(line: Line, match: re.Match[str], kind: str, num: str, level: int = 0) -> Heading:
    groups = match.groupdict()
    bis = 0
    value = number_value(num) if num else None
    if groups.get("bis"):
        bis = int(groups["bis_num"] or 1)
        num = f"{num} مکرر" + (f" {_part(line, match, 'bis_num')}" if groups["bis_num"] else "")
    rest = line.cut(match.end()).lstrip("\u200c\u200e\u200f ")
    note = _part(line, match, "note").strip("()[]")
    if not note and (late := _LATE_NOTE.match(rest)):
        note, rest = late[1].strip("\u200c "), rest[late.end() :].lstrip("\u200c -–ـ:")
    if groups.get("added") or groups.get("changed"):
        word = _part(line, match, "changed") or _part(line, match, "added")
        note = f"{word} {note}".strip()
    return Heading(
        kind=kind,
        num=num,
        value=value,
        rest=rest,
        note=note,
        bis=bis,
        separated=bool(groups["separator"]),
        level=level,
        single=bool(groups.get("single")),
        added=bool(groups.get("added")),
    )


def read_article(text: str | Line) -> Heading | None:
    """«ماده ۱۱ ـ …» or None; `citing` when it reads on as «ماده ۱۱ قانون …» does."""
    line = shaded(text) if isinstance(text, str) else text
    match = _ARTICLE.match(line.shade)
    if match is None:
        return None
    after = line.shade[match.end() :]
    if not match["separator"]:
        if match["single"] and after and not match["note"]:
            return None
        if (match["changed"] or match["added"]) and after and not match["note"]:
            return None
    citing = not match["separator"] and _CITING.match(after) is not None
    num = "واحده" if match["single"] else _part(line, match, "num2", "num")
    return replace(_made(line, match, "article", num), citing=citing and not match["note"])


def read_proviso(text: str | Line) -> Heading | None:
    """«تبصره ۲ ـ …», «تبصره ـ …», «تبصره …» or None."""
    line = shaded(text) if isinstance(text, str) else text
    match = _PROVISO.match(line.shade)
    if match is None:
        return None
    after = line.shade[match.end() :]
    if not match["separator"] and after:
        if (match["num"] and _CITING.match(after)) or (not match["num"] and _CITING_PROVISO.match(after)):
            return None
        if (match["changed"] or match["added"]) and not match["note"]:
            return None
    return _made(line, match, "proviso", _part(line, match, "num"))


def read_container(text: str | Line) -> Heading | None:
    """«فصل دوم ـ درآمدها» or None; long lines are sentences, not headings."""
    line = shaded(text) if isinstance(text, str) else text
    match = _CONTAINER.match(line.shade)
    if match is None or len(line.text) > 160:
        return None
    rest = line.shade[match.end() :]
    kind, level = CONTAINERS[match["word"]]
    if not match["num"]:
        if kind != "attachment" or (rest and not match["separator"]):
            return None
    elif not match["separator"] and not match["note"]:
        ordinal = re.fullmatch(ORDINAL, match["num"]) is not None
        citing = _CITING.match(rest) is not None and not rest.startswith("در ")
        if rest and (not ordinal or citing or rest.rstrip().endswith((".", "؛"))):
            return None
    return replace(_made(line, match, kind, _part(line, match, "num"), level), word=match["word"])


def read_item(text: str | Line) -> Heading | None:
    """«الف ـ …», «۱) …», «بند ۴ ـ …», «۲-۱ …» or None; a number without a separator is `separated=False`."""
    line = shaded(text) if isinstance(text, str) else text
    shade = line.shade
    match = _ITEM.match(shade)
    if match is None or match.end() == len(shade):
        return None
    num, separator = match["num"], match["separator"]
    digits = num.isdigit()
    if not separator and not match["open"]:
        spaced = digits and match.end("num") < len(shade) and shade[match.end("num")] == " "
        if _CITING.match(shade[match.end() :]) or not (spaced or match["outer"] or match["note"]):
            return None
    if len(num) > 1 and not digits and num != "الف" and not separator:
        return None
    if digits and separator in {".", "-"} and shade[match.end()].isdigit() and not match["outer"]:
        return None
    if not digits and separator == "." and shade[match.end() - 1] != " ":
        return None
    made = _made(line, match, "item", _part(line, match, "num"))
    outer = _part(line, match, "outer").rstrip("-./ ـ–\u200c\u200f")
    return replace(made, outer=outer, word=match["word"] or "")


def follows(num: str, previous: str | None) -> bool:
    """Whether list mark `num` may come right after `previous` (None: may begin a list)."""
    mark = _mark(num)
    if previous is None:
        return mark in {"1", "الف", "a", "A"}
    before = _mark(previous)
    if mark.isdigit() != before.isdigit():
        return False
    if mark.isdigit():
        return 0 < int(mark) - int(before) <= 2
    if mark.isascii() and before.isascii():
        return 0 < ord(mark) - ord(before) <= 2
    return any(
        mark in letters and before in letters and 0 < letters.index(mark) - letters.index(before) <= 6
        for letters in (_LETTERS, _ABJAD)
    )


@lru_cache(4096)
def _mark(num: str) -> str:
    """A list mark in one form: digits ASCII, words as digits, «هـ» as «ه»."""
    mark = shaded(num).shade.replace("-", "").strip()
    if len(mark) > 1 and not mark.isdigit() and mark != "الف":
        value = number_value(mark)
        return str(value) if value is not None else mark[:1]
    return mark


__all__ = [
    "ABBREVIATIONS", "CONTAINERS", "Heading", "follows", "read_article", "read_container", "read_item",
    "read_proviso", "shadow",
]  # fmt: skip
