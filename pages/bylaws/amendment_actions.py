"""Carrying amendments out: each makes a draft of the next version, which goes through the bylaw's own workflow."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.structure.amending import STRUCK, UnfitAmendment, insert, replace_words, rewrite, strike
from documents.structure.provisions import ParsedText, parse
from intranet.audit.actions import record
from intranet.ui.numerals import localized
from intranet.ui.templatetags.persian import jalali
from pages.bylaws import citing
from pages.bylaws.amendment_policies import why_not_apply
from pages.bylaws.derivation import same_words
from pages.bylaws.models import Amendment, BylawPage, BylawVersion, Provision

Verb, State = Amendment.Verb, Amendment.State


class Refused(Exception):  # noqa: N818 - it reads as what it is
    """An amendment that cannot be carried out; the message says why, for the person."""


def draft_of(page: BylawPage) -> BylawPage:
    """The newest text of the bylaw: its draft, or the published one."""
    draft: BylawPage = page.get_latest_revision_as_object()
    return draft


def amended(source: str, amendment: Amendment) -> str:
    """`source` with the amendment carried out. Raises `Refused`."""
    try:
        if amendment.verb == Verb.ADD:
            return insert(source, amendment.eid, amendment.new_words)
        if amendment.verb == Verb.AMEND:
            return replace_words(source, amendment.eid, amendment.old_words, amendment.new_words)
        if amendment.verb == Verb.REPLACE:
            return rewrite(source, amendment.eid, amendment.new_words)
        return strike(source, amendment.eid, STRUCK[amendment.verb])
    except UnfitAmendment as error:
        raise Refused(_sentence(error, source)) from error


def _sentence(error: UnfitAmendment, source: str) -> str:
    values = dict(error.values)
    if "eid" in values:
        called = citing.names(parse(source).provisions, "fa")
        values["name"] = called.get(str(values["eid"]), values["eid"])
    if "count" in values:
        values["count"] = localized(values["count"])
    messages = {
        "no_provision": _("The text has no provision «%(name)s»."),
        "no_words": _("There are no words to put in or to replace."),
        "not_found": _("The provision does not hold the words «%(words)s»."),
        "ambiguous": _(
            "The provision holds these words %(count)s times. Give more of the words around them."
        ),
        "misread": _("With this change «%(name)s» would be read differently. Make the change in the editor."),
        "nothing_new": _("The new words hold no numbered provision. Begin them like «تبصره ۲ ـ»."),
    }
    return messages[error.code] % values


def stands_in(amendment: Amendment, parsed: ParsedText, source: str) -> bool:
    """Whether a text already says what the amendment wants."""
    if amendment.verb in {Verb.DELETE, Verb.REPEAL}:
        found = next((each for each in parsed.provisions if each.eid == amendment.eid), None)
        return found is None or found.status == Provision.Status.REPEALED
    if amendment.verb == Verb.ADD:
        return _holds(source, amendment.new_words)
    own = [each.text for each in parsed.provisions if each.eid == amendment.eid]
    if amendment.verb == Verb.REPLACE:
        return any(same_words(text, amendment.new_words) for text in own)
    old, new = citing.folded(amendment.old_words), citing.folded(amendment.new_words)
    return any(new in (words := citing.folded(text)) and old not in words.replace(new, "") for text in own)


def _holds(text: str, words: str) -> bool:
    return citing.folded(words) in citing.folded(text)


def apply(amendment: Amendment, user: Any) -> BylawPage:
    """Carry the amendment out in the bylaw's draft; returns the draft. Raises `Refused`, and then nothing is done."""
    reason = why_not_apply(user, amendment)
    if reason:
        raise Refused(reason)
    with transaction.atomic():
        draft = draft_of(BylawPage.objects.select_for_update().get(pk=amendment.bylaw_id))
        last = draft.versions.order_by("-number").only("valid_from", "bylaw_id").first()
        if last is not None and amendment.on <= last.valid_from:
            day = jalali(last.valid_from)
            raise Refused(
                _("A version of %(day)s stands already; the next must begin after it.") % {"day": day}
            )
        changed = draft.source != BylawPage.objects.values_list("source", flat=True).get(pk=draft.pk)
        if changed and draft.text_from != amendment.on:
            day = jalali(draft.text_from) if draft.text_from else _("no day")
            raise Refused(
                _("The draft holds other changes, of %(day)s. Have them decided first.") % {"day": day}
            )
        draft.source = amended(draft.source, amendment)
        draft.text_from = amendment.on
        draft.save_revision(user=user, log_action=True)
        amendment.state = State.DRAFTED
        amendment.save(update_fields=["state"])
        record(user, "bylaw.amendment_drafted", draft, amendment=amendment.pk)
    return draft


def dismiss(amendment: Amendment, user: Any) -> None:
    """Set aside what is not to be carried out. Raises `Refused`."""
    reason = why_not_apply(user, amendment)
    if reason:
        raise Refused(reason)
    with transaction.atomic():
        amendment.state = State.DISMISSED
        amendment.save(update_fields=["state"])
        record(user, "bylaw.amendment_dismissed", amendment.bylaw, amendment=amendment.pk)


def note_applied(version: BylawVersion, parsed: ParsedText) -> None:
    """Mark the amendments that a new version, `parsed`, carries out; called in the transaction that makes it.

    One that was drafted and left out of what was approved is to be carried out again.
    """
    for amendment in Amendment.objects.filter(bylaw=version.bylaw_id, state__in=(State.OPEN, State.DRAFTED)):
        if amendment.on <= version.valid_from and stands_in(amendment, parsed, version.source):
            amendment.state, amendment.version = State.APPLIED, version
        else:
            amendment.state = State.OPEN
        amendment.save(update_fields=["state", "version"])
