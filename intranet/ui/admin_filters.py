"""The dates by which Wagtail's lists and reports are filtered, typed and picked in Jalali.

Wagtail's filters name their widget, so that `register_form_field_override` misses them (last seen in Wagtail 8.0).
"""

from intranet.ui.widgets import JalaliDateInput


def give_filters_jalali_inputs() -> None:
    """Put our input in the place of Wagtail's; what the filter gets is the same Gregorian day."""
    from wagtail.admin import filters
    from wagtail.admin.views.reports.aging_pages import AgingPagesReportFilterSet

    filters.AdminDateInput = JalaliDateInput  # of ranges, and of what a filter set makes by itself
    AgingPagesReportFilterSet.base_filters["last_published_at"].extra["widget"] = JalaliDateInput
