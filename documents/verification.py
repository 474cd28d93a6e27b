"""Whether an official copy is genuine and still says what holds.

Anybody may ask; who may not read the text learns that the copy is valid or not, and nothing else. The same queries are
asked for every code, also for one that nobody ever got (ADR 10).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from documents.models import OfficialCopy
from documents.pdf import printed_models
from intranet.access.queries import visible_to


class Status(TextChoices):
    """What became of the text since the copy was made."""

    CURRENT = "current", _("current")
    NOT_YET = "not_yet", _("not yet in force")
    SUPERSEDED = "superseded", _("superseded")
    REPEALED = "repealed", _("repealed")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Standing:
    """How a copy's text stands: since which day, and which text took its place."""

    status: Status
    on: datetime.date | None = None
    by: str = ""


#: Works out the standing of an edition of a page, by their numbers; None for a page of another kind. It asks the same
#: queries whether or not there is such a page.
Standings = Callable[[int, str], Standing | None]
_standings: list[Standings] = []


def register(standing: Standings) -> None:
    """Say how editions of a family of pages stand; call it from `AppConfig.ready()`."""
    _standings.append(standing)


@dataclass(frozen=True)
class Finding:
    """What is told: `valid` to everybody, the rest (None) only to whoever may read the text."""

    valid: bool
    copy: OfficialCopy | None = None
    page: Any = None
    standing: Standing | None = None
    same_file: bool | None = None


def check(user: Any, *, code: str = "", sha256: str = "") -> Finding:
    """What `user` is told of the copy of that `code`, of the file of that checksum, or of both together.

    `code` as `codes.read_code` gives it; one of the two must be given. `same_file` is None without a checksum.
    """
    asked = {"code": code} if code else {"sha256": sha256}
    found = (
        OfficialCopy.objects.filter(**asked).exclude(sha256="").order_by("-pk").first()
        if any((code, sha256))
        else None
    )
    copy = found or OfficialCopy(page_id=0)
    newest = (
        OfficialCopy.objects.filter(page_id=copy.page_id, edition=copy.edition)
        .exclude(sha256="", state=OfficialCopy.State.GONE)  # asked for and never made
        .order_by("-pk")
        .first()
    )
    is_live = Page.objects.filter(pk=copy.page_id, live=True).exists()
    page = visible_to(Page.objects.filter(pk=copy.page_id, live=True), user).first()
    told = [standing(copy.page_id, copy.edition) for standing in _standings]
    standing = next(filter(None, told), None) or _of_newest(copy, newest)
    if withdrawn_on := _withdrawn_on(copy.page_id):
        standing = Standing(Status.WITHDRAWN, withdrawn_on)
    if not is_live:
        standing = Standing(Status.WITHDRAWN)
    same_file = copy.sha256 == sha256 if sha256 and found else None
    valid = found is not None and standing.status == Status.CURRENT and same_file is not False
    if page is None:
        return Finding(valid)
    return Finding(valid, found, page, standing, same_file)


def _withdrawn_on(page_id: int) -> datetime.date | None:
    """The day of withdrawal; it holds from that moment, not from when the worker removes the copy."""
    found = [
        model._default_manager.filter(pk=page_id).values_list("withdrawn_on", flat=True).first()
        for model in printed_models()
    ]
    return next(filter(None, found), None)


def _of_newest(copy: OfficialCopy, newest: OfficialCopy | None) -> Standing:
    """Of a text without versions: current as long as no copy of it, made or waited for, says something else."""
    if newest is None or newest.state == OfficialCopy.State.GONE:
        return Standing(Status.WITHDRAWN)
    if newest.digest == copy.digest:
        return Standing(Status.CURRENT)
    return Standing(Status.SUPERSEDED, timezone.localdate(newest.made_at or newest.asked_at))
