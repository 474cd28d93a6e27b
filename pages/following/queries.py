"""What the pages of resolutions show, by what their reader may see."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.queries import visible, visible_to
from pages.following.models import FollowUp, StandingState, standing_of, state_of
from pages.following.standing import weighted_progress
from pages.listing import Choice, Facet
from pages.meetings.models import MeetingPage, Resolution


def resolutions_for(user: Any) -> QuerySet[Resolution]:
    """The resolutions of the published meetings that `user` may see, with all that their pages show."""
    return (
        Resolution.objects.filter(
            visible(MeetingPage, user, path="meeting_id"), meeting__live=True, meeting__withdrawn_on=None
        )
        .select_related("meeting__body__district", "standing")
        .defer("meeting__minutes", "meeting__source")
    )


def follow_ups_of(resolution: Resolution, user: Any) -> list[FollowUp]:
    """The follow-ups of one resolution that `user` may see."""
    rows = visible_to(FollowUp.objects.filter(resolution=resolution), user)
    return list(rows.select_related("owner_body", "owner_organization", "owner_person"))


@dataclass(frozen=True)
class BoardRow:
    """A resolution on the board."""

    resolution: Resolution
    state: StandingState
    age: int | None
    progress: int | None
    total: int
    overdue: int
    lacks_evidence: bool

    @property
    def body(self) -> Any:
        """The body that decided."""
        return self.resolution.meeting.body


AGES = (("30", 0, 30), ("180", 31, 180), ("365", 181, 365), ("more", 366, None))


def _age_of(age: int | None) -> str:
    for code, least, most in AGES:
        if age is not None and age >= least and (most is None or age <= most):
            return code
    return ""


def _age_label(code: str) -> str:
    labels = {
        "30": _("up to a month"),
        "180": _("up to six months"),
        "365": _("up to a year"),
        "more": _("more than a year"),
    }
    return labels[code]


def _values(row: BoardRow) -> dict[str, list[tuple[str, str]]]:
    """What the row is, facet by facet: (code, label)."""
    core, supporting = row.resolution.core_actor_list, row.resolution.supporting_actor_list
    district = row.body.district if row.body else None
    age = _age_of(row.age)
    marks = [("overdue", _("overdue"))] if row.overdue else []
    marks += [("no_evidence", _("no evidence for six months"))] if row.lacks_evidence else []
    marks += [("no_follow_up", _("no follow-up yet"))] if not row.total else []
    return {
        "state": [(row.state.value, str(row.state.label))],
        "mark": marks,
        "body": [(str(row.body.pk), row.body.name)] if row.body else [],
        "district": [(str(district.pk), district.name)] if district else [],
        "core": [(name, name) for name in core],
        "supporting": [(name, name) for name in supporting],
        "age": [(age, _age_label(age))] if age else [],
    }


def board_rows(user: Any) -> list[BoardRow]:
    """Every resolution that `user` may see, the latest first. A constant number of queries."""
    today = timezone.localdate()
    follow_ups: dict[int, list[FollowUp]] = defaultdict(list)
    for each in visible_to(FollowUp.objects.all(), user):
        follow_ups[each.resolution_id].append(each)
    rows = resolutions_for(user).order_by(
        F("meeting__held_on").desc(nulls_last=True), "meeting_id", "sort_order"
    )
    return [_board_row(row, follow_ups[row.pk], today) for row in rows]


def _board_row(row: Resolution, follow_ups: list[FollowUp], today: datetime.date) -> BoardRow:
    held_on, found = row.meeting.held_on, standing_of(row)
    since = found.notified_on if found else held_on
    return BoardRow(
        resolution=row,
        state=state_of(row, today),
        age=(today - since).days if since else None,
        progress=weighted_progress((each.weight, each.progress) for each in follow_ups),
        total=len(follow_ups),
        overdue=sum(each.is_overdue for each in follow_ups),
        lacks_evidence=any(each.lacks_evidence for each in follow_ups),
    )


def _titles() -> dict[str, str]:
    return {
        "state": _("By state"),
        "mark": _("What needs attention"),
        "body": _("By body"),
        "district": _("By district"),
        "core": _("By core actor"),
        "supporting": _("By supporting actor"),
        "age": _("By age"),
    }


def board_of(request: HttpRequest) -> dict[str, Any]:
    """The board: its rows, and facets of which each counts within the others."""
    rows = [(row, _values(row)) for row in board_rows(request.user)]
    chosen = {name: value for name in _titles() if (value := request.GET.get(name, ""))}

    def kept(but: str = "") -> list[tuple[BoardRow, Any]]:
        asked = {name: value for name, value in chosen.items() if name != but}
        return [
            (row, values)
            for row, values in rows
            if all(value in {code for code, _label in values[name]} for name, value in asked.items())
        ]

    shown = [row for row, _values in kept()]
    return {
        "rows": shown,
        "facets": [_facet(request, name, title, kept(name)) for name, title in _titles().items()],
        "filtering": bool(chosen),
        "totals": _totals(shown),
        "today": timezone.localdate(),
    }


def _facet(request: HttpRequest, name: str, title: str, rows: Iterable[tuple[BoardRow, Any]]) -> Facet:
    counts: Counter[tuple[str, str]] = Counter(value for _row, values in rows for value in values[name])
    asked = request.GET.get(name, "")
    query = request.GET.copy()
    query.pop(name, None)
    all_url = f"?{query.urlencode()}"
    choices = []
    for (code, label), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][1])):
        query[name] = code
        choices.append(Choice(label, count, f"?{query.urlencode()}", code == asked))
    return Facet(title, choices, all_url, bool(asked))


def _totals(rows: list[BoardRow]) -> list[tuple[str, int, str]]:
    """The numbers above the board: label, how many, tone."""

    def count(test: Callable[[BoardRow], Any]) -> int:
        return sum(bool(test(row)) for row in rows)

    return [
        (_("resolutions"), len(rows), ""),
        (_("binding"), count(lambda row: row.state == StandingState.BINDING), "good"),
        (_("in the objection period"), count(lambda row: row.state == StandingState.OBJECTION_PERIOD), ""),
        (_("overdue"), count(lambda row: row.overdue), "bad"),
        (_("no evidence for six months"), count(lambda row: row.lacks_evidence), "warn"),
    ]
