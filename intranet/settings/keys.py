"""The secret key of a machine without one: made at first run, kept beside the data, never in the repository."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def key_from_file(path: Path) -> str:
    """Return the key kept in `path`, making it (readable by its owner only) when there is none.

    Several processes may start at once: the first to create the file wins and the others read it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    candidate = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        candidate.touch(mode=0o600)
        candidate.write_text(get_random_secret_key(), encoding="ascii")
        try:
            os.link(candidate, path)
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return path.read_text(encoding="ascii").strip()
