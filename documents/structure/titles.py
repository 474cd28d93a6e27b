"""The title of a text, and the headings of its articles: above them, on their line, or before a colon."""

import re
from collections import Counter

from documents.structure.articles import Taken
from documents.structure.lines import read_article, read_container, read_item, read_proviso
from documents.structure.segments import TERMINAL, Segment
from documents.structure.shades import shadow
from documents.structure.tree import Node

TITLE_WORDS = re.compile(
    r"(?:متن (?:کامل )?)?(?:عنوان ?:? ?)?(?:آیین ?نامه|ایین ?نامه|آیین|دستور ?العمل|شیوه ?نامه|قانون|اساسنامه"
    r"|اساس نامه|تفاهم ?نامه|نظام ?نامه|مصوبه|بخشنامه|بخش نامه|تصویب ?نامه|ضوابط|مقررات|لایحه|قرارداد|منشور"
    r"|موافقت ?نامه|توافق ?نامه|پروتکل|سند|اصول|طرح|راهنما|مرام ?نامه|تعرفه|نظام|برنامه)(?!\w)"
)
_ENDNOTE = re.compile(r"\s*\([^()]{0,200}(?:مصوب|تصویب|بخشنامه|ابلاغ)[^()]{0,200}\)\s*$")
_SENTENCE_END = re.compile(  # whole words: «درخواست» is no sentence
    r"(?<!\w)(?:ن?می ?)?(?:است|اند|شود|گردد|باشد|باشند|کند|کنند|نماید|نمایند|دارد|دارند|شد|بود|گیرد|شوند"
    r"|گردند|آید|رسد|یابد|دهد|دهند|موظفند|مکلفند|عبارتند از|عبارت است از|عبارتند|موظف است)$"
)
_ABOUT_CHANGE = re.compile(
    r"\d|اصلاح|الحاق|نسخ|مصوب|تصویب|موضوع|موجب|ابلاغ|حذف|لغو|ابطال|تنفیذ|جدید|سابق|مکرر"
)
_BEFORE_COLON = re.compile(r"([^.:؛«»\n]{2,60}):\s+(?=\S)")


def bare_title(line: str) -> str:
    """The title without the note of its approval."""
    return _ENDNOTE.sub("", line).strip(" :-–ـ*\u200c")


def take_title(pieces: list[Segment]) -> str:
    """The title among the pieces of the preamble; it and its repetitions get their role."""
    before = [piece for piece in pieces if piece.role == "preamble" and piece.text]
    if not before:
        return ""
    likely = [piece for piece in before if _may_be_title(piece)]
    chosen = next((piece for piece in likely if piece.marked), None) or next(iter(likely), None)
    if chosen is None:
        first = before[0]
        if first.text.endswith(":") or len(first.text) > 200 or _is_sentence(first.text):
            return ""
        chosen = first
    title = bare_title(chosen.text)
    for piece in before:
        if bare_title(piece.text) == title:
            piece.role = "title"
    return title[:300]


def _may_be_title(piece: Segment) -> bool:
    text = piece.text
    return (
        len(text) < 260
        and TITLE_WORDS.match(piece.line.shade) is not None
        and not text.endswith((":", "؛", "."))
        and not _is_sentence(text)
    )


def _is_sentence(text: str) -> bool:
    return _SENTENCE_END.search(shadow(text).rstrip(" .:؛")) is not None


def headings_above(pieces: list[Segment], taken: dict[int, Taken]) -> dict[int, str]:
    """Short lines right above articles that are their headings, by their index: marked ones, or the text's way."""
    plain: dict[int, str] = {}
    marked: dict[int, str] = {}
    above: int | None = None
    before: Segment | None = None
    for index, piece in enumerate(pieces):
        if piece.role or not piece.text:
            continue
        if index in taken and above is not None and before is not None and _is_short_heading(pieces[above]):
            text = pieces[above].text.rstrip(": \u200c")
            if pieces[above].marked:
                marked[above] = text
            if before.text.endswith((".", "؛", "»", ")")):
                plain[above] = text
        before = pieces[above] if above is not None else None
        above = index
    if len(plain) >= 3 and len(plain) * 10 >= len(taken) * 6:
        return {**plain, **marked}
    return marked


def _is_short_heading(piece: Segment) -> bool:
    text = piece.text.rstrip(": ")
    if len(text) > 70 or text.endswith(TERMINAL) or _is_sentence(text):
        return False
    line = piece.line
    return not (read_container(line) or read_article(line) or read_proviso(line) or read_item(line))


def drop_repeated_notes(nodes: list[Node]) -> str:
    """Take from the articles a note that nearly all bear, such as «(از آیین نامه ها)»; returns it."""
    articles = [node for node in nodes if node.kind == "article"]
    common = Counter(
        node.note for node in articles if node.note and not _ABOUT_CHANGE.search(shadow(node.note))
    )
    if not common:
        return ""
    note, times = common.most_common(1)[0]
    if times < 5 or times * 10 < len(articles) * 8:
        return ""
    for node in nodes:
        if node.note == note:
            node.note = ""
    return note


def give_headings(nodes: list[Node]) -> None:
    """Find the headings of articles, and of containers that have theirs on the next line."""
    articles = [node for node in nodes if node.kind == "article"]
    for node in articles:
        if (
            node.note
            and not node.heading
            and not _ABOUT_CHANGE.search(shadow(node.note))
            and len(node.note) < 70
        ):
            node.heading, node.note = node.note, ""
    for node in articles:
        if len(node.lines) > 1 and node.lines[0].endswith(":") and _is_label(node.lines[0]):
            _take_line(node)
    _take_first_lines(articles)
    led = [
        node for node in articles if not node.heading and node.lines and _label_before_colon(node.lines[0])
    ]
    if len(led) >= 3 and len(led) * 10 >= len(articles) * 7:
        for node in led:
            label = _label_before_colon(node.lines[0])
            node.heading, node.lines[0] = label, node.lines[0][len(label) :].lstrip(": \u200c")
    for node in nodes:
        if node.level < 10 and not node.heading and node.lines and len(node.lines) == 1:
            line = node.lines[0]
            if len(line) <= 90 and not line.endswith((".", ":", "؛")) and not _is_sentence(line):
                node.heading, node.lines = line, []


def _take_first_lines(articles: list[Node]) -> None:
    """Where most articles begin with a short line of its own, which a narrow column's are not, it is the heading."""
    lined = [node for node in articles if not node.heading and len(node.lines) > 1]
    headed = [node for node in articles if node.heading]
    bodies = [node.lines[1:] if len(node.lines) > 1 and not node.heading else node.lines for node in articles]
    lengths = sorted(len(line) for lines in bodies for line in lines)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    titled = [
        node
        for node in lined
        if not node.lines[0].endswith(TERMINAL)
        and _is_label(node.lines[0], 9)
        and len(node.lines[0]) * 1.5 < usual
    ]
    count = len(titled) + len(headed)
    if count >= 3 and count * 10 >= (len(lined) + len(headed)) * 6:
        for node in titled:
            _take_line(node)


def _take_line(node: Node) -> None:
    if not node.heading:
        node.heading, node.lines = node.lines[0].rstrip(": \u200c"), node.lines[1:]


def _is_label(line: str, words: int = 5) -> bool:
    title = line.rstrip(": \u200c")
    return len(title.split()) <= words and len(title) <= 70 and "زیر" not in title and not _is_sentence(title)


def _label_before_colon(line: str) -> str:
    match = _BEFORE_COLON.match(line)
    return match[1] if match and _is_label(match[1], 6) else ""
