"""Who may read what was shown for obligations: both sides and the headquarters' offices; once it is accepted,
whoever reads a memorandum that is open to everyone. Its files stay with the sides and the offices.

The page is one door before this one: whoever may not read the memorandum gets to no evidence of it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save

from documents import visibility as files
from documents.models import Document
from intranet.access import rules
from intranet.access.actions import forget, rederive
from intranet.access.clauses import EVERYONE, Clauses, any_of
from intranet.access.models import State
from intranet.accounts.roles import Role, role_token
from organizations.models import Organization
from organizations.tokens import member_of, secretary_of
from pages.memoranda.models import Evidence, MemorandumPage

_OFFICES = (Role.EDITOR, Role.LEGAL_REVIEWER, Role.COUNCIL_MEMBER, Role.HQ_STAFF, Role.AUDITOR)


def readers_of_sides(page: MemorandumPage) -> Clauses:
    """The people of both parties, the secretaries of their districts, and the offices that follow memoranda."""
    parties = [party for party in (page.first_party, page.second_party) if party]
    tokens = [member_of(party.pk) for party in parties]
    tokens += [secretary_of(party.district.number) for party in parties if party.district]
    return any_of(*tokens, *map(role_token, _OFFICES))


def clauses_of_evidence(rows: Sequence[Evidence], state: str) -> list[Clauses | None]:
    """Everyone for what was accepted of an open memorandum; the sides and the offices for the rest."""
    return [_of_evidence(row) if state == State.LIVE else None for row in rows]


def _of_evidence(row: Evidence) -> Clauses | None:
    page = row.memorandum
    if not page.live:
        return None
    if page.is_public and row.state == Evidence.State.ACCEPTED and not page.withdrawn_on:
        return EVERYONE
    return readers_of_sides(page)


def _clauses_of_file(document: Document) -> Clauses | None:
    row = Evidence.objects.filter(document=document).select_related("memorandum").first()
    return readers_of_sides(row.memorandum) if row and row.memorandum.live else None


def _saved(sender: Any, instance: Evidence, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _derive(Evidence.objects.filter(pk=instance.pk))


def _deleted(sender: Any, instance: Evidence, **kwargs: Any) -> None:
    forget(sender, instance.pk)


def _page_saved(sender: Any, instance: MemorandumPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _derive(Evidence.objects.filter(memorandum=instance.pk))


def _moved(sender: Any, instance: Organization, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        parties = MemorandumPage.objects.filter(first_party=instance) | MemorandumPage.objects.filter(
            second_party=instance
        )
        _derive(Evidence.objects.filter(memorandum__in=parties))


def _derive(rows: Any) -> None:
    parties = ("memorandum__first_party__district", "memorandum__second_party__district")
    rederive(rows.select_related(*parties))
    rederive(Document.objects.filter(evidence__in=rows))


def connect() -> None:
    """Register the rules and follow what is saved; called once when the apps are ready."""
    rules.register(Evidence, clauses_of_evidence, prefix="evidence")
    files.register_readers(_clauses_of_file)
    post_save.connect(_saved, sender=Evidence, dispatch_uid="memoranda.evidence.saved")
    post_delete.connect(_deleted, sender=Evidence, dispatch_uid="memoranda.evidence.deleted")
    post_save.connect(_page_saved, sender=MemorandumPage, dispatch_uid="memoranda.page.saved")
    post_save.connect(_moved, sender=Organization, dispatch_uid="memoranda.party.saved")
