from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SectionsConfig(AppConfig):
    """The page family «sections»."""

    name = "pages.sections"
    label = "sections"
    verbose_name = _("Sections")
