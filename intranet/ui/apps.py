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
        """Label what the packages leave unlabelled, filter by Jalali days, choose without inline scripts."""
        from intranet.ui.admin_filters import give_filters_jalali_inputs
        from intranet.ui.admin_labels import label_package_fields
        from intranet.ui.admin_scripts import begin_choosers_without_scripts

        label_package_fields()
        begin_choosers_without_scripts()
        give_filters_jalali_inputs()
