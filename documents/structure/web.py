"""Pasted or saved HTML as lines: headings marked, lists numbered as a browser numbers them, chrome set apart."""

import re
from html.parser import HTMLParser

from documents.structure.drafts import Draft, drafted

_SILENT = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "math"}
_CHROME = {"nav", "footer", "aside", "form", "button", "select", "dialog"}
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|sidebar|breadcrumbs?|share|sharing|comments?|related|cookie|advert|ads"
    r"|widget|toolbar|social|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "ul", "ol", "li", "table", "tr", "blockquote", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "hr", "br", "figure", "address", *_CHROME,
}  # fmt: skip
_ABJAD = ("الف", *"بجدهوزحطی")
_OWN_MARK = re.compile(r"\s*(?:\(?[0-9۰-۹٠-٩]{1,3}|\(?(?:الف|[ا-ی]))\s*[-–ـ).:]")


def is_html(text: str) -> bool:
    """Whether the text is HTML and not merely a text with a sign of it."""
    return (
        len(re.findall(r"</?(?:p|div|br|html|body|span|li|h[1-6]|table)\b[^<>]{0,400}>", text[:20_000])) >= 2
    )


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, bool]] = []
        self.open: list[tuple[str, bool, bool]] = []  # the tag, whether it is silent, whether it is chrome
        self.lists: list[tuple[str, int]] = []
        self.pending = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._break()
        if tag in {"td", "th"} and self.pieces and not self.pieces[-1][0].endswith("\n"):
            self.pieces.append(("\t", False))
        if tag in _VOID:
            return
        silent = tag in _SILENT or (bool(self.open) and self.open[-1][1])
        names = f"{values.get('class', '')} {values.get('id', '')} {values.get('role', '')}"
        chrome = tag in _CHROME or (bool(self.open) and self.open[-1][2])
        chrome = chrome or (
            tag not in {"body", "html", "main", "article"} and bool(_CHROME_NAMES.search(names))
        )
        self.open.append((tag, silent, chrome))
        del self.open[400:]
        if tag in {"ol", "ul"}:
            bare = "none" in values.get("style", "")
            start = values.get("start", "1")
            number = int(start) if start.isdigit() and len(start) < 5 else 1
            kind = "" if bare else "•" if tag == "ul" else values.get("type", "1")
            self.lists.append((kind, number))
        elif tag == "li" and self.lists:
            self._number(values)
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.pending = "# "

    def _number(self, values: dict[str, str]) -> None:
        kind, number = self.lists[-1]
        given = values.get("value", "")
        number = int(given) if given.isdigit() and len(given) < 5 else number
        if kind == "1":
            self.pending = f"{number}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) + ") "
        elif kind in {"a", "A"}:
            self.pending = (_ABJAD[number - 1] if 0 < number <= len(_ABJAD) else str(number)) + ") "
        elif kind:
            self.pending = "• " if kind == "•" else f"{number}) "
        self.lists[-1] = (kind, number + 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        for place in range(len(self.open) - 1, max(-1, len(self.open) - 40), -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        silent, chrome = (self.open[-1][1], self.open[-1][2]) if self.open else (False, False)
        text = re.sub(r"[ \t\r\n\f\v]+", " ", data)
        if silent or not text:
            return
        if not self.pieces or self.pieces[-1][0].endswith("\n"):
            text = text.lstrip(" ")
        if not text:
            return
        if self.pending:
            mark, self.pending = self.pending, ""
            if mark == "# " or not _OWN_MARK.match(text):
                self.pieces.append((mark, chrome))
        self.pieces.append((text, chrome))

    def _break(self) -> None:
        self.pending = ""
        if self.pieces and not self.pieces[-1][0].endswith("\n"):
            self.pieces.append(("\n", False))


def read_html(source: str) -> Draft:
    """The words of a page; what stands in its menus, forms and footers is furniture."""
    parser = _Lines()
    parser.feed(source)
    parser.close()
    return drafted(parser.pieces)
