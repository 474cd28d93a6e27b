"""`python -m intranet.supervisor.catalogues`: compile the translations, where something has to be compiled."""

import os
from collections.abc import Iterator
from pathlib import Path

from intranet.supervisor.files import PACKAGES, files_below


def stale() -> Iterator[Path]:
    """The catalogues whose compiled form is missing or older."""
    for source in files_below(PACKAGES, "*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            yield source


def compile_stale() -> None:
    """Compile them; each compiled file is put in place in one move."""
    import polib

    for source in stale():
        unfinished = source.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_stale()
