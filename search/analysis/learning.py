"""What a site's own public text teaches the analysis: its compounds, the stems that it inflects, doubtful readings.

Only a ZWNJ teaches: it says where a word parts. What is glued in one place is then read as it is parted elsewhere.
The result is sorted lines of the lexicon's format (`Lexicon.extended`), the same for the same text in any order.
"""

import re
from collections import Counter
from collections.abc import Iterable

from search.analysis.folding import fold
from search.analysis.lexicon import PARTICLES, STOP_WORDS, Lexicon, shipped
from search.analysis.morphology import PREFIXES, SUFFIXES, VERB_PREFIX

#: Enough of a site's words; the commonest are kept.
MOST = 20_000
_PARTED = re.compile(r"[^\W\d_\u200c]+(?:\u200c[^\W\d_\u200c]+)+")
_PLURAL_SUFFIXES = frozenset({"ها", "های", "هایی"})


def _learn(
    pieces: list[str], stems: Counter[str], compounds: Counter[tuple[str, ...]], lexicon: Lexicon
) -> None:
    while len(pieces) > 1 and (pieces[0] in PREFIXES or VERB_PREFIX.fullmatch(pieces[0])):
        return  # a verb: the list knows them
    inflected = False
    while len(pieces) > 1 and pieces[-1] in SUFFIXES:
        pieces, inflected = pieces[:-1], True
    if inflected and len(pieces) == 1 and len(pieces[0]) > 2:
        stems[pieces[0]] += 1
    glued = "".join(pieces)
    if not 2 <= len(pieces) <= 3 or not 5 <= len(glued) <= 24 or any(len(piece) < 2 for piece in pieces):
        return
    if lexicon.is_known(glued) or glued in lexicon.compounds or pieces[0] in PARTICLES:
        return
    compounds[tuple(pieces)] += 1


def learn(texts: Iterable[str], lexicon: Lexicon | None = None) -> list[str]:
    """The lines that these texts add to a lexicon (the shipped one)."""
    lexicon = lexicon or shipped()
    stems: Counter[str] = Counter()
    compounds: Counter[tuple[str, ...]] = Counter()
    readings: dict[str, Counter[str]] = {}
    for text in texts:
        if "\u200c" not in text:
            continue
        for written in _PARTED.findall(text):
            pieces = [folded for piece in written.split("\u200c") if (folded := fold(piece))]
            if len(pieces) < 2:
                continue
            if len(pieces) == 2 and (pieces[1] in _PLURAL_SUFFIXES or pieces[1] == "ای"):
                readings.setdefault("".join(pieces), Counter())[pieces[0]] += 1
            _learn(pieces, stems, compounds, lexicon)
    return sorted(
        [*_stem_lines(stems, lexicon), *_compound_lines(compounds), *_reading_lines(readings, lexicon)]
    )


def _stem_lines(stems: Counter[str], lexicon: Lexicon) -> list[str]:
    """Words that carry a parted affix at least twice are words in use."""
    common = sorted(stems.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return [
        f"w\t{word}\t{11 + min(count, 64).bit_length()}"
        for word, count in common
        if count > 1 and not lexicon.is_common(word) and word not in lexicon.compounds and word.isalpha()
    ]


def _compound_lines(compounds: Counter[tuple[str, ...]]) -> list[str]:
    """The usual parting of each glued word; twice seen, or of words that are not mere function words."""
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    for parts, count in sorted(compounds.items()):
        glued = "".join(parts)
        if count > best.get(glued, (0, ()))[0]:
            best[glued] = (count, parts)
    common = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:MOST]
    return [
        f"c\t{glued}\t{' '.join(parts)}"
        for glued, (count, parts) in common
        if glued not in STOP_WORDS and (count > 1 or all(len(part) > 2 for part in parts))
    ]


def _reading_lines(readings: dict[str, Counter[str]], lexicon: Lexicon) -> list[str]:
    """For words that read in two ways, the way that the site parts oftener: «حرفهای» → حرفه."""
    lines = []
    for glued, found in readings.items():
        word, count = min(found.items(), key=lambda item: (-item[1], item[0]))
        rivals = glued.endswith("های") and glued.removesuffix("ای") != glued.removesuffix("های")
        if rivals and count > 1 and lexicon.is_common(word) and count > 2 * (sum(found.values()) - count):
            lines.append(f"r\t{glued}\t{word}")
    return lines
