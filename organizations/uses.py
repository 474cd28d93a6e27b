"""Where a row is used: what stands in the way of its removal. Titles are told only to those who may read them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin.admin_url_finder import AdminURLFinder

from intranet.access.models import State
from intranet.access.queries import can_see
from intranet.access.rules import rule_for

SHOWN = 10  # of each kind


@dataclass(frozen=True)
class Use:
    """Rows of one kind that point to the object: what, how many, and the first of them by title and address."""

    kind: str
    count: int
    shown: list[tuple[str, str]]


def uses_of(obj: models.Model, user: Any) -> list[Use]:
    """The uses of `obj`, as `user` may know them. Its own parts (names, neighbourhoods, posts) are none."""
    finder = AdminURLFinder(user)
    found = []
    relations: list[Any] = list(obj._meta.get_fields(include_hidden=True))
    for relation in relations:
        if not relation.auto_created or relation.concrete or isinstance(relation.field, ParentalKey):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: obj.pk}).order_by("pk")
        if count := rows.count():
            shown = [title for row in rows[:SHOWN] if (title := _title(row, user, finder))]
            found.append(Use(str(relation.related_model._meta.verbose_name), count, shown))
    return found


def _title(row: Any, user: Any, finder: AdminURLFinder) -> tuple[str, str] | None:
    """The row's title and address, or None when it is not the reader's to know."""
    try:
        rule_for(type(row))
    except ImproperlyConfigured:
        known = row._meta.app_label == "organizations"
    else:
        known = any(can_see(user, row, state) for state in State.values)
    return (str(row), finder.get_edit_url(row) or "") if known else None


def in_words(uses: list[Use]) -> str:
    """«۲ عضویت، ۱ برگه سمن»: how much of what."""
    return _(", ").join(_("%(count)s × %(kind)s") % {"count": use.count, "kind": use.kind} for use in uses)
