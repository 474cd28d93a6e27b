"""The light markup in which representatives write, and the HTML in which their text is kept.

    ## a heading          ### a smaller one
    - a point            1. a numbered point
    **bold** *slanted*   [words](https://address)

An empty line ends a paragraph; a single line break stays one. What HQ staff write in Wagtail's editor uses the same
few elements (`MemberPage.body` allows no others), so that text goes both ways without loss.
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from html.parser import HTMLParser

import nh3

_TAGS = {"h2", "h3", "p", "br", "ul", "ol", "li", "b", "i", "a"}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_INTERNAL = re.compile(r"^(page|document):(\d+)$")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SLANTED = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![*\w])")
_POINT = re.compile(r"^[-*•–]\s+")
_NUMBERED = re.compile(r"^[\d۰-۹٠-٩]{1,3}[.)\-]\s+")


def clean(html: str) -> str:
    """`html` without anything that the page may not hold: scripts, styles, handlers, odd addresses."""
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def to_html(text: str) -> str:
    """The sanitised HTML of a text in light markup."""
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        blocks += _blocks([line.strip() for line in block.split("\n") if line.strip()])
    return clean("".join(blocks))


def _blocks(lines: list[str]) -> Iterable[str]:
    waiting: list[str] = []
    kind = ""

    def finished() -> Iterable[str]:
        if not waiting:
            return
        if kind == "p":
            yield f"<p>{'<br/>'.join(waiting)}</p>"
        else:
            yield f"<{kind}>{''.join(f'<li>{item}</li>' for item in waiting)}</{kind}>"
        waiting.clear()

    for line in lines:
        now, words = _kind_of(line)
        if now in ("h2", "h3"):
            yield from finished()
            yield f"<{now}>{_inline(words)}</{now}>"
            kind = now
            continue
        if now != kind:
            yield from finished()
            kind = now
        waiting.append(_inline(words))
    yield from finished()


def _kind_of(line: str) -> tuple[str, str]:
    if line.startswith("### "):
        return "h3", line[4:]
    if line.startswith("## "):
        return "h2", line[3:]
    if _POINT.match(line):
        return "ul", _POINT.sub("", line)
    if _NUMBERED.match(line):
        return "ol", _NUMBERED.sub("", line)
    return "p", line


def _inline(words: str) -> str:
    text = escape(words, quote=False)
    text = _LINK.sub(_link, text)
    text = _BOLD.sub(r"<b>\1</b>", text)
    return _SLANTED.sub(r"<i>\1</i>", text)


def _link(match: re.Match[str]) -> str:
    words, address = match.groups()
    if internal := _INTERNAL.match(address):
        return f'<a linktype="{internal[1]}" id="{internal[2]}">{words}</a>'
    return f'<a href="{escape(unescape(address))}">{words}</a>'


class _Writer(HTMLParser):
    """Turns the few elements back into light markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[list[int | str]] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write what begins an element."""
        if tag in ("h2", "h3"):
            self.parts.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "p":
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("ul", "ol"):
            self.parts.append("\n\n" if not self.lists else "")
            self.lists.append([tag, 0])
        elif tag == "li":
            self._begin_item()
        elif tag == "b":
            self.parts.append("**")
        elif tag == "i":
            self.parts.append("*")
        elif tag == "a":
            found = {name: value or "" for name, value in attrs}
            kind = found.get("linktype")
            self.addresses.append(f"{kind}:{found.get('id')}" if kind else found.get("href", ""))
            self.parts.append("[")

    def _begin_item(self) -> None:
        kind: int | str = "ul"
        number: int | str = 1
        if self.lists:
            self.lists[-1][1] = number = int(self.lists[-1][1]) + 1
            kind = self.lists[-1][0]
        self.parts.append(f"{number}. " if kind == "ol" else "- ")

    def handle_endtag(self, tag: str) -> None:
        """Write what ends an element."""
        if tag == "li":
            self.parts.append("\n")
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "b":
            self.parts.append("**")
        elif tag == "i":
            self.parts.append("*")
        elif tag == "a" and self.addresses:
            self.parts.append(f"]({self.addresses.pop()})")

    def handle_data(self, data: str) -> None:
        """Write words."""
        self.parts.append(re.sub(r"\s*\n\s*", " ", data))


def to_text(html: str) -> str:
    """The light markup of `html`."""
    writer = _Writer()
    writer.feed(clean(html))
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(writer.parts)).strip()
