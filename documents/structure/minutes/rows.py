"""The lines of minutes, and what each begins: a section, an item, a row of a table."""

import re
from dataclasses import dataclass

from documents.structure import chrome
from documents.structure.numbers import CARDINAL, ORDINAL, number_value
from documents.structure.segments import Spans, clean, segments
from documents.structure.shades import Line, shaded

_MARK = r"^(?:(?:\d{1,2}|[ا-ی]|الف)(?: ?[-.):]+ ?|\s+(?=\D)))?"
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("present", (r"(?:اسامی|فهرست|لیست)? ?(?:اعضای?|افراد|اعضاء?)? ?(?:حاضر(?:ین|ان)?|حضار|شرکت ?کنندگان"
                r"|شرکت ?کننده ?ها)(?: در (?:جلسه|نشست))?|حاضران و غایبان|حضور و غیاب|با حضور|اسامی اعضا"
                r"|اعضای? جلسه")),
    ("absent", (r"(?:اسامی|فهرست)? ?(?:اعضای?|افراد|اعضاء?)? ?غایب(?:ین|ان)?(?: در جلسه"
               r"| جلسه)?(?: ?\(? ?(?:غیر ?)?موجه ?\)?)?")),
    ("guest", (r"(?:اسامی|فهرست)? ?(?:مهمان(?:ان)?|میهمان(?:ان)?|مدعو(?:ین|ان)?|سایر (?:مدعوین|حاضرین|حاضران"
              r"|شرکت ?کنندگان))(?: جلسه)?")),
    ("agenda", (r"(?:دستور(?:ات)? ?(?:کار )?(?:این )?(?:جلسه|نشست)|دستور کار|دستورجلسه"
               r"|موضوعات?(?: ?های)? ?(?:مورد بحث|جلسه|دستور))")),
    ("discussion", (r"(?:خلاصه|مشروح|شرح|متن|اهم)? ?(?:مذاکرات|مباحث|بحث|گفتگو(?:ها)?|گزارش جلسه|شرح جلسه|سخنان"
                   r"|مطالب)(?: ?(?:مطروحه|مطرح شده|جلسه|انجام شده|و گفتگو(?:ها)?|و بررسی(?: ?ها)?))*")),
    ("decisions", (r"(?:خلاصه|مشروح|متن|شرح|اهم|جمع ?بندی و|جمع بندی)? ?(?:مصوبات|مصوبه ?ها|مصوبه ?های|تصمیمات"
                  r"|تصمیم ?ها|موارد مصوب|نتایج|نتیجه ?گیری|تصمیم ?گیری|صورت مصوبات)(?: ?(?:متخذه|اتخاذ ?شده"
                  r"|گرفته ?شده|جلسه|نشست|شورا|کمیته|کارگروه|حاصله|حاصل ?شده|و تصمیمات|و مصوبات|این"
                  r"|به شرح (?:زیر|ذیل)|زیر|و پیگیری ?ها))*")),
    ("decision", (r"(?:(?:مصوبه|تصمیم|نتیجه)(?: ?(?:نهایی|شورا|کمیته|کمیسیون|هیی?ات|هییت|کارگروه|جلسه|نشست|اعضا"
                 r"|ستاد|دبیرخانه)){0,2}|رای (?:شورا|کمیته|کمیسیون|هیی?ات|هییت))")),
    ("closing", (r"(?:محل )?امضا(?:ء|ی|کنندگان)?(?: ?(?:حاضرین|حاضران|اعضا|اعضاء|رییس|دبیر))?|رونوشت"
                r"|جلسه (?:بعد|بعدی|آینده|آتی)|تاریخ جلسه (?:بعد|بعدی|آینده)|زمان جلسه (?:بعد|بعدی|آینده)"
                r"|پیوست ?ها|ضمایم")),
)  # fmt: skip
_LABELS = tuple(
    (
        name,
        re.compile(
            rf"{_MARK}(?P<label>{words}) ?(?:\((?P<note>[^()]{{0,40}})\) ?)?(?P<colon>[:=]|-(?=\s|$)|$)[ -]*"
        ),
    )
    for name, words in _SECTIONS
)
_ITEM = re.compile(
    r"(?:(?P<word>مصوبه|بند|ردیف|تصمیم|دستور|مورد|موضوع)(?!\w)(?: ?شماره)? ?[:.]? ?)?(?P<open>[(\[] ?)?"
    rf"(?P<num>\d{{1,5}}(?:[/-]\d{{1,4}})*(?![/.:]\d)|الف|[ا-ی](?= ?[-.)])|{ORDINAL}|{CARDINAL})(?!\w)(?(open) ?[)\]])"
    r" ?(?P<separator>[-.):،]+|\t|\|)? ?"
)
_OPENS = re.compile(
    r"(?:(?:به شرح|به شرح و) ?(?:زیر|ذیل)|(?:موارد|تصمیمات|مصوبات|مطالب) (?:زیر|ذیل)[^:]{0,60}|مقرر (?:شد"
    r"|گردید|گشت)(?: که| تا)?) ?[^:]{0,60}:\s*$"
)
_WITHIN = re.compile(r"(?:^|(?<=[\s.؛،]))(?P<num>\d{1,2}) ?[-.):](?=\s*[^\d\s])")
_BULLET = re.compile(r"^\s*[•·▪●○◦*■✓-]\s+")


@dataclass(slots=True)
class Row:
    """A line: `number` counts from 1, `cells` are its columns where it is a row of a table."""

    number: int
    line: Line
    cells: list[str]
    bullet: bool = False
    blank: bool = False

    @property
    def shade(self) -> str:
        """Its words folded."""
        return self.line.shade


@dataclass(frozen=True, slots=True)
class Label:
    """The head of a section; `rest` is what follows it on the line, `note` what it says in brackets."""

    section: str
    words: str
    rest: Line
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """The mark of an item: as printed, its value, and what follows it."""

    num: str
    value: int | None
    word: str
    rest: Line
    separated: bool


def rows_of(source: str, furniture: Spans = ()) -> list[Row]:
    """The lines of the source that are no chrome, blank ones between them kept."""
    pieces = segments(source, furniture)
    chrome.mark_chrome(pieces)
    found: list[Row] = []
    for piece in pieces:
        if piece.role or piece.rule:
            continue
        raw = source[piece.start : piece.end].strip("\r\n\f\v")
        found.append(
            Row(piece.number, piece.line, _cells(raw), _BULLET.match(raw) is not None, not piece.text)
        )
    return found


def _cells(raw: str) -> list[str]:
    """The columns of a row: parted by tabs, by strokes, or by three spaces and more."""
    if "\t" in raw.strip():
        parts = raw.strip(" ").split("\t")
    elif raw.count("|") >= 2:
        parts = raw.strip().strip("|").split("|")
    else:
        parts = re.split(r" {3,}", raw.strip())
    cells = [clean(part) for part in parts]
    return cells if sum(1 for cell in cells if cell) > 1 else []


def label_of(row: Row) -> Label | None:
    """The section that the line begins, if it does."""
    shade = row.shade
    if len(shade) > 400 and ":" not in shade[:60]:
        return None
    for name, pattern in _LABELS:
        match = pattern.match(shade)
        if match is None:
            continue
        if name == "decision" and match["colon"] != ":":
            continue
        return Label(name, match["label"], shaded(row.line.cut(match.end())), match["note"] or "")
    return None


def opens_decisions(row: Row) -> bool:
    """Whether the line announces the decisions that follow («مقرر گردید:», «به شرح زیر تصویب شد:»)."""
    return (
        _OPENS.search(row.shade) is not None
        and re.search("مقرر|تصویب|مصوب|تصمیم|موافقت", row.shade) is not None
    )


def item_of(line: Line) -> Item | None:
    """The item that the line begins, if it does."""
    match = _ITEM.match(line.shade)
    if match is None:
        return None
    rest = line.shade[match.end() :]
    separated = bool(match["separator"] or match["open"])
    digits = match["num"][0].isdigit()
    if not separated:
        if not match["word"] and rest:
            return None
        if not match["word"] and not digits:
            return None
    if separated and digits and not match["word"] and re.match(r"[\d/]", rest):
        return None
    if not digits and len(match["num"]) > 3 and not match["word"] and (match["separator"] or "") in {"", "،"}:
        return None
    printed = line.cut(match.start("num"), match.end("num")).strip()
    return Item(
        printed, number_value(match["num"]), match["word"] or "", shaded(line.cut(match.end())), separated
    )


def inline_items(line: Line) -> list[Line]:
    """The line cut before «۱-», «۲-»… that follow each other within it; the line itself where they do not."""
    places: list[int] = []
    for match in _WITHIN.finditer(line.shade):
        if int(match["num"]) == len(places) + 1:
            places.append(match.start("num"))
    if len(places) < 2 or line.shade[: places[0]].strip(" -.:"):
        return [line]
    return [
        shaded(line.cut(start, end))
        for start, end in zip(places, [*places[1:], len(line.shade)], strict=True)
    ]
