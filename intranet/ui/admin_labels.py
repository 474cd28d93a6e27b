"""Labels that Wagtail and wagtail-localize leave to the field's name, so that they could not be translated.

Only form fields and filters are touched: a model's own names are part of its migrations.
To be dropped name by name when the packages label them themselves (last seen in Wagtail 8.0, wagtail-localize 1.14).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _


def label_package_fields() -> None:
    """Give the unlabelled fields of the packages' screens a translatable label."""
    from wagtail.admin.forms import choosers
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.sites.views import IndexView as SiteIndexView
    from wagtail.users.forms import PagePermissionsForm
    from wagtail_localize.views.report import TranslationsReportFilterSet

    link_text = _("Link text")
    for form, labels in (
        (choosers.ExternalLinkChooserForm, {"link_text": link_text}),
        (choosers.AnchorLinkChooserForm, {"link_text": link_text, "url": _("Anchor")}),
        (
            choosers.EmailLinkChooserForm,
            {
                "email_address": _("Email address"),
                "link_text": link_text,
                "subject": _("Subject"),
                "body": _("Message"),
            },
        ),
        (choosers.PhoneLinkChooserForm, {"link_text": link_text, "phone_number": _("Phone number")}),
        (PagePermissionsForm, {"page": _("Page")}),
        (WorkflowPageForm, {"page": _("Page")}),
    ):
        for name, label in labels.items():
            form.base_fields[name].label = label

    TranslationsReportFilterSet.base_filters["source_locale"].label = _("Source language")
    TranslationsReportFilterSet.base_filters["target_locale"].label = _("Target language")

    columns = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}
    for column in SiteIndexView.columns:
        if column.name in columns:
            column.label = columns[column.name]

    _label_task_chooser()


def _label_task_chooser() -> None:
    """The chooser of workflow tasks makes its filter of types anew for each form."""
    from wagtail.admin.views import workflows as screens

    class TaskChooserSearchForm(screens.TaskChooserSearchForm):
        """Wagtail's, with a label on the filter."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            if "task_type" in self.fields:
                self.fields["task_type"].label = _("Task type")

    screens.TaskChooserSearchForm = TaskChooserSearchForm
