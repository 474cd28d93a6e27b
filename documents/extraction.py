"""Text out of files, in a process of its own with limits: a hostile file can end that process, not ours."""

import resource
import subprocess
import sys
from pathlib import Path

from documents.file_types import CSV, DOCX, PDF, TXT, decoded

MAX_SECONDS = 60
MAX_MEMORY = 2 * 1024**3
MAX_TEXT = 5_000_000  # characters kept of one file

EXTRACTABLE = frozenset(kind.media_type for kind in (PDF, DOCX, TXT, CSV))


def extract_text(path: Path, media_type: str) -> str:
    """The text of a stored file ("" when it has none, cannot be read, or takes too long)."""
    if media_type not in EXTRACTABLE:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "documents.extraction", str(path), media_type],
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
            cwd=Path(__file__).resolve().parent.parent,
            preexec_fn=limit_process,
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace").replace("\x00", "")[:MAX_TEXT]


def limit_process() -> None:
    """Bound the memory, the time and the writing of a process that reads a stranger's file."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _text_of_pdf(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)  # form feeds part the pages: search finds each by its own address
    try:
        return "\f".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _text_of_docx(path: Path) -> str:
    import docx
    from docx.table import Table

    lines: list[str] = []
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            lines.extend("\t".join(cell.text for cell in row.cells) for row in part.rows)
        else:
            lines.append(part.text)
    return "\n".join(lines)


def _text_of_plain(path: Path) -> str:
    return decoded(path.read_bytes()) or ""


_READERS = {
    PDF.media_type: _text_of_pdf,
    DOCX.media_type: _text_of_docx,
    TXT.media_type: _text_of_plain,
    CSV.media_type: _text_of_plain,
}

if __name__ == "__main__":
    sys.stdout.buffer.write(_READERS[sys.argv[2]](Path(sys.argv[1])).encode("utf-8", "replace"))
