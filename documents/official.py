"""Official texts out of files, in a process of its own with limits (see `extraction`)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from documents.exceptions import RefusedFile
from documents.extraction import MAX_SECONDS, limit_process
from documents.file_types import identify
from documents.structure.drafts import Draft
from documents.structure.encodings import UnreadableText
from documents.structure.files import REFUSED

MAX_BYTES = 30 * 1024 * 1024
_CHECKED = {".docx", ".pdf"}


def read_official(path: Path) -> Draft:
    """The draft of a file. Raises `UnreadableText` or, for a dangerous package, `RefusedFile`; `OSError` if absent."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableText(f"{path.name}: too large", "large")
    if path.suffix.lower() in _CHECKED:
        with path.open("rb") as file:
            identify(file, path.name)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "documents.structure.files", str(path.absolute())],
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
            cwd=Path(__file__).resolve().parent.parent,
            preexec_fn=limit_process,
        )
        broken = {"reason": "broken"}
        found: dict[str, Any] = json.loads(done.stdout) if done.returncode in {0, REFUSED} else broken
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableText(f"{path.name}: {error}", "broken") from error
    if "reason" in found:
        raise UnreadableText(f"{path.name}: {found['reason']}", found["reason"])
    return Draft(found["text"], [(start, end) for start, end in found["furniture"]], found["repairs"])


__all__ = ["RefusedFile", "UnreadableText", "read_official"]
