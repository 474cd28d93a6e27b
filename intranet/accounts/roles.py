"""The nine roles. Each is a Django group with a fixed name, made by a migration; a person may hold several."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.prepared import Prepared


class Role(models.TextChoices):
    """Code of each role; the label is what people read."""

    NGO_MEMBER = "ngo_member", _("NGO member")
    NGO_REPRESENTATIVE = "ngo_representative", _("NGO representative")
    DISTRICT_SECRETARY = "district_secretary", _("District secretary")
    EDITOR = "editor", _("Editor")
    LEGAL_REVIEWER = "legal_reviewer", _("Legal reviewer")
    COUNCIL_MEMBER = "council_member", _("Council member")
    HQ_STAFF = "hq_staff", _("HQ staff")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# The groups' names in the database are Persian, since administrators read them in the admin.
GROUP_NAMES: dict[Role, str] = {
    Role.NGO_MEMBER: "عضو سمن",
    Role.NGO_REPRESENTATIVE: "نماینده سمن",
    Role.DISTRICT_SECRETARY: "دبیر منطقه",
    Role.EDITOR: "ویراستار",
    Role.LEGAL_REVIEWER: "کارشناس حقوقی",
    Role.COUNCIL_MEMBER: "عضو شورا",
    Role.HQ_STAFF: "کارشناس ستاد",
    Role.AUDITOR: "بازرس",
    Role.ADMINISTRATOR: "مدیر سامانه",
}
ROLE_OF_GROUP: dict[str, Role] = {name: role for role, name in GROUP_NAMES.items()}

# Named sets of roles, so that no rule lists them again.
READ_EVERYTHING = frozenset({Role.AUDITOR})
ENTER_WAGTAIL_ADMIN = frozenset(
    {
        Role.DISTRICT_SECRETARY,
        Role.EDITOR,
        Role.LEGAL_REVIEWER,
        Role.COUNCIL_MEMBER,
        Role.HQ_STAFF,
        Role.ADMINISTRATOR,
    }
)
# Who is asked for a second factor, where the profile makes it compulsory.
STAFF_ROLES = ENTER_WAGTAIL_ADMIN | {Role.AUDITOR}
# Who holds one of these reads private files, or opens the way to them: one administrator proposes it, another confirms.
# A legal reviewer reads only what is assigned to him, which is an act of its own.
TWO_PERSON_ROLES = frozenset({Role.HQ_STAFF, Role.DISTRICT_SECRETARY, Role.AUDITOR, Role.ADMINISTRATOR})
NGO_PEOPLE = frozenset({Role.NGO_MEMBER, Role.NGO_REPRESENTATIVE})


def _memberships(user: int) -> Any:
    from intranet.accounts.models import User

    return User.groups.through._default_manager.filter(user=user).values_list("group_id", "group__name")


_groups = Prepared(_memberships, int)


def groups_of(user: Any) -> dict[int, str]:
    """The groups of `user`, number to name (none when inactive or not signed in). One query a user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return {}
    if not hasattr(user, "_groups"):
        user._groups = dict(_groups.rows(user.pk))
    groups: dict[int, str] = user._groups
    return groups


def roles_of(user: Any) -> frozenset[Role]:
    """The roles that `user` holds now, by his groups."""
    return frozenset(ROLE_OF_GROUP[name] for name in groups_of(user).values() if name in ROLE_OF_GROUP)


def has_role(user: Any, *roles: Role) -> bool:
    """Whether `user` holds at least one of `roles`."""
    return not roles_of(user).isdisjoint(roles)


def users_with(role: Role) -> Any:
    """The active users who hold `role` (a queryset), in a fixed order."""
    from intranet.accounts.models import User

    return User.objects.filter(is_active=True, groups__name=GROUP_NAMES[role]).order_by("pk")


def role_token(role: Role) -> str:
    """The token by which an audience names the holders of `role`."""
    return f"role:{role.value}"
