from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThreadsConfig(AppConfig):
    """What organisations and the headquarters write to each other."""

    name = "pages.threads"
    label = "threads"
    verbose_name = _("Letters to the headquarters")

    def ready(self) -> None:
        """Register who may read a thread, a message and what is attached to it."""
        from pages.threads import visibility

        visibility.connect()
