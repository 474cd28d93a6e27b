"""Reading the demonstration's texts from the files of `content/`."""

import datetime
import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.html import escape, format_html_join

from intranet.ui.calendar import parse_jalali_date

CONTENT = Path(__file__).parent / "content"


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `content/<name>.toml`."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def bylaws() -> Iterator[dict[str, Any]]:
    """Each bylaw: its particulars, with its text as `source`, in the order of approval (drafts last)."""
    found = []
    for path in sorted((CONTENT / "bylaws").glob("*.txt")):
        _, head, source = path.read_text(encoding="utf-8").split("+++\n", 2)
        found.append(tomllib.loads(head) | {"source": source.strip()})
    yield from sorted(found, key=lambda bylaw: bylaw["adopted"] or "9999")


def day(jalali: str) -> datetime.date | None:
    """A Jalali day of the files, or None for an empty one."""
    return parse_jalali_date(jalali) if jalali else None


def clock(time: str) -> datetime.time | None:
    """A time of day of the files, or None for an empty one."""
    return datetime.time.fromisoformat(time) if time else None


def content_sha256() -> str:
    """The checksum of all the files: what a finished build was made of."""
    digest = hashlib.sha256()
    for path in sorted(CONTENT.rglob("*")):
        if path.suffix in {".toml", ".txt"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _kind(line: str) -> str:
    return line[:2] if line[:2] in {"- ", "= ", "@ "} else "## " if line.startswith("## ") else ""


def stream(text: str) -> list[tuple[str, Any]]:
    """Marked lines as StreamField blocks: "## " a heading, "- " an item, "= " a figure, "@ " a key date."""
    blocks: list[tuple[str, Any]] = []
    lines = (line.strip() for line in text.strip().splitlines())
    for kind, group in groupby((line for line in lines if line), key=_kind):
        run = [line.removeprefix(kind).strip() for line in group]
        if kind == "## ":
            blocks += [("heading", line) for line in run]
        elif kind == "- ":
            items = format_html_join("", "<li>{}</li>", ((line,) for line in run))
            blocks.append(("paragraph", f"<ul>{items}</ul>"))
        elif kind == "@ ":
            days = (line.split("|", 1) for line in run)
            blocks.append(("key_dates", [{"date": day(a.strip()), "text": b.strip()} for a, b in days]))
        elif kind == "= ":
            pairs = (line.split("|") for line in run)
            blocks.append(("facts", [{"value": a.strip(), "label": b.strip()} for a, b in pairs]))
        else:
            blocks.append(("paragraph", "".join(f"<p>{escape(line)}</p>" for line in run)))
    return blocks


def words_of(text: str) -> Iterator[str]:
    """The strings of marked lines in their order: what a translator is given. Days and figures are none."""
    for line in filter(None, (line.strip() for line in text.strip().splitlines())):
        words = line.removeprefix(_kind(line)).strip()
        if _kind(line) == "@ ":
            yield words.split("|", 1)[1].strip()
        elif _kind(line) == "= ":
            yield from cells(words)
        else:
            yield words


def cells(line: str) -> list[str]:
    """The parts of a line set apart by «|»."""
    return [part.strip() for part in line.split("|")]
