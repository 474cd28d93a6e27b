"""From a finished translation into its workflow. wagtail-localize knows only publishing, which nobody does alone."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import WorkflowState
from wagtail_localize.models import Translation

from intranet.audit.actions import record
from workflows import policies
from workflows.actions.submission import check, submit


def submit_translation(translation: Translation, user: Any) -> WorkflowState:
    """Make a draft of the translated texts and hand it in.

    The draft is a revision only: a published translation stays as it reads until the new one is approved
    (wagtail-localize's own `save_target` writes into the published page).
    """
    with transaction.atomic():
        page = translation.get_target_instance().specific
        check(policies.why_not_submit(user, page))
        total, done = translation.get_progress()
        check(None if total == done else _("Some parts are not translated yet."))
        draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        draft.slug = find_available_slug(
            draft.get_parent(), slugify(draft.slug, allow_unicode=True), ignore_page_id=draft.pk
        )
        draft.save_revision(user=user)
        record(user, "translation.handed_in", page, language=translation.target_locale.language_code)
        return submit(page, user)
