"""Any file of an official text, told by its content: plain text, Word, PDF or HTML.

Run as a program it prints the draft as JSON, so that a hostile file ends that process and no other.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from documents.structure.drafts import Draft
from documents.structure.encodings import UnreadableText, decode
from documents.structure.paper import draft_of_pages, read_pdf
from documents.structure.web import is_html, read_html
from documents.structure.word import read_word

MAX_TEXT = 5_000_000
REFUSED = 3


def read_file(path: Path) -> Draft:
    """The draft of a file. Raises `UnreadableText`; its `reason` says why, in one word."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"%PDF-"):
        draft = read_pdf(path)
    elif head.startswith(b"PK"):
        draft = read_word(path)
    elif head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UnreadableText(f"{path.name}: an old Word file", "old_word")
    else:
        draft = draft_of_text(decode(path.read_bytes(), path.name))
    if len(draft.text) > MAX_TEXT:
        raise UnreadableText(f"{path.name}: too long", "large")
    return draft


def draft_of_text(text: str) -> Draft:
    """The draft of a text that is plain, in pages (form feeds), or HTML."""
    if is_html(text):
        return read_html(text)
    if text.count("\f") > 1:
        return draft_of_pages(text.split("\f"))
    return Draft(text)


def main(name: str) -> int:
    """Print the draft of a file, or why there is none."""
    try:
        found = asdict(read_file(Path(name)))
    except UnreadableText as error:
        json.dump({"reason": error.reason}, sys.stdout)
        return REFUSED
    sys.stdout.buffer.write(json.dumps(found).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
