"""What search hears of its own models."""

from django.db.models.signals import post_delete, post_save

from search import vocabulary


def connect() -> None:
    """A change of synonyms or pinned answers is in force at the next search of every process."""
    from search.models import PinnedAnswer, PinnedPage, Synonym

    for model in (Synonym, PinnedAnswer, PinnedPage):
        for signal in (post_save, post_delete):
            signal.connect(
                vocabulary.changed, sender=model, dispatch_uid=f"search-{model.__name__}-{id(signal)}"
            )
