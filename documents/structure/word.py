"""Word documents as lines: automatic numbers computed, deletions left out, tables by rows, notes at the end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from documents.structure.drafts import Draft, drafted
from documents.structure.encodings import UnreadableText
from documents.structure.word_numbers import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "fldData", "txbxContent")
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}


def read_word(path: Path) -> Draft:
    """The text of a .docx. Raises `UnreadableText` for one that is broken."""
    import docx

    try:
        document = docx.Document(str(path))
        numbering = Numbering(_part(document, "numbering"), document.styles.element)
        lines = list(_lines(document.element.body, numbering))
        notes = [(text + "\n", True) for part in _notes(document) for text in _texts(part)]
    except Exception as error:
        raise UnreadableText(f"{path.name}: {error}", "broken") from error
    if not any(line.strip() for line in lines):
        raise UnreadableText(f"{path.name}: empty", "empty")
    return drafted([(line + "\n", False) for line in lines] + notes)


def _part(document: Any, name: str) -> Any | None:
    """The root of a part of the package, such as numbering.xml, or None."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return parse_xml(relation.target_part.blob)
    return None


def _notes(document: Any) -> Iterator[Any]:
    for name in ("footnotes", "endnotes"):
        part = _part(document, name)
        if part is not None:
            yield part


def _texts(part: Any) -> Iterator[str]:
    for paragraph in part.iter(f"{W}p"):
        text = _text(paragraph)
        if text.strip():
            yield text


def _lines(body: Any, numbering: Numbering) -> Iterator[str]:
    """The lines of the body in order, those of tables row by row."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == f"{W}p":
            yield from _paragraph(element, numbering)
        elif element.tag == f"{W}tbl":
            for row in element.findall(f"{W}tr"):
                cells = [
                    " ".join(line for each in cell.iter(f"{W}p") for line in _paragraph(each, numbering))
                    for cell in row.findall(f"{W}tc")
                ]
                yield "\t".join(cells)
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}:
            stack.append(iter(element))


def _paragraph(paragraph: Any, numbering: Numbering) -> Iterator[str]:
    mark = numbering.mark_of(paragraph)
    text = _text(paragraph)
    lines = text.split("\n")
    if mark and text.strip():
        lines[0] = f"{mark} {lines[0].lstrip()}"
    style = numbering.style_of(paragraph).lower()
    if text.strip() and (style.startswith("heading") or style == "title"):
        lines[0] = f"# {lines[0]}"
    yield from lines
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            for inner in box.iter(f"{W}p"):
                yield _text(inner)


def _text(element: Any) -> str:
    """The words of a paragraph as they stand after its tracked changes."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in _LEFT_OUT or node.tag == _FALLBACK:
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in _SIGNS:
            parts.append(_SIGNS[node.tag])
        else:
            stack.extend(reversed(list(node)))
    return "".join(parts)
