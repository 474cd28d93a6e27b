"""Who speaks for which side of a memorandum, and so who shows evidence and who judges it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, has_role
from organizations.models import Organization, Representative
from organizations.queries import represents
from pages.memoranda.models import Evidence, MemorandumPage, Obligation

Side = Evidence.Side


def party_of(page: MemorandumPage, side: str) -> Organization | None:
    """The organisation that is this side."""
    return page.first_party if side == Side.FIRST else page.second_party


@dataclass(frozen=True)
class Voice:
    """For which sides of a memorandum a person speaks, and for which he enters what their letters say."""

    person: int | None
    speaks: frozenset[str]
    by_letter: frozenset[str]

    @property
    def sides(self) -> frozenset[str]:
        """All of them."""
        return self.speaks | self.by_letter


def voice_of(user: Any, page: MemorandumPage) -> Voice:
    """What `user` may say here today: by a letter of appointment that lets him submit, or as HQ staff for theirs.

    HQ staff also enter what a side says by letter for which nobody speaks here.
    """
    if not user.is_authenticated:
        return Voice(None, frozenset(), frozenset())
    staff = has_role(user, Role.HQ_STAFF)
    speaks = frozenset(side for side in Side.values if _speaks(user, party_of(page, side), staff))
    silent = frozenset(side for side in Side.values if side not in speaks and is_by_letter(page, side))
    return Voice(user.pk, speaks, silent if staff else frozenset())


def _speaks(user: Any, party: Organization | None, staff: bool) -> bool:
    if party is None:
        return False
    return (staff and party.kind == Organization.Kind.HEADQUARTERS) or represents(user, party)


def is_by_letter(page: MemorandumPage, side: str) -> bool:
    """Whether nobody speaks here for a side, so that HQ staff enter what its letters say."""
    party = party_of(page, side)
    if party is None or party.kind == Organization.Kind.HEADQUARTERS:
        return party is None
    return not Representative.objects.current().filter(organization=party, can_submit=True).exists()


def sides_to_show(voice: Voice, obligation: Obligation) -> list[str]:
    """The sides in whose name evidence may be shown: the obligor's; of a joint obligation one's own first."""
    spoken = (side for side in obligation.sides if side in voice.sides)
    return sorted(spoken, key=lambda side: side not in voice.speaks)


def why_not_show(voice: Voice, page: MemorandumPage, obligation: Obligation) -> str | None:
    """Why one may not show evidence of the obligation, or None."""
    if not page.live or page.withdrawn_on:
        return _("The memorandum is not in force.")
    if sides_to_show(voice, obligation):
        return None
    return _("Evidence is shown by those who speak for the side that owes it.")


def why_not_decide(voice: Voice, evidence: Evidence) -> str | None:
    """Why one may not accept or return the evidence, or None: the other side does, and never who entered it."""
    if evidence.state != Evidence.State.WAITING:
        return _("This was decided already.")
    if evidence.reported_by_id == voice.person:
        return _("Somebody else than the person who entered it judges it.")
    if evidence.other_side in voice.sides:
        return None
    return _("The other side judges it.")


def needs_letter(voice: Voice, side: str) -> bool:
    """Whether what is entered in the name of `side` must name the letter by which that side said it."""
    return side not in voice.speaks


def why_not_take_back(voice: Voice, evidence: Evidence) -> str | None:
    """Why one may not take back what waits, or None: one's own, or of the side one speaks for."""
    if evidence.state != Evidence.State.WAITING:
        return _("This was decided already.")
    if evidence.reported_by_id == voice.person or evidence.side in voice.speaks:
        return None
    return _("Evidence is shown by those who speak for the side that owes it.")
