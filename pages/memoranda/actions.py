"""Showing evidence, judging it, taking it back. Check, act, record, tell."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from documents.actions import add_document
from documents.models import Document
from intranet.access.actions import rederive
from intranet.accounts.roles import Role, users_with
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from organizations.models import Organization
from organizations.queries import representatives_of
from pages.memoranda import policies
from pages.memoranda.models import Evidence, MemorandumPage, Obligation

State = Evidence.State


class Refused(Exception):  # noqa: N818 - it is what a person reads
    """Something was not done with evidence; the message says why."""


@dataclass(frozen=True)
class Report:
    """What is shown: words and a day, and if there are any a number, a place, a page of this site, a file."""

    words: str
    done_on: dt.date
    turn: dt.date | None = None
    amount: Decimal | None = None
    place: str = ""
    page: Page | None = None
    fragment: str = ""
    file: UploadedFile | None = None
    letter: str = ""


def show(actor: Any, obligation: Obligation, side: str, report: Report) -> Evidence:
    """Show evidence in the name of `side`. Raises `Refused`, and `RefusedFile` for the file; then nothing is kept."""
    with transaction.atomic():
        page = MemorandumPage.objects.select_for_update().get(pk=obligation.memorandum_id)
        voice = policies.voice_of(actor, page)
        if reason := policies.why_not_show(voice, page, obligation):
            raise Refused(reason)
        if side not in policies.sides_to_show(voice, obligation):
            raise Refused(_("Evidence is shown by those who speak for the side that owes it."))
        _check_letter(voice, side, report.letter)
        if report.done_on > timezone.localdate():
            raise Refused(_("What is done is of today or before."))
        evidence = Evidence.objects.create(
            memorandum=page,
            reference=obligation.reference,
            turn=report.turn,
            words=report.words,
            done_on=report.done_on,
            amount=report.amount,
            place=report.place,
            page=report.page,
            fragment=report.fragment,
            side=side,
            letter=report.letter,
            reported_by=actor,
        )
        if report.file is not None:
            evidence.document = add_document(
                file=report.file, title="", uploaded_by=actor, audience=Document.Audience.ATTACHED
            )
            evidence.save(update_fields=["document"])
            rederive(evidence.document)
        record(actor, "obligation.evidence_shown", page, evidence=evidence.pk, side=side)
        _tell(page, evidence.other_side, "evidence_shown", evidence, but=actor)
    return evidence


def decide(actor: Any, evidence_id: int, *, accept: bool, answer: str = "", letter: str = "") -> Evidence:
    """Accept the evidence, or return it with the reason. Raises `Refused`, and then nothing is changed."""
    with transaction.atomic():
        evidence = _held(evidence_id)
        page = evidence.memorandum
        voice = policies.voice_of(actor, page)
        if reason := policies.why_not_decide(voice, evidence):
            raise Refused(reason)
        if not accept and not answer.strip():
            raise Refused(_("Say why it is returned, so that it can be mended."))
        _check_letter(voice, evidence.other_side, letter)
        evidence.state = State.ACCEPTED if accept else State.RETURNED
        evidence.answer, evidence.answer_letter = answer.strip(), letter.strip()
        evidence.decided_by, evidence.decided_at = actor, timezone.now()
        evidence.save()
        verb = "obligation.evidence_accepted" if accept else "obligation.evidence_returned"
        record(actor, verb, page, evidence=evidence.pk)
        _tell(page, evidence.side, "evidence_decided", evidence, but=actor)
    return evidence


def take_back(actor: Any, evidence_id: int) -> Evidence:
    """Take back what waits; it stays readable as taken back. Raises `Refused`."""
    with transaction.atomic():
        evidence = _held(evidence_id)
        if reason := policies.why_not_take_back(policies.voice_of(actor, evidence.memorandum), evidence):
            raise Refused(reason)
        evidence.state = State.WITHDRAWN
        evidence.decided_by, evidence.decided_at = actor, timezone.now()
        evidence.save()
        record(actor, "obligation.evidence_taken_back", evidence.memorandum, evidence=evidence.pk)
    return evidence


def _held(evidence_id: int) -> Evidence:
    parties = ("memorandum__first_party", "memorandum__second_party")
    return Evidence.objects.select_for_update(of=("self",)).select_related(*parties).get(pk=evidence_id)


def _check_letter(voice: policies.Voice, side: str, letter: str) -> None:
    if policies.needs_letter(voice, side) and not letter.strip():
        raise Refused(_("Name the letter by which this side said it: its number and day."))


def people_of_side(page: MemorandumPage, side: str) -> list[Any]:
    """Who is told what concerns a side: its representatives; HQ staff for the headquarters, and for a side without."""
    party = policies.party_of(page, side)
    if party is None or party.kind == Organization.Kind.HEADQUARTERS or policies.is_by_letter(page, side):
        return list(users_with(Role.HQ_STAFF))
    return list(representatives_of(party))


def _tell(page: MemorandumPage, side: str, template: str, evidence: Evidence, *, but: Any) -> None:
    people = [one for one in people_of_side(page, side) if one.pk != but.pk]
    address = reverse("obligations:obligation", args=[page.pk, evidence.reference])
    notify(people, template, {"page": page, "evidence": evidence}, address)
