"""A parsed text as HTML: its provisions with their anchors, and its table of contents. Made once a version.

The words that name a provision («ماده ۵») are part of the text in its own language, not of the reader's interface:
so they stand here and not in a catalogue.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.structure.provisions import ParsedProvision, ParsedText
from intranet.ui.numerals import to_ascii, to_persian
from intranet.ui.templatetags.persian import jalali

LABELS = {
    "fa": {
        "book": "کتاب", "title": "باب", "part": "بخش", "chapter": "فصل", "section": "مبحث",
        "subchapter": "گفتار", "attachment": "پیوست", "article": "ماده", "proviso": "تبصره",
    },
    "en": {
        "book": "Book", "title": "Title", "part": "Part", "chapter": "Chapter", "section": "Section",
        "subchapter": "Subchapter", "attachment": "Annex", "article": "Article", "proviso": "Note",
    },
}  # fmt: skip
CHANGES = {
    "fa": {"amended": "اصلاحی", "added": "الحاقی", "repealed": "نسخ‌شده"},
    "en": {"amended": "Amended", "added": "Added", "repealed": "Repealed"},
}
CITE = {"fa": "ارجاع", "en": "Cite"}
_BADGES = {"amended": "warn", "added": "info", "repealed": "bad"}
#: Where a version's HTML leads to the addresses below its text's own: see `at`.
_BELOW = "@/"
DIVISIONS = {"book", "title", "part", "chapter", "section", "subchapter", "attachment"}
_WORD = re.compile(r"\S*\d\S*")
_LATIN = re.compile(r"[A-Za-z]")
SNIPPET = 30


#: Links within a text: from where, to where in it, and the address; in their order.
Links = Sequence[tuple[int, int, str]]


@dataclass(frozen=True)
class Rendered:
    """A text ready to be shown."""

    html: SafeString
    contents: SafeString


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a provision, to be said beside it: its status, and the day of its last change if known."""

    status: str
    on: datetime.date | None = None


def at(html: str, base: str) -> str:
    """The HTML of `render(…, cited=…)` with its links to single provisions below the address `base`."""
    # The text itself holds no such letters: its quotation marks are escaped.
    return html.replace(f'href="{_BELOW}', f'href="{escape(base)}')


def shown(text: str, language: str) -> str:
    """The text with its digits as readers of `language` expect; what holds Latin letters stays as it is."""
    if language != "fa":
        return text
    return _WORD.sub(lambda word: word[0] if _LATIN.search(word[0]) else to_persian(word[0]), text)


def label_of(kind: str, num: str, language: str) -> str:
    """What the provision is called: «ماده ۵», «تبصره», «الف»."""
    word = LABELS.get(language, LABELS["en"]).get(kind, "")
    digits = to_persian(num) if language == "fa" else to_ascii(num)
    return f"{word} {digits}".strip()


def _paragraphs(text: str, language: str, links: Links = ()) -> SafeString:
    """Every line of the text as a paragraph, with its links; the first runs on from the provision's number."""
    lines, place = [], 0
    for line in text.split("\n"):
        own = [
            (start - place, end - place, to) for start, end, to in links if place <= start < place + len(line)
        ]
        if line:
            lines.append(_linked(line, language, own))
        place += len(line) + 1
    first = f'<p class="provision__text">{lines[0]}</p>' if lines else ""
    rest = "".join(f'<p class="provision__more">{line}</p>' for line in lines[1:])
    return mark_safe(first + rest)  # noqa: S308 - every line is escaped above


def _linked(line: str, language: str, links: Links) -> str:
    """A line with what stands at the places of `links` as links."""
    parts: list[str] = []
    place = 0
    for start, end, address in links:
        parts.append(escape(shown(line[place:start], language)))
        words = shown(line[start:end], language)
        parts.append(format_html('<a class="citation" href="{}">{}</a>', address, words))
        place = end
    return "".join([*parts, escape(shown(line[place:], language))])


class _Writer:
    def __init__(
        self,
        parsed: ParsedText,
        language: str,
        marks: Mapping[str, Mark],
        cited: Mapping[str, str],
        links: Mapping[str, Links],
    ) -> None:
        self.language = language
        self.marks = marks
        self.cited = cited
        self.links = links
        self.parsed = parsed
        self.children: dict[str | None, list[ParsedProvision]] = defaultdict(list)
        for provision in parsed.provisions:
            self.children[provision.parent].append(provision)

    def html(self) -> SafeString:
        parts = []
        if self.parsed.preamble:
            lines = self.parsed.preamble.split("\n")
            preamble = "".join(f"<p>{escape(shown(line, self.language))}</p>" for line in lines)
            parts.append(f'<div class="legal__preamble">{preamble}</div>')
        parts.extend(self._provision(each, 2) for each in self.children[None])
        if self.parsed.closing:
            lines = self.parsed.closing.split("\n")
            closing = "".join(f"<p>{escape(shown(line, self.language))}</p>" for line in lines)
            parts.append(f'<div class="legal__closing">{closing}</div>')
        return mark_safe("".join(parts))  # noqa: S308 - made of escaped parts

    def _provision(self, provision: ParsedProvision, level: int) -> str:
        label = label_of(provision.kind, provision.num, self.language)
        kind = "division" if provision.kind in DIVISIONS else provision.kind
        classes = f"provision provision--{'paragraph' if kind == 'subparagraph' else kind}"
        mark = self.marks.get(provision.eid) or Mark(provision.status)
        if mark.status in _BADGES and (provision.note or mark.status != "repealed"):
            classes += f" provision--{mark.status}"  # a text that only says «نسخ شد» is not struck out
        inner = "".join(self._provision(child, min(level + 1, 6)) for child in self.children[provision.eid])
        head = self._head(provision, label, kind, level, mark)
        return f'<section class="{classes}" id="{escape(provision.eid)}">{head}{inner}</section>'

    def _mark(self, mark: Mark, note: str) -> str:
        """The badge of a changed provision; its own note says it where it has one, but for one that is gone."""
        if mark.status not in _BADGES or (note and mark.status != "repealed"):
            return ""
        words = CHANGES.get(self.language, CHANGES["en"])[mark.status]
        if mark.on:
            with translation.override(self.language):
                words = f"{words} {jalali(mark.on)}"
        return format_html(' <span class="badge badge--{}">{}</span>', _BADGES[mark.status], words)

    def _links(self, provision: ParsedProvision, label: str) -> str:
        """The mark that leads to the provision in the text, and the link to its own page, by which it is cited."""
        anchor = format_html(
            '<a class="anchor" href="#{}" aria-label="{}">#</a>', provision.eid, label or "#"
        )
        if provision.eid not in self.cited:
            return anchor
        word = CITE.get(self.language, CITE["en"])
        return anchor + format_html(
            '<a class="anchor cite" href="{}{}/" data-cite="{}" aria-label="{}">{}</a>',
            _BELOW, provision.eid, self.cited[provision.eid], f"{word}: {self.cited[provision.eid]}", word,
        )  # fmt: skip

    def _head(self, provision: ParsedProvision, label: str, kind: str, level: int, mark: Mark) -> str:
        heading = shown(provision.heading, self.language)
        text = _paragraphs(provision.text, self.language, self.links.get(provision.eid, ()))
        note = ""
        if provision.note:
            note = format_html(
                ' <span class="provision__note">({})</span>', shown(provision.note, self.language)
            )
        note += self._mark(mark, provision.note)
        anchor = mark_safe(self._links(provision, label))  # noqa: S308 - formatted above
        if kind == "division":
            title = f"{label}: {heading}" if heading else label
            return format_html(
                '<h{0} class="provision__heading">{1}{2} {3}</h{0}>{4}',
                level, title, mark_safe(note), anchor, text,  # noqa: S308 - formatted above
            )  # fmt: skip
        if kind == "article":
            if heading:
                return format_html(
                    '<h{0} class="provision__heading"><span class="provision__num">{1}</span>{2}{3} {4}</h{0}>{5}',
                    level, label, heading, mark_safe(note), anchor, text,  # noqa: S308 - formatted above
                )  # fmt: skip
            return format_html(
                '<h{0} class="provision__num">{1}</h{0}>{2}{3} {4}',
                level, label, text, mark_safe(note), anchor,  # noqa: S308 - formatted above
            )  # fmt: skip
        num = format_html('<span class="provision__num">{}</span>', label) if label else ""
        return f"{num}{text}{note} {anchor if kind == 'proviso' or provision.eid in self.cited else ''}"

    # --- contents ------------------------------------------------------------------------------------
    def contents(self) -> SafeString:
        return mark_safe(self._list(None))  # noqa: S308 - made of escaped parts

    def _list(self, parent: str | None) -> str:
        entries = [each for each in self.children[parent] if each.kind in DIVISIONS or each.kind == "article"]
        if not entries:
            return ""
        items = "".join(
            f'<li><a href="#{escape(each.eid)}">{escape(self._entry(each))}</a>{self._list(each.eid)}</li>'
            for each in entries
        )
        return f"<ol>{items}</ol>"

    def _entry(self, provision: ParsedProvision) -> str:
        label = label_of(provision.kind, provision.num, self.language)
        words = provision.heading
        if not words and provision.kind == "article":
            words = _beginning(provision.text)
        words = shown(words, self.language)
        if not words:
            return label
        return f"{label}: {words}" if provision.kind in DIVISIONS else f"{label} ـ {words}"


def _beginning(text: str) -> str:
    """The first words of a text, whole ones."""
    line = text.partition("\n")[0]
    if len(line) <= SNIPPET:
        return line.rstrip(" .:؛،")
    return line[:SNIPPET].rpartition(" ")[0].rstrip(" .:؛،") + "…"


def render(
    parsed: ParsedText,
    language: str,
    marks: Mapping[str, Mark] | None = None,
    cited: Mapping[str, str] | None = None,
    links: Mapping[str, Links] | None = None,
) -> Rendered:
    """The text as HTML in its own language (`fa` or `en`).

    `marks` says what became of a provision, by `eId` (else its own note does); those in `cited`, each with the
    words that name it in a citation, get a link to a page of their own, which `at` puts below an address. `links` has
    the links within the text of each.
    """
    writer = _Writer(parsed, language, marks or {}, cited or {}, links or {})
    return Rendered(writer.html(), writer.contents())
