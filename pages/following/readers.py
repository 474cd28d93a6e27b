"""Who works with a follow-up: those who may read it where it is not shown to everyone, and all of its evidence."""

from typing import Any

from intranet.access.clauses import Clauses, any_of, satisfied
from intranet.access.tokens import tokens_of
from intranet.accounts.roles import role_token
from organizations.tokens import member_of, on_body, secretary_of
from pages.following import policies
from pages.following.models import Evidence, FollowUp
from pages.meetings.models import CLOSED_SESSION_ROLES


def inner_readers(row: FollowUp) -> Clauses:
    """Who works with closed sessions, the secretariats of the districts, and those whose the follow-up is."""
    tokens = [role_token(role) for role in CLOSED_SESSION_ROLES]
    places = [row.resolution.meeting.body, row.owner_body, row.owner_organization]
    tokens += [secretary_of(place.district.number) for place in places if place and place.district]
    if row.owner_body_id:
        tokens.append(on_body(row.owner_body_id))
    if row.owner_organization_id:
        tokens.append(member_of(row.owner_organization_id))
    if row.owner_person and row.owner_person.user_id:
        tokens.append(f"user:{row.owner_person.user_id}")
    return any_of(*tokens)


def reads_all(user: Any, row: FollowUp) -> bool:
    """Whether `user` also reads what waits or was declined, who reported it and what was answered."""
    return satisfied(inner_readers(row), tokens_of(user)) or policies.leads(user, row.resolution)


def evidence_of(user: Any, row: FollowUp) -> list[Evidence]:
    """The evidence that `user` may read, the latest first. What nobody has accepted is not shown to everyone."""
    if reads_all(user, row):
        return list(row.evidence.select_related("made_by", "decided_by"))
    kept = list(row.evidence.filter(state=Evidence.State.ACCEPTED))
    for each in kept:  # nobody's name, and no word that was meant for him
        each.made_by, each.answer = None, ""
    return kept
