"""The table of doors as it comes out today: each address, each reader, green where it is as it was decided.

`make access-table` runs it: every address is tried as every reader and a crawler follows what each is given; then the
table is printed, with the counts of what was tried.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.doors.readers import READERS
from tests.doors.table import ROWS

GREEN, RED, PLAIN = "\033[32m", "\033[31m", "\033[0m"
GROUPS = (1, 2, 2, 2, 3, 3)  # the letters of a row as the table writes them
MEANINGS = {
    "V": "shown or done",
    "L": "sent to sign in",
    "U": "401: a program is told to sign in",
    "-": "refused",
    "0": "not there",
    "R": "sent on",
    "M": "not by this method",
    "B": "bad request",
    "?": "not tried",
}
TESTS = ("tests/doors/test_table.py", "tests/doors/test_crawl.py")


def paint(text, colour):
    """`text` in a colour where a terminal reads it."""
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"{colour}{text}{PLAIN}"


def try_all(folder):
    """Run the tests with their findings written to `folder`; (exit status, what they said)."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *TESTS, *sys.argv[1:]]
    done = subprocess.run(
        command, env={**os.environ, "DOORS_OUT": folder}, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def print_table(got):
    """Print each row; (how often each letter came, how many otherwise than decided)."""
    for number, reader in enumerate(READERS):
        place = number + sum(number >= sum(GROUPS[: group + 1]) for group in range(len(GROUPS)))
        print(f"{' ' * place}{number + 1:<3}{reader}")
    counts, wrong = Counter(), 0
    for place, row in enumerate(ROWS):
        letters = [got.get(reader, "")[place : place + 1] or "?" for reader in READERS]
        counts.update(letters)
        painted = [
            paint(letter, GREEN if letter == expected else RED)
            for letter, expected in zip(letters, row.answers, strict=True)
        ]
        wrong += sum(letter != expected for letter, expected in zip(letters, row.answers, strict=True))
        rest = iter(painted)
        line = " ".join("".join(next(rest) for _ in range(size)) for size in GROUPS)
        print(f"{line}  {row.method:4} {row.path}  {row.name}")
    return counts, wrong


def main():
    """Try every door, print the table; the exit status is that of the tests."""
    doors = len(ROWS) * len(READERS)
    print(
        f"Trying {len(ROWS)} addresses as {len(READERS)} readers, then what each is given (minutes)",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        status, said = try_all(folder)
        got = {path.stem: path.read_text() for path in Path(folder).glob("*.txt")}
        crawled = Path(folder, "crawl.json")
        followed = json.loads(crawled.read_text()) if crawled.exists() else {}
    counts, wrong = print_table(got)
    print(f"\n{len(ROWS)} addresses × {len(READERS)} readers = {doors} doors")
    for letter, meaning in MEANINGS.items():
        if counts[letter]:
            print(f"{counts[letter]:>7}  {letter}  {meaning}")
    print(f"{wrong:>7}     otherwise than decided")
    print("\nThe crawler, addresses tried      given   others'  together with the table's")
    for reader in READERS:
        given, others = followed.get(reader, (0, 0))
        print(f"  {reader:30}{given:>7}{others:>10}{given + others + len(ROWS):>10}")
    if status:
        print(said[-3000:])
    return status


if __name__ == "__main__":
    sys.exit(main())
