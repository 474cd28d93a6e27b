from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Persian full-text search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Hear of what changes; say what is due."""

        from intranet.access.actions import CHANGED
        from intranet.accounts.personal_data import register as register_personal_data
        from intranet.outbox import registry
        from search import indexing, missed, news, permission, personal_data, saving, signal_handlers

        registry.subscribe(CHANGED, permission.CONSUMER, indexing.consume, alone=True)
        registry.every(timedelta(minutes=10), "search mend", indexing.mend)
        signal_handlers.connect()
        register_personal_data("saved_searches", personal_data.export, personal_data.erase)
        registry.every(timedelta(minutes=5), "search.gather_missed", missed.gather)
        registry.every(timedelta(days=1), "search.forget_missed", missed.forget)
        registry.every(timedelta(minutes=10), "search.tell_of_news", news.tell_due)
        registry.every(timedelta(hours=1), "search.purge_saved", saving.purge)
