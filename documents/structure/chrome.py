"""What in a source is no part of the text: a site's chrome, tables of contents, page numbers, signatures."""

import re
from collections import defaultdict
from itertools import pairwise

from documents.structure.lines import CONTAINERS, Heading, read_article, read_container
from documents.structure.press import is_chrome_line, letters
from documents.structure.segments import TERMINAL, Segment

#: Beginnings of lines that no official text has.
_BEGINS = re.compile(
    r"دفعات (?:مشاهده|چاپ|ارسال)|تعداد (?:بازدید|مشاهده)|(?:کد|شناسه) (?:خبر|مطلب|یکتا)|(?:انتهای|پایان) پیام"
    r"|لینک کوتاه|بیشتر (?:بخوانید|بدانید|ببینید)|(?:مطالب|اخبار|مقالات|قوانین) (?:مرتبط|پیشنهادی)(?!\w)"
    r"|ارسال (?:نظر|دیدگاه|به دوستان)|(?:به )?اشتراک ?گذاری|برچسب ?ها ?:|کلید ?واژه|نسخه (?:چاپی|قابل چاپ)"
    r"|(?:دانلود|دریافت) (?:فایل|متن|pdf|PDF|نسخه)|تاریخ (?:انتشار|بروز ?رسانی|درج)|زمان (?:مطالعه|انتشار)"
    r"|منابع? (?:بازنشر|خبر)|کیفیت متن|خبرگزاری (?:\w+ ?){1,3}-?$|گروه خبری|نظر دهید|به ما امتیاز"
    r"|(?:تمامی|کلیه|تمام) حقوق .{0,60}(?:محفوظ|متعلق)|کپی ?رایت|(?i:copyright|https?://|www\.|©)"
    r"|صفحه \d{1,4} (?:از|/) \d{1,4}$|پرش به محتوا|منوی اصلی|سبد خرید|ورود / ثبت ?نام"
)
_LABELS = re.compile(r"(?:(?:عنوان|متن|نوع|تاریخ|مرجع|شماره)(?: ?\w{2,12})? ?: ?){1,8}$")
_HOLDS = re.compile(r"کلیک (?:کنید|نمایید)|اینجا (?:بخوانید|ببینید|دانلود)|دفعات مشاهده|\d+ بازدید$")
_PAGE_NUMBER = re.compile(r"\W{0,4}(\d{1,4})\W{0,4}")
_CONTENTS = {"فهرست", "فهرستمطالب", "فهرستمندرجات", "فهرستعناوین", "مندرجات", "فهرستمواد", "عناوین"}
_LEADERS = re.compile(r"[ .…·_\t-]*\d{0,4}[ .…]*$")
_OFFICES = re.compile(
    r"(?<!\w)(?:ریی?س|رئیس|معاون|وزیر|شهردار|استاندار|فرماندار|بخشدار|دهیار|دبیر|دبیرکل|مدیر|مدیرعامل|مدیرکل"
    r"|نماینده|سرپرست|قائم مقام|قایم مقام|مشاور|بازرس|خزانه ?دار|منشی|نخست وزیر|نایب|طرف (?:اول|دوم)"
    r"|امضا|امضاء|امضای|مهر و امضا|محل امضا|هیات مدیره|هیئت مدیره|شورای اسلامی شهر|دادستان|سردفتر)(?!\w)"
)


def is_chrome(segment: Segment) -> bool:
    """Whether the line is a site's own, wherever it stands."""
    shade = segment.line.shade
    return len(shade) < 600 and (
        _BEGINS.match(shade) is not None
        or _LABELS.match(shade) is not None
        or (len(shade) < 200 and _HOLDS.search(shade) is not None)
    )


def mark_chrome(segments: list[Segment]) -> None:
    """Give their role to lines of chrome and to page numbers in a row."""
    numbers: list[tuple[int, Segment]] = []
    for segment in segments:
        if segment.role or not segment.text:
            continue
        if is_chrome(segment):
            segment.role = "chrome"
        elif len(segment.text) < 12 and (match := _PAGE_NUMBER.fullmatch(segment.line.shade)):
            numbers.append((int(match[1]), segment))
    in_a_row = [number for number, _ in numbers]
    if len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(in_a_row)):
        for _, segment in numbers:
            segment.role = "furniture"


def _key(heading: Heading) -> tuple[str, int | None, int, str]:
    return heading.kind, heading.value, heading.bis, letters(_LEADERS.sub("", heading.rest))[:20]


def mark_contents(segments: list[Segment]) -> None:
    """Give its role to a table of contents: short headings that all stand again further on."""
    heads: list[tuple[int, tuple[str, int | None, int, str]]] = []
    for index, segment in enumerate(segments):
        if segment.role or not segment.text.lstrip("(").startswith(("ماده", *CONTAINERS)):
            continue
        heading = read_container(segment.line) or read_article(segment.line)
        if heading is not None and not heading.citing:
            heads.append((index, _key(heading)))
    again: dict[tuple[str, int | None, int, str], int] = defaultdict(int)
    for _, key in heads:
        again[key] += 1
    listed: list[int] = []
    for index, key in heads:
        again[key] -= 1
        between = segments[(listed[-1] if listed else index) : index + 1]
        if not again[key] or any(len(each.text) > 130 for each in between if not each.role):
            break
        listed.append(index)
    if not listed:
        return
    first = listed[0]
    for above in range(first - 1, max(-1, first - 16), -1):
        if letters(segments[above].text) in _CONTENTS:
            first = above
            break
    if len(listed) < 2 and first == listed[0]:
        return
    for segment in segments[first : listed[-1] + 1]:
        segment.role = segment.role or "contents"


def mark_closing(segments: list[Segment], last_heading: int, end: int) -> None:
    """Give their roles to the signatures and the chrome between the last heading and `end`.

    They begin after a whole sentence, with a signature or a line of chrome, and go on to the end.
    """
    previous: Segment | None = segments[last_heading] if last_heading >= 0 else None
    lines = [index for index in range(last_heading + 1, end) if segments[index].text or segments[index].rule]
    for place, index in enumerate(lines):
        segment = segments[index]
        if segment.rule or segment.role == "chrome" or is_chrome_line(segment.text):
            if all(_is_slight(segments[each]) for each in lines[place:]):
                _close(segments, lines[place:], "chrome")
                return
        elif segment.role:
            continue
        elif previous is not None and previous.text.rstrip().endswith((".", "»", ")", "؛", "!", "؟")):
            below = segments[lines[place + 1]] if place + 1 < len(lines) else None
            if _signs(segment) or (below is not None and _is_name(segment) and _signs(below)):
                _close(segments, lines[place:], "signature")
                return
        previous = segment


def _close(segments: list[Segment], indexes: list[int], role: str) -> None:
    for index in indexes:
        segment = segments[index]
        if role == "signature" and (segment.role == "chrome" or is_chrome_line(segment.text)):
            role = "chrome"
        segment.role = segment.role or role


def _is_slight(segment: Segment) -> bool:
    return bool(segment.role) or len(segment.text) < 90 or segment.marked


def _signs(segment: Segment) -> bool:
    text = segment.text
    return (
        len(text) <= 100 and not text.endswith((".", ":", "؛")) and bool(_OFFICES.search(segment.line.shade))
    )


def _is_name(segment: Segment) -> bool:
    text = segment.text
    return 1 < len(text.split()) <= 6 and not text.endswith(TERMINAL)
