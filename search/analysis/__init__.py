"""Persian text to tokens. Plain Python; imports nothing of ours.

One analysis for everything: the index, queries, highlights, the admin's choosers, duplicate checks. It never
changes stored text.
"""

from search.analysis.folding import fold
from search.analysis.lexicon import STOP_WORDS, VERSION
from search.analysis.tokens import PART, STOP, WORD, Token, analyze, key, keys

__all__ = ["PART", "STOP", "STOP_WORDS", "VERSION", "WORD", "Token", "analyze", "fold", "key", "keys"]
