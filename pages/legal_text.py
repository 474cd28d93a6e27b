"""A parsed text as HTML: its provisions with their anchors, and its table of contents. Made once a version.

The words that name a provision («ماده ۵») are part of the text in its own language, not of the reader's interface:
so they stand here and not in a catalogue.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.structure.provisions import ParsedProvision, ParsedText
from intranet.ui.numerals import to_ascii, to_persian

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
REPEALED = {"fa": "نسخ‌شده", "en": "Repealed"}
DIVISIONS = {"book", "title", "part", "chapter", "section", "subchapter", "attachment"}
_WORD = re.compile(r"\S*\d\S*")
_LATIN = re.compile(r"[A-Za-z]")
SNIPPET = 30


@dataclass(frozen=True)
class Rendered:
    """A text ready to be shown."""

    html: SafeString
    contents: SafeString


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


def _paragraphs(text: str, language: str) -> SafeString:
    """Every line of the text as a paragraph; the first runs on from the provision's number."""
    lines = [escape(shown(line, language)) for line in text.split("\n") if line]
    first = f'<p class="provision__text">{lines[0]}</p>' if lines else ""
    rest = "".join(f'<p class="provision__more">{line}</p>' for line in lines[1:])
    return mark_safe(first + rest)  # noqa: S308 - every line is escaped above


class _Writer:
    def __init__(self, parsed: ParsedText, language: str) -> None:
        self.language = language
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
        if provision.status == "repealed":
            classes += " provision--repealed"
        inner = "".join(self._provision(child, min(level + 1, 6)) for child in self.children[provision.eid])
        head = self._head(provision, label, kind, level)
        return f'<section class="{classes}" id="{escape(provision.eid)}">{head}{inner}</section>'

    def _head(self, provision: ParsedProvision, label: str, kind: str, level: int) -> str:
        heading = shown(provision.heading, self.language)
        text = _paragraphs(provision.text, self.language)
        note = ""
        if provision.note:
            note = format_html(
                ' <span class="provision__note">({})</span>', shown(provision.note, self.language)
            )
        if provision.status == "repealed":
            word = REPEALED.get(self.language, REPEALED["en"])
            note += format_html(' <span class="badge badge--bad">{}</span>', word)
        anchor = format_html(
            '<a class="anchor" href="#{}" aria-label="{}">#</a>', provision.eid, label or "#"
        )
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
        mark = format_html('<span class="provision__num">{}</span>', label) if label else ""
        return f"{mark}{text}{note} {anchor if kind == 'proviso' else ''}"

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


def render(parsed: ParsedText, language: str) -> Rendered:
    """The text as HTML in its own language (`fa` or `en`)."""
    writer = _Writer(parsed, language)
    return Rendered(writer.html(), writer.contents())
