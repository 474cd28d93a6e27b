"""Where the obligations of a memorandum stand, by the evidence that a reader may see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from documents.structure.citations import citations
from documents.structure.provisions import ParsedText
from intranet.access.clauses import satisfied
from intranet.access.queries import visible_to
from intranet.access.tokens import tokens_of
from pages.bylaws.links import provision_cited
from pages.memoranda.models import Evidence, MemorandumPage, Obligation
from pages.memoranda.standing import Score, Shown, Stand, Term, Turn, score, turns_of, whole
from pages.memoranda.visibility import readers_of_sides


@dataclass(frozen=True)
class Tracked:
    """An obligation, its turns and where it stands; `turn` is the one to work on: the first that is not met."""

    obligation: Obligation
    turns: list[Turn]

    @property
    def stand(self) -> Stand:
        """Where it stands as a whole."""
        return whole(self.turns)

    @property
    def turn(self) -> Turn:
        """The first turn for which nothing was accepted, otherwise the last."""
        done = (Stand.MET, Stand.LATE)
        return next((turn for turn in self.turns if turn.stand not in done), self.turns[-1])

    @property
    def overdue(self) -> int:
        """How many turns are overdue."""
        return sum(turn.stand is Stand.OVERDUE for turn in self.turns)


def follows(user: Any, page: MemorandumPage) -> bool:
    """Whether a reader of the memorandum is shown where its obligations stand."""
    return page.is_public or names_people(user, page)


def evidence_for(user: Any, page: MemorandumPage) -> QuerySet[Evidence]:
    """What was shown for its obligations, as far as `user` may read it."""
    return visible_to(Evidence.objects.filter(memorandum=page.pk), user)


def names_people(user: Any, page: MemorandumPage) -> bool:
    """Whether a reader is told who entered evidence and who judged it: the sides and the offices are."""
    return satisfied(readers_of_sides(page), tokens_of(user))


def term_of(obligation: Obligation, page: MemorandumPage) -> Term:
    """When the obligation is due, within the memorandum's time."""
    return Term(obligation.due_on, obligation.months, page.signed_on, page.ends_on)


def tracked(
    page: MemorandumPage,
    obligations: Iterable[Obligation],
    evidence: Iterable[Evidence],
    today: dt.date | None = None,
) -> list[Tracked]:
    """Each obligation with its turns as `evidence` says. No query."""
    today = today or timezone.localdate()
    shown: dict[UUID, list[Shown]] = {}
    for each in evidence:
        if each.counts:
            accepted = each.state == Evidence.State.ACCEPTED
            shown.setdefault(each.reference, []).append(Shown(each.turn, each.done_on, accepted))
    return [
        Tracked(each, turns_of(term_of(each, page), shown.get(each.reference, []), today))
        for each in obligations
    ]


def score_of(rows: Sequence[Tracked], today: dt.date | None = None) -> Score:
    """What was kept of what these obligations asked for."""
    return score([row.turns for row in rows], today or timezone.localdate())


def clause_of(parsed: ParsedText, words: str) -> str:
    """The `eId` of the clause that `words` cite («بند ۱ ماده ۲»), of its article when the item is not there; or ""."""
    found = next((each for each in citations(words) if not each.work), None)
    return provision_cited(found.eid, found.item, parsed) if found else ""
