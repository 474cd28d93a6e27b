"""What a person finds on the desk."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from intranet.access.queries import visible_to
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, roles_of
from organizations.queries import districts_of, organizations_of
from pages.bylaws.models import BylawIndexPage, BylawPage
from pages.districts.models import DistrictPage
from pages.meetings.models import MeetingIndexPage, MeetingPage
from pages.members.models import MemberPage
from pages.memoranda.models import MemorandumIndexPage, MemorandumPage
from pages.news.models import NewsIndexPage, NewsPage
from workflows.queries import DECIDING_ROLES

_FAMILIES: tuple[tuple[type[Page], type[Page]], ...] = (
    (BylawIndexPage, BylawPage),
    (MeetingIndexPage, MeetingPage),
    (MemorandumIndexPage, MemorandumPage),
    (NewsIndexPage, NewsPage),
)


@dataclass(frozen=True)
class Beginning:
    """A text that this person may begin."""

    label: str
    url: str


def latest_decisions(user: Any, limit: int = 6) -> list[Page]:
    """Bylaws, minutes and memoranda that were published last, of those `user` may read."""
    pages: Any = Page.objects.live().type(BylawPage, MeetingPage, MemorandumPage)
    pages = visible_to(pages, user).order_by("-last_published_at", "-pk")
    return list(pages.specific()[:limit])


def places_of(user: Any) -> list[Page]:
    """The pages of the districts and organisations `user` belongs to."""
    districts = visible_to(DistrictPage.objects.live().filter(district__in=districts_of(user)), user)
    members = visible_to(MemberPage.objects.live().filter(organization__in=organizations_of(user)), user)
    return [*districts, *members]


def beginnings_of(user: Any) -> list[Beginning]:
    """The kinds of text that `user` may begin in Wagtail's admin, in the sections where he may."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return []
    found = []
    for index_model, model in _FAMILIES:
        index = index_model.objects.live().filter(locale__language_code="fa").exclude(slug="received").first()
        if index is not None and index.permissions_for_user(user).can_add_subpage():
            args = [model._meta.app_label, model._meta.model_name, index.pk]
            label = str(model.get_verbose_name())
            found.append(Beginning(label, reverse("wagtailadmin_pages:add", args=args)))
    return found


def possible_substitutes(user: Any) -> Any:
    """The active people who hold a deciding role of `user`'s, himself excepted (a queryset)."""
    groups = [GROUP_NAMES[role] for role in roles_of(user) & DECIDING_ROLES]
    return (
        User.objects.filter(is_active=True, groups__name__in=groups)
        .exclude(pk=user.pk)
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )
