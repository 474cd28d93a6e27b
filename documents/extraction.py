"""Text out of files, in a process of its own with limits: a hostile file can end that process, not ours."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.file_types import CSV, DOCX, PDF, TXT, decoded

MAX_SECONDS = 60
MAX_MEMORY = 2 * 1024**3
MAX_TEXT = 5_000_000  # characters kept of one file

_OUT_OF_MEMORY = 77
_KILLED_FOR_TOO_MUCH = {_OUT_OF_MEMORY, -signal.SIGKILL, -signal.SIGXCPU, -signal.SIGXFSZ, -signal.SIGABRT}

EXTRACTABLE = frozenset(kind.media_type for kind in (PDF, DOCX, TXT, CSV))


class Trouble(models.TextChoices):
    """Why a file has no text here; the file itself is kept as it came."""

    BROKEN = "broken", _("Its text could not be read: the file is broken or protected.")
    TOO_MUCH = "too_much", _("Its text was not read: that took more time or memory than is allowed.")
    EMPTY = "empty", _("No text was found in it: it may be a scan.")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, and what stood in the way ("" when nothing did)."""

    text: str = ""
    trouble: str = ""


def extract_text(path: Path, media_type: str) -> Extracted:
    """The text of a stored file. Never raises for what is in the file, and leaves no process behind."""
    if media_type not in EXTRACTABLE:
        return Extracted()
    with tempfile.TemporaryFile() as output:
        code = _run([str(path), media_type], output)
        output.seek(0)
        text = output.read(4 * MAX_TEXT).decode("utf-8", "replace").replace("\x00", "")[:MAX_TEXT]
    if code in _KILLED_FOR_TOO_MUCH:
        return Extracted(trouble=Trouble.TOO_MUCH)
    if code != 0:
        return Extracted(trouble=Trouble.BROKEN)
    return Extracted(text) if text.strip() else Extracted(trouble=Trouble.EMPTY)


def _run(arguments: list[str], output: IO[bytes]) -> int:
    """Run this module on a file; its exit code, negative for a signal. It knows no secret of ours: no environment."""
    known = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV", "LANG") if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
        [sys.executable, "-m", "documents.extraction", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parent.parent,
        env={**known, "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
        preexec_fn=limit_process,  # noqa: PLW1509 - sets limits, takes no lock
    )
    try:
        return process.wait(MAX_SECONDS)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def limit_process() -> None:
    """Bound the memory, the time and the writing of a process that reads a stranger's file."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MAX_TEXT, 4 * MAX_TEXT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


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


def _main(path: str, media_type: str) -> int:
    try:
        text = _READERS[media_type](Path(path))[:MAX_TEXT]
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], sys.argv[2]))
