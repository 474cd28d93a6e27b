"""What the pages of memoranda show, by what their reader may see."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest

from documents.structure.provisions import ParsedText, parse
from intranet.access.queries import visible_to
from pages.legal_text import render
from pages.listing import PAGE_SIZE, chosen_year, counted, years
from pages.memoranda import tracking
from pages.memoranda.models import Evidence, MemorandumIndexPage, MemorandumPage, Obligation
from pages.memoranda.standing import Score


@dataclass(frozen=True)
class Side:
    """What one side owes, or both together."""

    code: str
    label: str
    party: str
    obligations: list[Obligation]


@dataclass(frozen=True)
class TrackedSide:
    """A side, where its obligations stand, and what it has kept of what fell due."""

    side: Side
    rows: list[tracking.Tracked]
    score: Score


def index_of_memoranda(index: MemorandumIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the memoranda, the latest first."""
    visible = visible_to(MemorandumPage.objects.child_of(index).live(), request.user)
    year = chosen_year(request.GET.get("year", ""))
    found = visible.filter(year=year) if year else visible
    found = found.select_related("first_party", "second_party").defer("source", "aims")
    page = Paginator(found.order_by(F("signed_on").desc(nulls_last=True), "sort_key"), PAGE_SIZE)
    memoranda = page.get_page(request.GET.get("page"))
    pks = [memorandum.pk for memorandum in memoranda]
    owed = Obligation.objects.filter(memorandum__in=pks).order_by().values_list("memorandum")
    totals = dict(owed.annotate(total=Count("pk")))
    for memorandum in memoranda:
        memorandum.obligation_total = totals.get(memorandum.pk, 0)
    return {
        "memoranda": memoranda,
        "years": years(counted(visible, "year")),
        "chosen": {"year": year},
        "filtering": bool(year),
    }


def parsed_source(page: MemorandumPage) -> ParsedText:
    """The text of a memorandum taken apart."""
    return parse(page.source)


def sides(page: MemorandumPage) -> list[Side]:
    """The first party, the second, both: those that owe something, in this order."""
    obligations = list(page.obligations.all())
    parties = {
        Obligation.Obligor.FIRST: page.first_party,
        Obligation.Obligor.SECOND: page.second_party,
        Obligation.Obligor.JOINT: None,
    }
    found = []
    for code, label in Obligation.Obligor.choices:
        owed = [each for each in obligations if each.obligor == code]
        if owed:
            party = parties[Obligation.Obligor(code)]
            found.append(Side(code, str(label), party.name if party else "", owed))
    return found


def text_of_memorandum(page: MemorandumPage) -> dict[str, Any]:
    """A memorandum as it was signed: its text, and what each side owes."""
    text = render(parsed_source(page), page.locale.language_code) if page.source.strip() else None
    return {"text": text, "sides": sides(page)}


def reading_of_memorandum(page: MemorandumPage, user: Any) -> dict[str, Any]:
    """A memorandum as `user` reads it; where its obligations stand, if he follows them. One query for that."""
    found = text_of_memorandum(page)
    if found["sides"] and page.pk and page.live and tracking.follows(user, page):
        evidence = list(tracking.evidence_for(user, page))
        found["followed"] = [_followed(page, side, evidence) for side in found["sides"]]
    return found


def _followed(page: MemorandumPage, side: Side, evidence: list[Evidence]) -> TrackedSide:
    rows = tracking.tracked(page, side.obligations, evidence)
    return TrackedSide(side, rows, tracking.score_of(rows))
