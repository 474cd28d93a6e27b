"""What each role may do in Wagtail's admin: nobody publishes past a workflow. Safe to run again.

The rule of visibility narrows all of it (`pages.permissions`): a district's secretary meets his own district's texts
only, and nobody but HQ staff meets the pages of NGOs.
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from intranet.accounts.roles import ENTER_WAGTAIL_ADMIN, GROUP_NAMES, Role

ADD, CHANGE = "add_page", "change_page"

# Section by section: who adds pages (and edits his own drafts), who also changes those of others.
PAGES: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.EDITOR: dict.fromkeys(
        ("about", "bylaws", "districts", "meetings", "memoranda", "news", "received"), (ADD, CHANGE)
    ),
    Role.HQ_STAFF: dict.fromkeys(("bylaws", "members", "memoranda"), (ADD, CHANGE)),
    Role.DISTRICT_SECRETARY: {
        "bylaws": (ADD, CHANGE),
        "districts": (CHANGE,),
        "memoranda": (ADD, CHANGE),
        "news": (ADD, CHANGE),
    },
}

# Roles are given in the user's form; what a role may do is the house's own and not edited in the admin.
_ORGANIZATIONS = (
    "body", "district", "membership", "neighbourhood", "organization", "person", "post", "representative"
)  # fmt: skip

_VOCABULARY = ("pinnedanswer", "synonym")

MODELS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: tuple(
        f"search.{act}_{model}" for model in _VOCABULARY for act in ("add", "change", "delete", "view")
    ),
    Role.HQ_STAFF: tuple(
        f"organizations.{act}_{model}"
        for model in _ORGANIZATIONS
        for act in ("add", "change", "delete", "view")
    ),
    Role.ADMINISTRATOR: (
        "accounts.add_user",
        "accounts.change_user",
        "wagtailcore.add_task",
        "wagtailcore.add_workflow",
        "wagtailcore.change_task",
        "wagtailcore.change_workflow",
    ),
}

TRANSLATORS = "مترجم"


def _permission(label: str) -> Permission:
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def install_permissions(home: Page) -> None:
    """Give the roles' groups what the tables above say, on the sections of `home`."""
    enter = _permission("wagtailadmin.access_admin")
    for role in sorted(ENTER_WAGTAIL_ADMIN):
        Group.objects.get(name=GROUP_NAMES[role]).permissions.add(enter)
    for role, labels in MODELS.items():
        group = Group.objects.get(name=GROUP_NAMES[role])
        group.permissions.add(*(_permission(label) for label in labels))
    translators, _ = Group.objects.get_or_create(name=TRANSLATORS)
    translators.permissions.add(_permission("wagtail_localize.submit_translation"))
    sections = {page.slug: page for page in home.get_children()}
    for role, branches in PAGES.items():
        group = Group.objects.get(name=GROUP_NAMES[role])
        for slug, codenames in branches.items():
            for codename in codenames:
                GroupPagePermission.objects.get_or_create(
                    group=group,
                    page_id=sections[slug].pk,
                    permission=_permission(f"wagtailcore.{codename}"),
                )
