"""Our own files, and hashes of them."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("intranet", "organizations", "documents", "workflows", "pages", "search", "locale", "templates")


def files_below(packages: Iterable[str], pattern: str) -> Iterator[Path]:
    """The files below our own folders that match `pattern`, in order."""
    for package in packages:
        yield from sorted((ROOT / package).rglob(pattern))


def digest(files: Iterable[Path], *words: str, content: bool = True) -> str:
    """A short hash of `words` and of the files: of their content, or (quicker) of their sizes and times."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in files:
        total.update(str(file.relative_to(ROOT)).encode())
        if content:
            total.update(file.read_bytes())
        else:
            facts = file.stat()
            total.update(f"{facts.st_size} {facts.st_mtime_ns}".encode())
    return total.hexdigest()[:16]
