"""Make `search/analysis/data/lexicon.txt` from hazm's word and verb lists (MIT licence) and `domain.txt`.

Usage: python scripts/build_lexicon.py HAZM_WHEEL    (a wheel of hazm 0.10, as its index serves it)

The result is sorted text, one entry a line, tab-separated: kind, folded word, and by kind
    w  a word in use, its frequency as a power of two
    c  a compound glued into one, its parts by spaces (words of their own)
    j  a compound written as one word, its frequency; its first part is a particle (هم، بی، بین…)
    p  a plural, its singular
    k  a rare word that only looks like two words
    v  a verb form
"""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from search.analysis.folding import ZWNJ, fold
from search.analysis.lexicon import PARTICLES, Lexicon
from search.analysis.morphology import PREFIXES, SUFFIXES, Morphology

DATA = Path(__file__).resolve().parents[1] / "search" / "analysis" / "data"
ENDINGS = ("", "م", "ی", "یم", "ید", "ند")
COMMON = 1 << 20
#: Second halves that begin with the letter و, not with «و» for and.
OWN_SECONDS = frozenset(("وار", "واره", "ور", "وری", "ورز", "ورزی", "وش", "واپسی", "واژه", "وجهی", "واگذاری"))


def verb_forms(verbs: list[str]) -> Iterator[str]:
    """Simple past and present forms, with and without a negation."""
    for line in verbs:
        past, _, present = line.strip().partition("#")
        stems = [past] if past else []
        forms = [stem + ending for stem in stems for ending in ENDINGS]
        if present:
            for glide in ("", "ی") if present[-1] in "او" else ("",):
                forms += [present + glide + ending for ending in (*ENDINGS[1:], "د")]
        for form in forms:
            yield fold(form)
            yield fold("ن" + form)
    yield from ("توان", "نتوان")  # «می‌توان» has no person


def is_form(form: str) -> bool:
    """Whether a verb's form tells enough after «می»: of two letters only شد and زد."""
    return len(form) > 2 or form in {"شد", "زد"}


class Builder:
    """Gathers words, then gives the lexicon's lines."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.compounds: dict[str, tuple[list[str], int]] = {}
        self.plural: set[str] = set()
        self.rare: set[str] = set()
        self.own: set[str] = set()
        self.singles: dict[str, str] = {}

    def add_own(self, line: str) -> None:
        """A line of `domain.txt`."""
        if ">" in line:
            word, base = map(fold, line.split(">"))
            self.singles[word] = base
        elif "=" in line:
            glued, _, parts = line.partition("=")
            self.compounds[fold(glued)] = ([fold(part) for part in parts.split()], COMMON)
            self.own.add(fold(glued))
        else:
            self.add(line, COMMON, "N")
            if ZWNJ in line:
                self.own.add(fold(line))

    def add(self, word: str, frequency: int, tags: str) -> None:
        """A word of the general list with its tags («0» when nothing is known of it)."""
        if ZWNJ in word:
            self._add_compound([part for piece in word.split(ZWNJ) if (part := fold(piece))], frequency)
            return
        folded = fold(word)
        if not 2 <= len(folded) <= 20 or not folded.isalpha():
            return
        if frequency > 0 or tags != "0":
            self.words[folded] = max(self.words.get(folded, 0), frequency)
            if "PL" in tags:
                self.plural.add(folded)
        else:
            self.rare.add(folded)

    def _add_compound(self, parts: list[str], frequency: int) -> None:
        glued = "".join(parts)
        if len(parts) < 2 or not 4 <= len(glued) <= 24:
            return
        if parts[-1] in SUFFIXES | {"گی", "گان"} or parts[0] in PREFIXES:
            return
        before = self.compounds.get(glued)
        self.compounds[glued] = (parts, max(frequency, before[1] if before else 0))

    def _begins_with_and(self, part: str) -> bool:
        """Whether the second half is «و» and a word: «گفت‌وگو», not «نخست‌وزیر»; asked when all words are there."""
        if part[0] != "و" or len(part) < 3 or part in self.words or part in OWN_SECONDS:
            return False
        return part not in self.rare or self.words.get(part[1:], 0) >= COMMON // 8

    def lines(self, verbs: list[str]) -> list[str]:
        """The lexicon's lines, sorted."""
        bits = {word: max(1, frequency).bit_length() for word, frequency in self.words.items()}
        lines: set[str] = set()
        for glued, (written, frequency) in self.compounds.items():
            if self.words.get(glued, -1) > max(frequency, 1000) and glued not in self.own:
                continue  # as a rule written as one word: it stays one
            parts = [
                part[1:] if place == 1 and self._begins_with_and(part) else part
                for place, part in enumerate(written)
            ]
            bits.pop(glued, None)
            if parts[0] in PARTICLES or any(len(part) < 2 for part in parts):
                lines.add(f"j\t{glued}\t{max(1, frequency).bit_length()}")
            else:
                lines.add(f"c\t{glued}\t{' '.join(parts)}")
        lines |= {f"w\t{word}\t{size}" for word, size in bits.items()}
        lines |= set(self._plurals())
        forms = {form for form in verb_forms(verbs) if is_form(form)}
        lines |= {f"v\t{form}" for form in forms}
        known = Morphology(Lexicon(words=bits))
        lines |= {
            f"k\t{word}"
            for word in self.rare - set(self.words) - set(self.compounds) - forms
            if len(word) > 5 and known.split_unknown(word) is not None
        }
        return sorted(lines)

    def _plurals(self) -> Iterator[str]:
        yield from (f"p\t{word}\t{base}" for word, base in self.singles.items())
        for word in self.plural.difference(self.singles):
            for ending in ("ات", "ین", "ون", "ان"):
                single = word.removesuffix(ending)
                if single == word or len(single) < 3:
                    continue
                feminine = single + "ه"  # «مصوبات» is of «مصوبه» rather than of «مصوب»
                if ending == "ات" and self.words.get(feminine, 0) >= max(self.words.get(single, 0), 1000):
                    single = feminine
                if self.words.get(single, 0) > 1000:
                    yield f"p\t{word}\t{single}"


def build(wheel: Path) -> list[str]:
    """The lines of the lexicon."""
    builder = Builder()
    with zipfile.ZipFile(wheel) as archive:
        rows = archive.read("hazm/data/words.dat").decode().splitlines()
        verbs = archive.read("hazm/data/verbs.dat").decode().splitlines()
    for row in rows:
        word, frequency, tags = row.split("\t")
        builder.add(word, int(frequency), tags)
    for line in (DATA / "domain.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            builder.add_own(line.strip())
    return builder.lines(verbs)


if __name__ == "__main__":
    result = build(Path(sys.argv[1]))
    (DATA / "lexicon.txt").write_text("\n".join(result) + "\n", "utf-8")
    print(len(result), "entries")
