"""What search keeps in the database beside its index."""

from search.models.log import MissedQuestion
from search.models.saved import SavedSearch
from search.models.vocabulary import LearntLexicon, PinnedAnswer, PinnedPage, Synonym, VocabularyState

__all__ = [
    "LearntLexicon",
    "MissedQuestion",
    "PinnedAnswer",
    "PinnedPage",
    "SavedSearch",
    "Synonym",
    "VocabularyState",
]
