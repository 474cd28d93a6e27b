"""Asking the rule: may this user read this object, and which objects may he read. The two are twins."""

import hashlib
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from intranet.access.clauses import PUBLIC, SIGNED_IN, Clauses, implies
from intranet.access.editions import edition_for, kept
from intranet.access.models import Audience, Clause, ClauseToken, State, Target
from intranet.access.rules import rule_for
from intranet.access.tokens import tokens_of
from intranet.prepared import Prepared

M = TypeVar("M", bound=models.Model)

_AUDIENCE = Prepared(
    lambda content_type, number, state: Target.objects.filter(
        content_type=content_type, object_id=number, state=state
    ).values_list("audience_id"),
    *(int, int, str),
)


def audiences_of(user: Any) -> frozenset[int]:
    """Numbers of the audiences that `user` satisfies now.

    Kept on the user object, which lives for one request: a right taken away is gone at the next request.
    """
    return _audiences_and_open_ones(user)[0]


def _audiences_and_open_ones(user: Any) -> tuple[frozenset[int], frozenset[int]]:
    """The audiences that `user` satisfies, and those among them that whoever signs in satisfies."""
    found: tuple[frozenset[int], frozenset[int]] | None = getattr(user, "_audiences", None)
    if found is None:
        # What the reader is, is worked out now; which audiences that satisfies may be kept.
        tokens = tokens_of(user)
        found = kept(user, "audiences", lambda: _satisfied_by(tokens), *sorted(tokens))
        if user is not None:
            user._audiences = found
    return found


def _satisfied_by(tokens: frozenset[str]) -> tuple[frozenset[int], frozenset[int]]:
    def missed(by: frozenset[str]) -> QuerySet[Clause]:
        held = ClauseToken.objects.filter(clause=OuterRef("pk"), token__in=by)
        return Clause.objects.filter(~Exists(held))

    asks_more = Exists(missed(frozenset({PUBLIC, SIGNED_IN})).filter(audience=OuterRef("pk")))
    rows = Audience.objects.exclude(pk__in=missed(tokens).values("audience")).annotate(asks_more=asks_more)
    found = dict(rows.values_list("pk", "asks_more"))
    return frozenset(found), frozenset(pk for pk, more in found.items() if not more)


def reading_of(user: Any) -> str:
    """A name for what `user` may read now: two readers with the same one may read the same, and it is the same.

    For the keys of caches: it changes when a target or a page's content does, and with the reader's own rights.
    """
    found: str | None = getattr(user, "_reading", None)
    if found is None:
        words = ",".join(map(str, sorted(audiences_of(user))))
        found = f"{edition_for(user)}.{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        if user is not None:
            user._reading = found
    return found


def _targets(model: type[models.Model], user: Any, state: str) -> QuerySet[Target]:
    content_type = ContentType.objects.get_for_model(rule_for(model).model)
    return Target.objects.filter(content_type=content_type, state=state, audience_id__in=audiences_of(user))


def visible_to(queryset: QuerySet[M], user: Any, state: str = State.LIVE) -> QuerySet[M]:
    """Those of `queryset` that `user` may read in `state`."""
    return queryset.filter(visible(queryset.model, user, state=state))


def visible(model: type[models.Model], user: Any, *, path: str = "pk", state: str = State.LIVE) -> Q:
    """The condition of `visible_to`, for a related object reached by `path` (such as `page_id`)."""
    # `IN` and not `EXISTS`: one range of the targets' index for each audience, instead of a look-up for each object.
    return Q(**{f"{path}__in": _targets(model, user, state).values("object_id")})


def can_see(user: Any, obj: models.Model, state: str = State.LIVE) -> bool:
    """Whether `user` may read `obj` in `state`."""
    if obj.pk is None:
        return False
    audience = audience_of(obj, state)
    obj._audience_asked = (state, audience)  # type: ignore[attr-defined]  # for `is_open`, in the same request
    return audience in audiences_of(user)


def audience_of(obj: models.Model, state: str = State.LIVE) -> int | None:
    """Number of the audience that may read `obj` in `state`, or None when nobody may."""
    content_type = ContentType.objects.get_for_model(rule_for(type(obj)).model)
    found = _AUDIENCE.rows(content_type.pk, obj.pk, str(state))
    return found[0][0] if found else None


def is_open(user: Any, obj: models.Model, state: str = State.LIVE) -> bool:
    """Whether whoever signs in may read `obj` in `state`: nothing private is in it. `user` is who reads it now."""
    if not user.is_authenticated:
        return True  # or he would not have been let in
    asked = getattr(obj, "_audience_asked", None)
    audience = asked[1] if asked and asked[0] == state else audience_of(obj, state)
    return audience in _audiences_and_open_ones(user)[1]


def clauses_of(obj: models.Model, state: str = State.LIVE) -> Clauses | None:
    """The conditions under which `obj` is read in `state`, as they stand in the database; None: nobody may."""
    audience = audience_of(obj, state)
    return None if audience is None else _clauses_of_audiences([audience])[audience]


def _clauses_of_audiences(audiences: Iterable[int]) -> dict[int, Clauses]:
    clauses: dict[int, set[frozenset[str]]] = {audience: set() for audience in audiences}
    for clause in Clause.objects.filter(audience__in=clauses).prefetch_related("tokens"):
        clauses[clause.audience_id].add(frozenset(token.token for token in clause.tokens.all()))
    return {audience: frozenset(found) for audience, found in clauses.items()}


def read_with(obj: models.Model, others: Iterable[M]) -> list[M]:
    """Those of `others` (of one family) that every reader of `obj` may read too: what may be shown beside it."""
    others = list(others)
    own = audience_of(obj)
    if own is None or not others:
        return []
    content_type = ContentType.objects.get_for_model(rule_for(type(others[0])).model)
    targets = Target.objects.filter(
        content_type=content_type, state=State.LIVE, object_id__in=[other.pk for other in others]
    )
    audience_by_pk = dict(targets.values_list("object_id", "audience_id"))
    clauses = _clauses_of_audiences({own, *audience_by_pk.values()})
    return [
        other
        for other in others
        if (audience := audience_by_pk.get(other.pk)) is not None
        and (audience == own or implies(clauses[own], clauses[audience]))
    ]
