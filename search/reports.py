"""The admin's report of questions without an answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from intranet.accounts.roles import Role, has_role
from intranet.ui.calendar import to_jalali
from intranet.ui.numerals import localized
from search.models import MissedQuestion

READERS = (Role.EDITOR, Role.HQ_STAFF, Role.ADMINISTRATOR)


def may_read(user: Any) -> bool:
    """Whether the report is for `user`: those who write texts, and those who keep the site."""
    return has_role(user, *READERS)


def _plain(value: Any) -> str:
    """What people typed, never a formula of a spreadsheet."""
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _day(value: Any) -> str:
    return to_jalali(value).ascii()


def _search_of(row: MissedQuestion) -> str:
    return f"{reverse('search')}?{urlencode({'q': row.typed})}"


class MissedQuestionsView(ReportView):
    """What people searched and did not find: questions asked on two days or more of the last 180."""

    model = MissedQuestion
    page_title = header_title = title = _("Searched and not found")
    header_icon = "search"
    index_url_name = "search_missed_questions"
    index_results_url_name = "search_missed_questions_results"
    default_ordering = "-count"
    is_searchable = False
    export_filename = "searched-not-found"
    list_export = ["typed", "count", "days", "last_day", "weaker"]
    custom_field_preprocess = {
        "typed": {"csv": _plain, "xlsx": _plain},
        "last_day": {"csv": _day, "xlsx": _day},
    }
    columns = [
        TitleColumn("typed", label=_("Question"), get_url=_search_of, sort_key="typed"),
        Column("count", label=_("Times"), accessor=lambda row: localized(row.count), sort_key="count"),
        Column("days", label=_("Days"), accessor=lambda row: localized(row.days), sort_key="days"),
        Column(
            "last_day",
            label=_("Last asked"),
            accessor=lambda row: to_jalali(row.last_day).long(),
            sort_key="last_day",
        ),
        Column("weaker", label=_("Texts with some of the words"), accessor=lambda row: localized(row.weaker)),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask who it is first."""
        if not may_read(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> Any:
        """What was asked on more than one day."""
        return MissedQuestion.objects.filter(days__gt=1).exclude(typed="")
