"""Look for secrets among the files that git keeps: keys, tokens and passwords have no place there.

    python scripts/find_secrets.py

Prints file and line of each find (never the secret) and ends with 1. A line that must look like one says why in a
comment `not a secret: …`.
"""

import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

PATTERNS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_\-]{35}\b"),
    "a token of a forge": re.compile(
        r"\b(?:ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs])[-_][0-9A-Za-z_\-]{16,}"
    ),
    "a signed token": re.compile(r"\beyJ[0-9A-Za-z_\-]{12,}\.[0-9A-Za-z_\-]{12,}\.[0-9A-Za-z_\-]{12,}"),
    "an address with a password": re.compile(
        r"\b[a-z][a-z+]+://[^\s:/@{}$]+:(?!PASSWORD|password|…)[^\s:/@{}$]{6,}@"
    ),
}
#: A name that speaks of a secret, given a text of many different signs.
GIVEN = re.compile(
    r"(?i)\b[a-z_]*(?:secret|token|passw(?:or)?d|api_?key|private_?key)[a-z_]*\s*[:=]\s*[\"']([^\"'\s]{20,})[\"']"
)
LEFT_OUT = re.compile(
    r"^requirements.*\.txt$|^scripts/uv\.txt$|\.(png|jpg|woff2?|mo|po|pdf|svg|ico)$|/fonts/"
)
EXCUSE = "not a secret:"


def disorder(text: str) -> float:
    """Bits a sign: names of things have about three, keys more than four."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def finds(line: str) -> str | None:
    """What a line gives away, or None."""
    if EXCUSE in line:
        return None
    for what, pattern in PATTERNS.items():
        if pattern.search(line):
            return what
    given = GIVEN.search(line)
    if (
        given
        and disorder(given.group(1)) > 4.2
        and not re.fullmatch(r"[a-z]+(?:[-_. /:][a-z0-9]+)*", given.group(1))
    ):
        return "a secret in plain text"
    return None


def main() -> int:
    """Look through all files."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, text=True).stdout
    found = 0
    for name in listed.split("\0"):
        path = Path(name)
        if not name or LEFT_OUT.search(name) or not path.is_file() or path.stat().st_size > 1_000_000:
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if what := finds(line):
                found += 1
                print(f"{name}:{number}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
