"""The table of doors as it comes out today: each address, each reader, green where it is as it was decided.

`make access-table` runs it: every address is tried as every reader, then the table is printed with its counts.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.doors.readers import READERS
from tests.doors.table import ROWS

GREEN, RED, PLAIN = "\033[32m", "\033[31m", "\033[0m"
MEANINGS = {
    "V": "shown or done",
    "L": "sent to sign in",
    "U": "401: a program is told to sign in",
    "-": "refused",
    "0": "not there",
    "R": "sent on",
    "M": "not by this method",
    "B": "bad request",
}


def letters_of(folder):
    """What each reader got at each row: {reader: letters}."""
    return {path.stem: path.read_text() for path in folder.glob("*.txt")}


def main():
    """Try every door, print the table; the exit status is that of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "tests/doors/test_table.py",
            *sys.argv[1:],
        ]
        done = subprocess.run(
            command, env={**os.environ, "DOORS_OUT": folder}, check=False, capture_output=True
        )
        got = letters_of(Path(folder))
    for number, reader in enumerate(READERS):
        print(f"{'│' * number}┌ {reader}")
    counts, wrong = Counter(), 0
    for place, row in enumerate(ROWS):
        line = ""
        for reader, expected in zip(READERS, row.answers, strict=True):
            letter = got.get(reader, "")[place : place + 1] or "?"
            good = letter == expected
            wrong += not good
            counts[letter] += good
            line += f"{GREEN if good else RED}{letter}{PLAIN}"
        print(f"{line}  {row.method:5}{row.path}  {row.name}")
    print(f"\n{len(ROWS)} addresses × {len(READERS)} readers = {len(ROWS) * len(READERS)} doors tried")
    for letter, meaning in MEANINGS.items():
        print(f"{counts[letter]:>7}  {letter}  {meaning}")
    print(f"{wrong:>7}  otherwise than decided")
    if done.returncode:
        print(done.stdout.decode()[-3000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
