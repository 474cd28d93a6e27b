"""Citations of provisions in a text: «بند ب تبصره ۲ ماده ۵ آیین‌نامه مالی شهرداری‌ها». Plain Python."""

import re
from typing import NamedTuple

from documents.structure.numbers import CARDINAL, ORDINAL, number_value
from documents.structure.shades import shaded

_OF = r"[ ،]*(?:از |ذیل |موضوع )?"


def _quoted(name: str, pattern: str) -> str:
    return rf"[«(\"]? ?(?P<{name}>{pattern}) ?[»)\"]?"


_NUMBER = rf"\d{{1,4}}(?!\d)|{ORDINAL}|{CARDINAL}"
_MARK = rf"\d{{1,3}}(?!\d)|[ا-ی]{{1,3}}(?!\w)|{ORDINAL}"
_CITED = re.compile(
    rf"(?<!\w)(?:جزء? ?{_quoted('item', _MARK)}{_OF})?(?:بند ?{_quoted('para', _MARK)}{_OF})?"
    rf"(?:(?P<under>تبصره) ?(?:{_quoted('proviso', _NUMBER)})?{_OF})?"
    rf"ماده ?{_quoted('article', _NUMBER)}(?P<bis> ?مکرر(?: ?\d)?)?"
)
_WORK = re.compile(
    r" ?(?:از )?(?P<own>(?:این|همین) )?(?P<work>ایین ?نامه|قانون|دستور ?العمل|شیوه ?نامه|اساسنامه|تصویب ?نامه)(?!\w)"
)
#: Words at which the name of a cited work has ended.
_END = re.compile(
    r"[.؛،:()\[\]«»\n]"
    r"| (?:مصوب|است|باشد|باید|را|با|به|در|که|تا|بر|برای|تعیین|موضوع|مجاز|خواهد|نسبت|می|نمی|شود|شده|عمل)(?!\w)"
)
_LONGEST = 120


class Citation(NamedTuple):
    """A citation at `start`…`end` of the text, of the provision `eid`; `work` names another text, "" is this one.

    `item` is the mark of a clause below the provision («ب», `3`), where one is named.
    """

    start: int
    end: int
    eid: str
    item: str
    work: str


def citations(text: str) -> list[Citation]:
    """The citations of articles and what is below them in a text that is no heading, in their order."""
    line = shaded(text)
    shade = line.shade.replace("آ", "ا")
    places = [*(line.places or range(len(shade))), len(text)]
    found = []
    for match in _CITED.finditer(shade):
        number = number_value(match["article"])
        if number is None:
            continue
        end, work = _work(shade, match.end())
        eid = f"art_{number}{_bis(match['bis'])}"
        if match["under"]:
            proviso = number_value(match["proviso"]) if match["proviso"] else 1
            eid = f"{eid}__proviso_{proviso or 1}"
        start, end = places[match.start()], places[end]
        name = text[places[work[0]] : places[work[1]]].strip() if work else ""
        found.append(Citation(start, end, eid, (match["para"] or "").strip(), name))
    return found


def _bis(mark: str | None) -> str:
    if not mark:
        return ""
    digits = mark.strip()[len("مکرر") :].strip()
    return f"bis{digits}" if digits and digits != "1" else "bis"


def _work(shade: str, at: int) -> tuple[int, tuple[int, int] | None]:
    """Where the citation ends, and from where to where another work is named."""
    match = _WORK.match(shade, at)
    if match is None:
        return len(shade[:at].rstrip()), None
    if match["own"]:
        return match.end(), None
    start = match.start("work")
    stop = _END.search(shade, start, start + _LONGEST)
    end = stop.start() if stop else min(len(shade), start + _LONGEST)
    return len(shade[:end].rstrip()), (start, len(shade[:end].rstrip()))
