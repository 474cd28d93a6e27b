"""How many passages a second the analysis takes, beside hazm's Normalizer and Lemmatizer, one core, the same texts.

The like of what hazm gives, a key for each word, is `keys`; with their places, as the index keeps them, `placed`.

Usage: python -m bench.analysis CORPUS.jsonl [--hazm PYTHON]

hazm is no dependency of the project: PYTHON is an interpreter that has it (`uv venv …; uv pip install hazm`), by
default this one. Both measure their own processor time over several rounds and keep the best; the first round fills
what each keeps in memory.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
MARK = 20
HAZM = """
import json, sys, time
from hazm import Lemmatizer, Normalizer
texts = json.load(sys.stdin)
normalizer, lemmatizer = Normalizer(), Lemmatizer()
best = 0.0
for _ in range(3):
    began = time.process_time()
    for text in texts:
        [lemmatizer.lemmatize(word) for word in normalizer.normalize(text).split()]
    best = max(best, len(texts) / (time.process_time() - began))
print(best)
"""


def rate(act: Callable[[str], object], texts: list[str]) -> float:
    """Texts a second through `act`."""
    best = 0.0
    for _ in range(ROUNDS):
        began = time.process_time()
        for text in texts:
            act(text)
        best = max(best, len(texts) / (time.process_time() - began))
    return best


def main() -> None:
    """Measure both and print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.analysis", description=__doc__)
    parser.add_argument("corpus", type=Path, help="lines of JSON with a text each, as BEIR's corpus.jsonl")
    parser.add_argument("--hazm", default=sys.executable, metavar="PYTHON")
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.corpus.read_text("utf-8").splitlines()]
    from search.analysis import keys, placed

    own, with_places = rate(keys, texts), rate(placed, texts)
    answer = subprocess.run(
        [options.hazm, "-c", HAZM], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if answer.returncode:
        sys.exit(f"hazm did not run: {answer.stderr.strip().splitlines()[-1]}")
    theirs = float(answer.stdout)
    reached = "reached" if own >= MARK * theirs else "NOT reached"
    print(f"keys {own:,.0f} passages/s, hazm {theirs:,.0f}: {own / theirs:.1f} times, {MARK} {reached}")
    print(f"with the places of each word {with_places:,.0f} passages/s: {with_places / theirs:.1f} times")


if __name__ == "__main__":
    main()
