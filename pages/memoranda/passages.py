"""What a memorandum offers to search: itself, its clauses, and what each side owes."""

from collections.abc import Iterator

from documents.structure.provisions import ParsedProvision
from pages.legal_text import DIVISIONS, label_of
from pages.memoranda.models import MemorandumPage
from pages.memoranda.queries import parsed_source, sides
from search.records import Passage


def passages_of_memorandum(page: MemorandumPage) -> Iterator[Passage]:
    """The page with parties, aims and preamble; then clauses by their `eId`s and obligations by theirs."""
    if page.withdrawn_on:
        yield page.page_passage(page.withdrawal_note, status="withdrawn")
        return
    parsed = parsed_source(page)
    parties = [party.name for party in (page.first_party, page.second_party) if party]
    committee = [page.committee.name, page.committee.composition] if page.committee else []
    yield page.page_passage(*parties, page.aims, parsed.preamble, *committee)
    language = page.locale.language_code
    for clause, body in _clauses(parsed.provisions):
        label = label_of(clause.kind, clause.num, language)
        title = f"{label} ـ {clause.heading}" if clause.heading else label
        yield Passage(anchor=clause.eid, kind="provision", title=title, body=body)
    for side in sides(page):
        for obligation in side.obligations:
            yield Passage(
                anchor=obligation.anchor,
                kind="obligation",
                title=f"{side.label}: {side.party}" if side.party else side.label,
                body=obligation.text,
            )


def _clauses(provisions: list[ParsedProvision]) -> Iterator[tuple[ParsedProvision, str]]:
    """Articles, provisos and chapters with the words of the items below them."""
    own = DIVISIONS | {"article", "proviso"}
    owner: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    for each in provisions:
        top = each.kind in own or each.parent is None
        owner[each.eid] = each.eid if top else owner[each.parent or ""]
        words.setdefault(owner[each.eid], []).extend(filter(None, [each.text]))
    for each in provisions:
        if owner[each.eid] == each.eid:
            yield each, "\n".join(words[each.eid])
