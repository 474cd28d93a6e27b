"""Texts that come in pages (PDF, or plain text with form feeds): heads and feet set apart, order put right."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

from documents.structure.drafts import Draft, drafted
from documents.structure.encodings import UnreadableText
from documents.structure.press import letters
from documents.structure.shades import shadow

_EDGE = 3  # lines at the head and at the foot of a page that may be furniture
_FORWARD = re.compile(
    r"(?<!\w)(?:ماده|تبصره|است|این|شود|های|برای|باید|شهرداری|شورای|قانون|با|از|به|که)(?!\w)"
)
_BACKWARD = re.compile(
    r"(?<!\w)(?:هدام|هرصبت|تسا|نیا|دوش|یاه|یارب|دیاب|یرادرهش|یاروش|نوناق|اب|زا|هب|هک)(?!\w)"
)
_KEPT = re.compile(r"[0-9۰-۹٠-٩]+(?:[/.,٬٫-][0-9۰-۹٠-٩]+)*|[A-Za-z][A-Za-z0-9 ._@/-]*[A-Za-z0-9]|[A-Za-z]")
_SWAPPED = str.maketrans("()[]«»{}", ")(][»«}{")
_YEAR = re.compile(
    r"(?<!\d)(\d{4})(?=\s*/\s*\d{1,2}\s*/\s*\d{1,2}(?!\d))|(?:مصوب|سال|مورخ)\s*:?\s*(\d{4})(?!\d)"
)
_ARTICLE = re.compile(r"^\s*ماده\s*\(?\s*(\d{2,3})(?!\d)", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[,٬]\d+)*")
_SANE = range(1200, 1500)
_HEADINGS = re.compile(r"\s*(?:ماده|تبصره|فصل|بخش|باب|بند|کتاب|مبحث)(?!\w)")


def read_pdf(path: Path) -> Draft:
    """The text of a PDF. Raises `UnreadableText` for one that is broken, locked, or holds no text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableText(f"{path.name}: {error}", "locked" if locked else "broken") from error
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        raise UnreadableText(f"{path.name}: {error}", "broken") from error
    finally:
        document.close()
    if sum(letter.isalpha() for page in pages for letter in page) < 20:
        raise UnreadableText(f"{path.name}: no text in it", "scanned")
    return draft_of_pages(pages)


def draft_of_pages(pages: list[str]) -> Draft:
    """The pages as one text, each after a form feed; reversed letters and mirrored numbers are turned round."""
    lines = [[_plain(line) for line in page.replace("\r\n", "\n").split("\n")] for page in pages]
    repairs = []
    whole = "\n".join(line for page in lines for line in page)
    if _is_backward(whole):
        repairs.append("reversed_text")
        lines = [[_turned(line) for line in page] for page in lines]
        whole = "\n".join(line for page in lines for line in page)
        if whole.find(")") < whole.find("(") or whole.count(") ") < whole.count("( "):
            lines = [[line.translate(_SWAPPED) for line in page] for page in lines]
    if _is_mirrored(shadow(whole)):
        repairs.append("mirrored_text")
        lines = [[_NUMBER.sub(lambda match: match[0][::-1], line) for line in page] for page in lines]
    marks = _furniture(lines)
    pieces: list[tuple[str, bool]] = []
    for page, (page_lines, page_marks) in enumerate(zip(lines, marks, strict=True)):
        for index, line in enumerate(page_lines):
            lead = "\f" if page and not index else ""
            pieces += [(lead, False), (line, page_marks[index]), ("\n", False)]
    return drafted(pieces, repairs)


def _plain(line: str) -> str:
    """The line with presentation forms as letters, and without the marks that a PDF's lines end in."""
    line = "".join(
        unicodedata.normalize("NFKC", each)
        if "\ufb50" <= each <= "\ufdff" or "\ufe70" <= each <= "\ufefc"
        else each
        for each in line
    )
    return line.replace("\ufffe", "").replace("\x02", "").rstrip("\r")


def _is_backward(text: str) -> bool:
    backward = len(_BACKWARD.findall(text))
    return backward >= 4 and backward > 2 * len(_FORWARD.findall(text))


def _turned(line: str) -> str:
    """The line's letters in the other order; numbers and Latin words keep theirs."""
    return _KEPT.sub(lambda match: match[0][::-1], line[::-1])


def _is_mirrored(text: str) -> bool:
    """Whether the years, or the numbers of the articles, are only in order when read from their other end."""
    years = [first or second for first, second in _YEAR.findall(text)]
    right = sum(int(year) in _SANE for year in years)
    wrong = sum(int(year) not in _SANE and int(year[::-1]) in _SANE for year in years)
    numbers = _ARTICLE.findall(text)
    steps = sum(int(after) == int(before) + 1 for before, after in pairwise(numbers))
    turned = sum(int(after[::-1]) == int(before[::-1]) + 1 for before, after in pairwise(numbers))
    if years and right != wrong:
        return wrong > right and (wrong > 1 or turned >= steps)
    return turned >= 3 and turned > 2 * steps


def _furniture(pages: list[list[str]]) -> list[list[bool]]:
    """Which lines of each page stand at the head or the foot of most pages, or are a page's number."""
    edges: list[list[int]] = []
    seen: Counter[str] = Counter()
    for page in pages:
        said = [index for index, line in enumerate(page) if line.strip()]
        edge = sorted({*said[:_EDGE], *said[-_EDGE:]})
        edges.append(edge)
        seen.update({_shape(page[index]) for index in edge})
    often = max(2, (len(pages) + 1) // 2)
    marks = [[False] * len(page) for page in pages]
    for page, edge, mark in zip(pages, edges, marks, strict=True):
        for index in edge:
            shape = _shape(page[index])
            numbered = shape.strip("#") in {"", "صفحه", "صفحهاز"}
            first = (
                page is pages[0] and "#" not in shape and index < len(page) // 2
            )  # it may be the title itself
            mark[index] = len(pages) > 1 and (
                (numbered and "#" in shape)
                or (seen[shape] >= often and not first and _is_running(page[index]))
            )
    return marks


def _is_running(line: str) -> bool:
    """Whether the line may be a running head: short, no heading of a provision, no end of a sentence."""
    return len(line) < 160 and not _HEADINGS.match(line) and not line.rstrip().endswith((".", "؛", ":"))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", letters(line)).replace("#از#", "از#")
