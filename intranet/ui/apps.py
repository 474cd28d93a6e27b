"""The app configuration of the interface room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Design system, Jalali widgets and template tags."""

    name = "intranet.ui"
    label = "ui"
    verbose_name = _("Interface")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Label what the packages leave unlabelled, and filter by Jalali days."""
        from intranet.ui.admin_filters import give_filters_jalali_inputs
        from intranet.ui.admin_labels import label_package_fields

        label_package_fields()
        give_filters_jalali_inputs()
