"""Where files are kept: what editors work with, and what belongs to NGOs, apart from each other.

Wagtail's own permissions go down a collection's tree, so nobody has any on the root: an editor's right to the
office's files would otherwise open the NGOs' too.
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission

from intranet.accounts.roles import GROUP_NAMES, Role

OFFICE = "اسناد ستاد"
ORGANIZATIONS = "پرونده‌های سمن‌ها"

_KEEPERS = (Role.EDITOR, Role.HQ_STAFF, Role.DISTRICT_SECRETARY)
_CODENAMES = (
    "add_document",
    "change_document",
    "choose_document",
    "add_image",
    "change_image",
    "choose_image",
)


def collection(name: str) -> Collection:
    """The collection of that name below the root, made when there is none."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)


def install_collections() -> None:
    """Make both collections and give those who keep the office's files their right to them."""
    Collection.objects.filter(depth=1, name="Root").update(name="ریشه")
    office = collection(OFFICE)
    collection(ORGANIZATIONS)
    permissions = Permission.objects.filter(content_type__app_label="documents", codename__in=_CODENAMES)
    for role in _KEEPERS:
        group = Group.objects.get(name=GROUP_NAMES[role])
        for permission in permissions:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=office, permission=permission
            )
