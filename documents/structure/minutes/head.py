"""The head of minutes: title, body, number of the session, day, hours and place; and who is named in a sentence."""

import re

from documents.structure.dates import find_dates, find_hours
from documents.structure.minutes.attendance import absence_in, people_in
from documents.structure.minutes.found import Minutes
from documents.structure.minutes.rows import Row, label_of
from documents.structure.numbers import number_value
from documents.structure.shades import Line, shaded

_INVOCATION = re.compile(r"^\W*(?:ب[اه]? ?سم[ه ]|به نام|بنام)")
_MINUTES = re.compile(r"صورت ?جلسه|صورت ?مجلس|(?<!\w)(?:جلسه|نشست)(?!\w)")
_BODY = r"(?:کمیته|کمیسیون|کارگروه|شورا(?:ی|یاری)?|ستاد|قرارگاه|هیی?ات|هییت|دبیرخانه|مجمع|انجمن|اتاق فکر)"
_BODY_NAME = re.compile(
    rf"(?<!\w)(?P<name>{_BODY}(?!\w)"
    r"(?:(?<=منطقه )\d{1,2}|(?<=ناحیه )\d|\d{4}(?= [^\W\d])|[^،؛:()\[\]\n.0-9«»\"]){0,110}?)"
    r"(?= ?(?:$|[،؛:()\[\].«»\"]| - |-\d"
    r"|(?<!منطقه)(?<!منطقه )(?<!ناحیه)(?<!ناحیه )[0-9](?!\d{3} [^\W\d])|(?<!\w)(?:مورخه?"
    r"|تاریخ|در|شماره|روز|با|که|راس|ساعت|به (?:شماره|ریاست|منظور|دعوت|شرح|میزبانی)|برگزار|تشکیل|از|دوره|سال"
    r"|ذیل|جلسه|نشست|پیرامون|درباره|درخصوص|صورت ?جلسه)(?!\w)))"
)
_BODY_LABEL = re.compile(
    r"(?:نام|عنوان) ?(?:شورا|کمیته|کارگروه|کمیسیون|مرجع|نهاد|جلسه|نشست)(?: ?/ ?\w+)? ?[:=] ?|^\W*(?:مرجع|شورا"
    r"|کمیته|کارگروه) ?: ?"
)
_NUMBER_LABEL = re.compile(
    r"(?:شماره (?:جلسه|نشست|صورت ?جلسه)|(?:جلسه|نشست|صورت ?جلسه)(?: (?:عادی|علنی|فوق ?العاده|رسمی"
    r"|مشترک))?(?: به)? شماره|شماره ?(?=:)) ?:? ?(?P<num>\d{1,5}(?:[/-]\d{1,5})*)"
)
_NUMBER_BEFORE = re.compile(r"(?P<words>(?:[^\W\d]+ ){0,3}[^\W\d]+?)(?: ?ین|ین)? (?:جلسه|نشست)(?!\w)")
_NUMBER_DIGITS = re.compile(
    r"(?<![\d/])(?P<num>\d{1,4}) ?(?:ا?مین|م|ام|-?امین) (?:جلسه|نشست)|(?:جلسه|نشست) (?P<num2>\d{1,4})(?![\d/])"
)
_NUMBER_AFTER = re.compile(
    r"(?:جلسه|نشست)(?: (?:عادی|علنی|فوق ?العاده|رسمی))? (?P<words>(?:[^\W\d]+ و )?[^\W\d]+م)(?!\w)"
)
_PLACE_LABEL = re.compile(
    r"(?:محل|مکان)(?: ?(?:تشکیل|برگزاری|جلسه|نشست|انعقاد))*(?: جلسه| نشست)? ?[:=] ?(?P<place>[^\n،؛|]{2,120})"
)
_PLACE = re.compile(
    r"(?:در محل|(?=در (?:سالن|تالار|دفتر|اتاق|ساختمان|مجتمع|سرای|خانه|فرهنگسرای"
    r"|محل)))(?: ?در)? ?(?P<place>(?:سالن|تالار|دفتر|اتاق|ساختمان|مجتمع|سرای|خانه|فرهنگسرا|دبیرخانه|شهرداری"
    r"|معاونت|اداره|سازمان|کتابخانه|مسجد|پارک|بوستان)[^،؛.\n]{0,90}?)"
    r"(?= ?(?:[،؛.\n]|$|(?<!\w)(?:تشکیل|برگزار|با|راس|ساعت|و راس|از ساعت|به ریاست|منعقد)(?!\w)))"
)
_NEXT = re.compile(r"جلسه (?:بعد|بعدی|آینده|آتی)")
_LABEL_ENDS = re.compile(
    r"(?:\t| {3,}|\||(?<!\w)(?:شماره|تاریخ|ساعت|زمان|محل|مکان|روز|صفحه|پیوست|مدت|دبیر|رییس|موضوع"
    r"|نوع)(?: ?(?:جلسه|نشست|تشکیل|برگزاری|شروع|پایان|خاتمه))* ?[:：])"
)
_CLOSED = re.compile(r"غیر ?علنی|محرمانه|(?:جلسه|نشست) (?:بسته|غیر ?عمومی|خصوصی)")
_ENDED = re.compile(r"(?<!\w)(?:پایان|خاتمه|ختم|اتمام)(?!\w)")
_WITH = re.compile(
    r"(?:با حضور|به ریاست|باحضور) ?:? ?(?P<who>[^\n]{4,700}?)(?= ?(?:(?<!\w)(?:تشکیل|برگزار|آغاز|رسمیت|منعقد"
    r"|شروع)(?!\w)|و (?:در )?(?:غیبت|غیاب)|در (?:محل|سالن|تالار)|راس ساعت|$|\n))"
)
_TOOK_PART = re.compile(
    r"(?:^|[.؛:] ?)(?:در (?:این|ابتدای این) (?:نشست|جلسه)،? ?)(?P<who>[^.؛\n]{3,400}?) "
    r"(?:حضور|شرکت) (?:داشتند|یافتند|کردند|داشت|کرد)"
)
_ABSENT_WITH = re.compile(
    r"(?:در غیاب|و غیبت|با غیبت) ?(?P<who>[^\n.؛]{3,200}?)(?= ?(?:(?<!\w)(?:تشکیل|برگزار|آغاز|رسمیت)(?!\w)|[.؛]|$))"
)
_WERE_ABSENT = re.compile(
    r"(?P<who>[^.؛\n]{3,200}?)(?:(?: به (?:علت|دلیل)| با|،)[^.؛\n]{0,60})? (?:غایب (?:بود|بودند|هستند)"
    r"|غیبت داشت(?:ند)?|حضور نداشت(?:ند)?|در جلسه حاضر نشد(?:ند)?)"
)
_EMBLEM = re.compile(r"جمهوری اسلامی|^\W*محرمانه|^\W*(?:شهرداری|شورای اسلامی) (?:شهر )?\w+$|^\W*عادی\W*$")
_FIELD = re.compile(
    r"(?:شماره|تاریخ|ساعت|زمان|محل|مکان|ریاست|رییس|دبیر|منشی|موضوع|نوع|پیوست) ?(?:جلسه|نشست|تشکیل|برگزاری)? ?:"
)
_SENTENCE = re.compile(r"(?<!\w)(?:شد|گردید|کرد|نمود|بود|یافت|است)(?!\w) ?[.؛،:]?")
_HEAD = 25  # rows


def read(rows: list[Row], minutes: Minutes) -> None:
    """Fill the fields of the head."""
    top: list[Row] = []
    for row in rows:
        if row.blank:
            continue
        if len(top) >= _HEAD or (
            top
            and (label := label_of(row)) is not None
            and label.section not in {"present", "closing", "agenda"}
            and len(top) > 2
        ):
            break
        top.append(row)
    _title(top, minutes)
    for row in top:
        _fields(row, minutes)
    _closing(rows, minutes)
    _body(top, minutes)
    minutes.head = {row.number for row in top if _is_head(row, minutes)}
    minutes.closed = any(_CLOSED.search(row.shade) for row in top)


def _title(top: list[Row], minutes: Minutes) -> None:
    for row in top[:6]:
        if _INVOCATION.match(row.shade) or not any(letter.isalpha() for letter in row.line.text):
            continue
        if _MINUTES.search(row.shade) and len(row.shade) <= 200 and not _is_field(row):
            minutes.title = row.line.text.strip(" .:،#*")
            minutes.lines["title"] = row.number
            return


def _is_field(row: Row) -> bool:
    return re.match(r"^(?:شماره|تاریخ|محل|ساعت|دستور) ?(?:جلسه|نشست|صورت ?جلسه)? ?:", row.shade) is not None


def _is_head(row: Row, minutes: Minutes) -> bool:
    """Whether the row says nothing but fields of the head."""
    if _INVOCATION.match(row.shade) or (len(row.shade) < 40 and _EMBLEM.search(row.shade)):
        return True
    named = row.number in minutes.lines.values() and len(row.shade) < 50
    if not named and _FIELD.search(row.shade) is None:
        return False
    return len(row.shade) < 160 and not _SENTENCE.search(row.shade) and label_of(row) is None


def _fields(row: Row, minutes: Minutes) -> None:
    shade = row.shade
    label = label_of(row)
    if (
        label is not None
        and label.section in {"agenda", "present", "absent", "guest"}
        and not minutes.held_on
    ):
        shade = shade[: len(shade) - len(label.rest.shade)]
    if not minutes.session_number and (number := _session(shade)):
        minutes.session_number = number
        minutes.lines["session_number"] = row.number
    if minutes.held_on is None and not _NEXT.search(shade):
        days = [
            each
            for each in find_dates(shade)
            if not re.search(r"مصوب(?:ه)? ?$|نامه (?:شماره )?\S* ?(?:مورخ)? ?$", shade[: each.start])
        ]
        if days:
            minutes.held_on = days[0].day
            minutes.lines["held_on"] = row.number
    hours = None if _NEXT.search(shade) else find_hours(shade)
    if hours is not None:
        begins, ends, start, _ = hours
        ended = _ENDED.search(shade, max(0, start - 14), start + 18) is not None and ends is None
        if not ended and minutes.begins_at is None:
            minutes.begins_at, minutes.ends_at = begins, ends
            minutes.lines["hours"] = row.number
            later = find_hours(shade[start + 6 :])
            if ends is None and later and _ENDED.search(shade[start + 6 :]):
                minutes.ends_at = later[0]
        elif ended and minutes.ends_at is None:
            minutes.ends_at = begins
    if not minutes.place:
        _place(row, minutes)


def _place(row: Row, minutes: Minutes) -> None:
    match = _PLACE_LABEL.search(row.shade) or _PLACE.search(row.shade)
    if match is None:
        return
    start, end = match.span("place")
    stop = _LABEL_ENDS.search(row.shade, start, end)
    raw = row.line.cut(start, stop.start() if stop else end)
    if row.cells:
        raw = next((cell.split(":", 1)[-1] for cell in row.cells if raw.strip()[:12] in cell), raw)
    place = " ".join(raw.split()).strip(" .،؛:-|")
    place = place.removeprefix("در ")
    if len(place) > 2:
        minutes.place = place[:200]
        minutes.lines["place"] = row.number


def _session(shade: str) -> str:
    if match := _NUMBER_LABEL.search(shade):
        return match["num"]
    if match := _NUMBER_DIGITS.search(shade):
        return match["num"] or match["num2"]
    for match in _NUMBER_BEFORE.finditer(shade):
        words = match["words"].split()
        for count in range(min(4, len(words)), 0, -1):
            value = number_value(" ".join(words[-count:]).removesuffix("ین"))
            if value is not None and (words[-1].endswith(("م", "مین", "ین", "ل", "ست", "خست"))):
                return str(value)
    if (match := _NUMBER_AFTER.search(shade)) and (value := number_value(match["words"])) is not None:
        return str(value)
    return ""


def _closing(rows: list[Row], minutes: Minutes) -> None:
    """When it ended, as the last lines say."""
    for row in reversed([row for row in rows if not row.blank][-12:]):
        if minutes.ends_at is not None:
            return
        shade = row.shade[: later.start()] if (later := _NEXT.search(row.shade)) else row.shade
        hours = find_hours(shade)
        if hours is not None and _ENDED.search(shade, max(0, hours[2] - 30), hours[3] + 40):
            minutes.ends_at = hours[1] or hours[0]


def _body(top: list[Row], minutes: Minutes) -> None:
    for row in top:
        match = _BODY_LABEL.search(row.shade)
        if match and (name := _BODY_NAME.search(row.shade, match.end())):
            _set_body(row.line, name, minutes, row.number)
            return
    for row in top:
        if _INVOCATION.match(row.shade) or (
            label_of(row) is not None and row.number != minutes.lines.get("title")
        ):
            continue
        near = _MINUTES.search(row.shade)
        name = _BODY_NAME.search(row.shade, near.end() if near else 0) or _BODY_NAME.search(row.shade)
        if name is not None and (near is not None or len(row.shade) < 90):
            _set_body(row.line, name, minutes, row.number)
            return


def _set_body(line: Line, match: re.Match[str], minutes: Minutes, number: int) -> None:
    minutes.body = " ".join(line.cut(*match.span("name")).split()).strip(" .،؛:-")
    minutes.lines["body"] = number


def read_presence(rows: list[Row], minutes: Minutes) -> None:
    """Who was there and who was not, as sentences say («با حضور … تشکیل شد», «… غایب بود»)."""
    text: list[tuple[Line, int]] = _paragraphs(rows)
    for line, number in text[:12]:
        match = _WITH.search(line.shade) or _TOOK_PART.search(line.shade)
        if match is not None:
            who = shaded(line.cut(*match.span("who")).replace(" و با حضور ", "، "))
            minutes.attendance += people_in(who, "present", number, listed=False)
            absent = _ABSENT_WITH.search(line.shade)
            if absent is not None:
                minutes.attendance += people_in(
                    shaded(line.cut(*absent.span("who"))), "absent", number, listed=False
                )
            break
    for line, number in text[:20]:
        for match in _WERE_ABSENT.finditer(line.shade):
            state = absence_in(shaded(line.cut(*match.span()))) or "absent"
            if re.search(r"به (?:علت|دلیل)", match[0]):
                state = "excused"
            who = shaded(line.cut(*match.span("who")))
            minutes.attendance += people_in(who, state, number, listed=False)


def _paragraphs(rows: list[Row]) -> list[tuple[Line, int]]:
    found: list[tuple[Line, int]] = []
    parts: list[str] = []
    first = 0
    for row in [*rows, None]:
        if row is None or row.blank:
            if parts:
                found.append((shaded(" ".join(parts)), first))
            parts = []
        else:
            first = first if parts else row.number
            parts.append(row.line.text)
    return found
