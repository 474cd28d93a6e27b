from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """Moderation."""

    name = "workflows"
    verbose_name = _("Workflows")
