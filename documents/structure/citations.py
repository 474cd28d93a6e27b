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
    r"[.؛،:()\[\]«»\n]| ?-"
    r"| (?:مصوب|مصوبه|است|باشد|باید|را|با|به|در|که|تا|بر|از|برای|تعیین|موضوع|مجاز|خواهد|نسبت|می|نمی|شود|شده|عمل"
    r"|و سایر|و رعایت|و بر|و با|و ماده|و تبصره|و بند|و مواد"
    r"|اقدام|مطابق|راجع|همکاری|واژه|عبارت|مذکور|فوق|یاد|ناظر|حداکثر|حداقل)(?!\w)"
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
    found: list[Citation] = []
    for match in _CITED.finditer(shade):
        number = number_value(match["article"])
        if number is None or (found and places[match.start()] < found[-1].end):
            continue  # within the name of a work: «آیین‌نامه اجرایی ماده ۲ قانون …»
        end, work = _work(shade, match.end())
        eid = f"art_{number}{_bis(match['bis'])}"
        if match["under"]:
            proviso = number_value(match["proviso"]) if match["proviso"] else 1
            eid = f"{eid}__proviso_{proviso or 1}"
        if work and not shade[work[0] : work[1]]:
            continue
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
    """Where the citation ends, and from where to where another work is named: nowhere, for a «قانون» without a name,
    which is some law that the text has spoken of before.
    """
    match = _WORK.match(shade, at)
    if match is None:
        return len(shade[:at].rstrip()), None
    if match["own"]:
        return match.end(), None
    start = match.start("work")
    stop = _END.search(shade, match.end("work"), start + _LONGEST)
    end = len(shade[: stop.start() if stop else start + _LONGEST].rstrip())
    return end, (start, end) if end > match.end("work") else (start, start)
