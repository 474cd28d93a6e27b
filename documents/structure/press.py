"""Plain texts as they come from the web: title, Jalali date, news code and body, without the page's chrome.

Letters are never changed here; only lines are joined or left out, and what is left out is kept in `dropped`.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath

from documents.structure.dates import DATE, NUMERIC_DATE, WORDED_DATE, to_date
from documents.structure.encodings import UnreadableText, decode
from documents.structure.shades import shadow

__all__ = ["Block", "PlainText", "UnreadableText", "read_plain_text"]

_TERMINAL = (".", "؛", "؟", "!", ":", "…", "؛ ")
_WEEKDAY = r"(?:(?:یک|دو|سه|چهار|پنج)?\s*شنبه|جمعه)"
_DATE_LINE = re.compile(
    rf"(?:(?:تاریخ|زمان)?\s*(?:انتشار|خبر|درج)?\s*:?\s*)?(?:{_WEEKDAY}[،,\s]*)?"
    rf"(?:{NUMERIC_DATE}|{WORDED_DATE})\s*(?:[-،,|]?\s*(?:ساعت\s*)?:?\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s*"
)
_CODE_LINE = re.compile(r"(?:کد|شناسه|شماره)\s*(?:خبر|مطلب)\s*:?\s*(?P<code>[\d-]+)\s*")
_ITEM = re.compile(r"(?:[•·▪●○◦*■–-]\s*(?=\D)|\(?(?:\d{1,2})\s*[-).]\s*(?!\d))")
_PHONE_LINE = re.compile(r"(?:تلفن|تماس|فکس|نمابر|ادرس|آدرس)?\s*:?\s*\+?\d[\d\s-]{7,}")
_RULES = re.compile(
    r"نظرات? (?:حاوی|ی که)|نظراتی که|دیدگاه ?های? ارسال|پیام هایی که|شما در حال پاسخ"
    r"|^\W*\d+\s*[+×x*-]\s*\d+\s*="
)

#: Lines that are nothing of the text, letters only (`letters`), whole or at their beginning.
_CHROME = {
    "ارسالنظر", "نظرشما", "نظرات", "برچسبها", "برچسب", "کلیدواژهها", "چاپ", "اشتراکگذاری", "ارسالبهدوستان",
    "صفحهاصلی", "بازگشت", "ادامهمطلب", "مطالبمرتبط", "اخبارمرتبط", "لینککوتاه", "کپیلینک", "انتهایپیام",
    "پایانپیام", "انصراف", "ارسالدیدگاه", "دیدگاهشما", "نام", "ایمیل", "متنپیام",
}  # fmt: skip
#: From one of these on, only a date or a code is still of interest.
_TAIL = {
    "ارسالنظر", "نظرشما", "نظرات", "برچسبها", "ارسالدیدگاه", "دیدگاهشما", "مطالبمرتبط", "اخبارمرتبط",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body; `kind` is `heading`, `paragraph` or `item` (its bullet left out)."""

    kind: str
    text: str
    mark: str = ""


@dataclass(slots=True)
class PlainText:
    """What was recognised in a text; `dropped` holds every line left out, in order."""

    title: str = ""
    date: dt.date | None = None
    code: str = ""
    blocks: list[Block] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    title_is_derived: bool = False
    mentioned_dates: list[dt.date] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The body as plain text, a block a line."""
        return "\n".join(f"{block.mark} {block.text}".strip() for block in self.blocks)


def letters(line: str) -> str:
    """The letters and digits of the line alone, folded: the same for any spelling of spaces and marks."""
    return "".join(ch for ch in shadow(line) if ch.isalnum())


def _dates(text: str) -> list[dt.date]:
    found = (to_date(match) for match in DATE.finditer(shadow(text)))
    return [day for day in found if day is not None]


def is_chrome_line(line: str) -> bool:
    """Whether the whole line is a button or a label of a site («چاپ», «ارسال نظر»)."""
    return letters(line) in _CHROME


def _is_chrome(line: str) -> bool:
    if is_chrome_line(line) or not letters(line):
        return True
    words = line.split()
    if len(words) > 2 and len(set(words)) == 1:  # «advertise advertise advertise»
        return True
    shade = shadow(line)
    return _RULES.search(shade) is not None or _PHONE_LINE.match(shade) is not None


def _sift(lines: list[str], result: PlainText) -> list[str]:
    """The lines of the text itself; dates, codes and chrome go to `result`. Blank lines stay as ''."""
    kept: list[str] = []
    in_tail = False
    for raw in lines:
        line = raw.strip(" \t\u200c\u200e\u200f\ufeff\u00a0")
        shade = shadow(line)
        if not line:
            kept.append("")
            continue
        if match := _CODE_LINE.fullmatch(shade):
            result.code = result.code or match["code"]
            result.dropped.append(line)
        elif (match := _DATE_LINE.fullmatch(shade)) and (day := to_date(match)):
            result.date = result.date or day
            result.dropped.append(line)
        elif in_tail or _is_chrome(line):
            in_tail = in_tail or letters(line) in _TAIL
            result.dropped.append(line)
        elif kept and kept[-1] and letters(kept[-1]) == letters(line):
            result.dropped.append(line)
        else:
            kept.append(line)
    return kept


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Runs of lines between blank ones."""
    runs: list[list[str]] = [[]]
    for line in lines:
        if line:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _rejoin(run: list[str]) -> list[str]:
    """The run's lines with hard breaks undone: narrow lines join, except at items and after short ends."""
    width = max(len(line) for line in run)
    if len(run) == 1 or width > 110:
        return run
    joined = [run[0]]
    for before, line in pairwise(run):
        ended = before.endswith(_TERMINAL) and len(before) < 0.7 * width
        if _ITEM.match(shadow(line)) or ended:
            joined.append(line)
        else:
            joined[-1] = f"{joined[-1]} {line}"
    return joined


def _take_title(runs: list[list[str]], result: PlainText) -> None:
    """The first line when it is a title: short, no sentence, and apart from or shorter than what follows."""
    if not runs:
        return
    first = runs[0][0]
    beneath = runs[0][1] if len(runs[0]) > 1 else ""
    sentence = first.endswith((".", "؛", ":")) or _ITEM.match(shadow(first)) is not None
    if len(first) <= 160 and not sentence and (not beneath or len(beneath) > 1.5 * len(first)):
        result.title = first.strip("# *")
        runs[0] = runs[0][1:]
        if not runs[0]:
            del runs[0]
        if runs and letters(runs[0][0]) == letters(first):
            result.dropped.append(runs[0].pop(0))
            if not runs[0]:
                del runs[0]


def _derive_title(result: PlainText, filename: str) -> None:
    text = result.blocks[0].text if result.blocks else PurePath(filename).stem
    if len(text) > 110:
        text = text[:110].rsplit(" ", 1)[0].rstrip("،؛:. ") + "…"
    result.title, result.title_is_derived = text.rstrip("."), True


def _blocks(runs: list[list[str]]) -> list[Block]:
    blocks: list[Block] = []
    for position, run in enumerate(runs):
        lines = _rejoin(run)
        for line in lines:
            text = re.sub(r"[ \t\u00a0]+", " ", line).strip()
            if match := _ITEM.match(shadow(text)):
                blocks.append(Block("item", text[match.end() :].strip(), text[: match.end()].strip()))
            elif (
                len(lines) == 1
                and len(run) == 1
                and len(text) <= 110
                and not text.endswith(_TERMINAL)
                and position < len(runs) - 1
            ):
                blocks.append(Block("heading", text.strip("# *")))
            else:
                blocks.append(Block("paragraph", text))
    return blocks


def read_plain_text(content: bytes | str, filename: str = "") -> PlainText:
    """Recognise one text; raises `UnreadableText` for bytes that are none."""
    text = decode(content, filename) if isinstance(content, bytes) else content
    if not text.strip():
        raise UnreadableText(f"{filename or 'the text'}: empty")
    result = PlainText()
    runs = _paragraphs(_sift(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), result))
    _take_title(runs, result)
    result.blocks = _blocks(runs)
    if not result.title:
        _derive_title(result, filename)
    result.mentioned_dates = _dates(result.body)
    if result.date is None and result.blocks:
        opening = shadow(result.blocks[0].text)
        stated = re.search(rf"(?:مورخه?|در تاریخ)\s*(?:{NUMERIC_DATE}|{WORDED_DATE})(?!\d)", opening)
        if stated and (stated["y"] or stated["y2"] or len(stated["y3"]) == 4):
            result.date = to_date(stated)
    return result
