"""What people change about their own account."""

from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.users.models import UserProfile

from intranet.audit.actions import record


def language_of(user: Any) -> str:
    """The language `user` chose, or the site's own."""
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE


def choose_language(user: Any, language: str) -> None:
    """Keep the language of `user`, for the site and for the editing desk."""
    with transaction.atomic():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        record(user, "account.language_chosen", user, language=language)
