"""The demonstration's accounts as the supervisor prints them, and the password they share."""

import os
import secrets
from pathlib import Path

NAMES = (
    "editor legal council1 council2 council3 staff staff2 district1",
    "ngo1-rep ngo1-member ngo2-rep ngo2-member auditor admin admin2",
)


def password_from(chosen: str, data: Path) -> str:
    """The password that was chosen (`DEMO_PASSWORD`), else the one made at the first run and kept in `data`."""
    kept = data / "demo_password"
    if chosen:
        return chosen
    if not kept.exists():
        unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(9), encoding="ascii")
        unfinished.replace(kept)
    return kept.read_text(encoding="ascii").strip()


def announcement(password: str) -> str:
    """What is printed once the site runs."""
    names = "\n      ".join(NAMES)
    return f"  Demonstration accounts, all with the password  {password}\n      {names}"
