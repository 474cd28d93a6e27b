"""What acts and their objects are called on the auditors' screen."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from intranet.audit.models import Event
from intranet.auditors.queries import KEPT_BY_ADMINISTRATORS, has_rule, known_to, reads_all, reads_whole

#: Acts by the room that records them. An act that is missing here shows under its code.
ACTS = {
    _("Accounts"): {
        "account.signed_in": _("signed in"),
        "account.signed_out": _("signed out"),
        "account.sign_in_failed": _("sign-in failed"),
        "account.sign_in_delayed": _("sign-in held back after failures"),
        "account.confirmation_failed": _("confirmation of the password failed"),
        "account.second_factor_failed": _("second factor failed"),
        "account.app_added": _("authenticator app added"),
        "account.app_removed": _("authenticator app removed"),
        "account.passkey_added": _("passkey added"),
        "account.passkey_refused": _("passkey refused"),
        "account.passkey_removed": _("passkey removed"),
        "account.recovery_codes_made": _("recovery codes made"),
        "account.recovery_code_used": _("recovery code used"),
        "account.sessions_ended": _("sessions ended"),
        "account.password_changed": _("password changed"),
        "account.password_reset": _("password reset"),
        "account.language_chosen": _("language chosen"),
        "account.roles_given": _("roles given"),
        "account.roles_taken": _("roles taken"),
        "account.invited": _("invited"),
        "account.invited_again": _("invited again"),
        "account.invitation_accepted": _("invitation accepted"),
        "account.suspended": _("account suspended"),
        "account.resumed": _("account opened again"),
        "account.left": _("left; what was owned was handed over"),
        "account.second_factor_reset": _("second factor reset"),
        "account.identity_linked": _("identity of the city's server linked"),
        "account.identity_unlinked": _("identity of the city's server parted"),
        "account.identity_unknown": _("unknown identity of the city's server refused"),
        "account.data_exported": _("own data taken out"),
        "account.erasure_asked": _("erasure of the own data asked for"),
        "account.erased": _("personal data erased"),
        "proposal.made": _("proposed to another administrator"),
        "proposal.confirmed": _("proposal confirmed"),
        "proposal.declined": _("proposal declined"),
        "proposal.withdrawn": _("proposal taken back"),
        "api_token.made": _("API token made"),
        "api_token.revoked": _("API token revoked"),
        "person.forgotten": _("person erased"),
    },
    _("Access"): {
        "access.asked": _("access asked for"),
        "access.granted": _("access granted"),
        "access.refused": _("access refused"),
        "access.revoked": _("access taken back"),
        "access.shared": _("shared with organizations"),
        "access.glass_broken": _("break-glass: opened in an emergency"),
        "access.glass_missed": _("break-glass: refused"),
        "document.read": _("private file read"),
        "draft.read": _("draft read"),
        "image.read": _("private picture read"),
        "page.read": _("private page read"),
        "thread.read": _("thread read"),
        "folder.downloaded": _("folder downloaded"),
        "folder.added": _("folder added"),
        "folder.renamed": _("folder renamed"),
        "folder.removed": _("folder removed"),
        "document.moved": _("file moved"),
        "saved_search.feed_opened": _("feed of a saved search opened"),
        "saved_search.feed_closed": _("feed of a saved search closed"),
        "audit.exported": _("audit log exported"),
    },
    _("Texts"): {
        "workflow.submitted": _("submitted"),
        "workflow.recalled": _("taken back by its author"),
        "workflow.approved": _("approved"),
        "workflow.rejected": _("sent back"),
        "workflow.voted": _("voted"),
        "workflow.vote_decided": _("vote decided"),
        "workflow.cancelled": _("workflow cancelled"),
        "workflow.withdrawal_asked": _("withdrawal asked for"),
        "workflow.substituted": _("substitute named"),
        "workflow.substitution_ended": _("substitution ended"),
        "page.added": _("page added"),
        "page.edited": _("page edited"),
        "page.published": _("page published"),
        "page.scheduled": _("publication of a page scheduled"),
        "page.unscheduled": _("scheduled publication cancelled"),
        "page.taken_down": _("page taken down"),
        "page.removed": _("page removed"),
        "page.moved": _("page moved"),
        "page.renamed": _("page renamed"),
        "page.copied": _("page copied"),
        "page.converted": _("copy made a page of its own"),
        "page.translated": _("page taken up for translation"),
        "page.locked": _("page locked"),
        "page.unlocked": _("page unlocked"),
        "page.restricted": _("readers of a page restricted"),
        "page.unrestricted": _("restriction of a page's readers lifted"),
        "text.published": _("published"),
        "text.scheduled": _("publication scheduled"),
        "text.withdrawn": _("withdrawn"),
        "text.expired": _("taken down at its time"),
        "translation.handed_in": _("translation handed in"),
        "registry.issued": _("registry number issued"),
        "copy.made": _("official copy made"),
        "registry.voided": _("registry number voided"),
        "document.added": _("file added"),
        "document.removed": _("file removed"),
        "news.imported": _("news imported"),
        "bylaw.imported": _("bylaw imported"),
        "bylaw.stub_made": _("cited work entered, to be filled"),
        "bylaw.amendment_drafted": _("amendment put into a draft"),
        "bylaw.amendment_dismissed": _("amendment dismissed"),
        "meeting.imported": _("minutes read from a file"),
        "meeting.called": _("meeting called"),
        "meeting.changed": _("invitation changed"),
        "meeting.moved": _("meeting led to its next state"),
        "meeting.recorded": _("written down in a meeting"),
        "meeting.read": _("meeting in progress read"),
        "meeting.correction_proposed": _("correction of minutes proposed"),
        "meeting.correction_accepted": _("correction of minutes accepted"),
        "meeting.correction_declined": _("correction of minutes declined"),
        "meeting.approved": _("minutes approved and signed"),
        "meeting.notified": _("minutes notified"),
        "resolution.notified": _("resolution notified"),
        "resolution.objected": _("objection to a resolution"),
        "resolution.settled": _("objection settled"),
        "followup.added": _("follow-up entered"),
        "followup.reported": _("reported on a follow-up"),
        "followup.accepted": _("evidence accepted"),
        "followup.declined": _("evidence declined"),
        "followup.read": _("follow-up read"),
        "obligation.evidence_shown": _("evidence shown for an obligation"),
        "obligation.evidence_accepted": _("evidence accepted"),
        "obligation.evidence_returned": _("evidence returned"),
        "obligation.evidence_taken_back": _("evidence taken back"),
    },
    _("Organizations"): {
        "organizations.added": _("entry added"),
        "organizations.changed": _("entry changed"),
        "organizations.removed": _("entry removed"),
        "organizations.acting_for": _("acted for an organization"),
        "organizations.access_ended": _("access ended"),
        "letter.filed": _("letter of appointment filed"),
        "letter.approved": _("letter of appointment approved"),
        "letter.refused": _("letter of appointment refused"),
        "letter.replaced": _("letter of appointment replaced"),
        "letter.invited_again": _("invited again by letter"),
        "letter.taken_up": _("letter of appointment taken up"),
        "thread.opened": _("letter to the headquarters"),
        "thread.replied": _("reply in a thread"),
        "thread.taken": _("thread taken up"),
        "thread.left": _("thread left to others"),
        "thread.closed": _("thread closed"),
        "thread.reopened": _("thread opened again"),
        "thread.message_hidden": _("message hidden"),
        "thread.message_shown": _("message shown again"),
        "membership.filed": _("membership filed"),
        "membership.approved": _("membership approved"),
        "membership.refused": _("membership refused"),
        "relocation.filed": _("move to another district filed"),
        "relocation.approved": _("move to another district approved"),
        "relocation.refused": _("move to another district refused"),
        "district.office_changed": _("staff of a district secretariat changed"),
        "member_page.edited": _("organization's page edited"),
        "member_page.restored": _("organization's page restored"),
    },
    _("System"): {
        "demonstration.built": _("demonstration made"),
        "demonstration.removed": _("demonstration removed"),
    },
}
_LABEL = {code: label for acts in ACTS.values() for code, label in acts.items()}
_OURS = ("intranet", "organizations", "documents", "workflows", "pages", "search")


def act(code: str) -> str:
    """The name of an act; its code when it has none."""
    return force_str(_LABEL.get(code, code))


def kind(label: str) -> str:
    """The name of a kind of object (`app.Model`); as it is when there is no such model any more."""
    try:
        return force_str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def kinds() -> list[tuple[str, str]]:
    """The kinds of objects that acts are recorded of: (`app.Model`, name), by name."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(_OURS)]
    named = [
        (model._meta.label, force_str(model._meta.verbose_name))
        for model in ours
        if model._meta.default_permissions and not model._meta.auto_created
    ]
    return sorted(named, key=lambda pair: pair[1])


_MOST = 12
_NAMED_BY = ("title", "name", "username")


def people(words: str) -> list[tuple[str, str]]:
    """The accounts whose names hold all of `words`: (number, name and account), a dozen at most."""
    found = get_user_model()._default_manager.all()
    for word in words.split():
        found = found.filter(
            Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
        )
    exact = [user for user in found.order_by("username")[:_MOST] if user.get_username() == words.strip()]
    return [
        (str(user.pk), f"{user.get_full_name()} ({user.get_username()})")
        for user in exact or found.order_by("username")[:_MOST]
    ]


def objects(words: str, kind: str, user: Any) -> list[tuple[str, str, str]]:
    """The objects whose title holds `words`: (kind, number, name). Without a kind: pages, files and organizations.

    Only those that `user` may read, and only those of his own acts where nothing else decides who reads them: that a
    title is there is as little his to learn here as in a list.
    """
    titled = [Page, get_document_model(), apps.get_model("organizations.Organization")]
    models = [apps.get_model(kind)] if kind else titled
    found: list[tuple[str, str, str]] = []
    for model in models:
        names = {field.name for field in model._meta.concrete_fields}
        title = next((name for name in _NAMED_BY if name in names), None)
        if title is None:
            continue
        rows = model._default_manager.filter(_known_to(user, model), **{f"{title}__icontains": words.strip()})
        for row in rows.order_by("pk")[:_MOST]:
            specific = row.specific_class if isinstance(row, Page) else type(row)
            found.append(((specific or type(row))._meta.label, str(row.pk), str(row)))
    return found[:_MOST]


def _known_to(user: Any, model: type[Model]) -> Q:
    if has_rule(model):
        return known_to(user, model)
    if reads_whole(user) or (reads_all(user) and model._meta.label in KEPT_BY_ADMINISTRATORS):
        return Q()
    own = Event.objects.filter(actor_id=user.pk, target_type=model._meta.label).values_list(
        "target_id", flat=True
    )
    return Q(pk__in=[int(number) for number in own.order_by().distinct() if number.isdecimal()])
