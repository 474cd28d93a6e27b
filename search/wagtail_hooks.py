"""What search adds to the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.reports import MissedQuestionsView, may_read
from search.snippets import VocabularyGroup

register_snippet(VocabularyGroup)


class _ReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_reports_menu_item")
def report_of_missed_questions() -> MenuItem:
    """The report, for those who may read it."""
    return _ReportItem(
        _("Searched and not found"), reverse("search_missed_questions"), icon_name="search", order=900
    )


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern]:
    """Where the report is."""
    view = MissedQuestionsView
    return [
        path("reports/missed-questions/", view.as_view(), name="search_missed_questions"),
        path(
            "reports/missed-questions/results/",
            view.as_view(results_only=True),
            name="search_missed_questions_results",
        ),
    ]
