"""The group of each district's office: who serves there today edits the district's own page.

The group follows the memberships of the district's secretariat; nobody is put into it by hand.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_delete, post_save
from wagtail.models import GroupPagePermission

from intranet.accounts.models import User
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from organizations.models import Body, District, Membership, Person
from pages.districts.models import DistrictPage


def name_of_group(district: District) -> str:
    """The name of the group of a district's office."""
    return f"دبیرخانه منطقه {district.number}"


def grant(page: DistrictPage) -> None:
    """Let the office of the page's district edit it (never publish it), and put its people into the group."""
    group, _ = Group.objects.get_or_create(name=name_of_group(page.district))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    for other in GroupPagePermission.objects.filter(group=group).exclude(page_id=page.pk):
        if not DistrictPage.objects.filter(pk=other.page_id, district=page.district).exists():
            other.delete()
    GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=change)
    sync(page.district)


def sync(district: District) -> None:
    """Make the group hold those who serve in the district's secretariat today, and nobody else."""
    group = Group.objects.filter(name=name_of_group(district)).first()
    if group is None:
        return
    seats = Membership.objects.current().filter(body__kind=Body.Kind.SECRETARIAT, body__district=district)
    serving = set(User.objects.filter(is_active=True, pk__in=seats.values("person__user")))
    if serving != (before := set(group.user_set.all())):
        group.user_set.set(serving)
        record(
            None,
            "district.office_changed",
            district,
            came=_names(serving - before),
            left=_names(before - serving),
        )


def _names(users: set[User]) -> list[Personal]:
    ordered = sorted(users, key=lambda user: user.get_username())
    return [Personal(user, user.get_username()) for user in ordered]


def sync_all() -> None:
    """Let those go whose time is over. Run by the clock."""
    for district in District.objects.all():
        sync(district)


def _page_saved(sender: Any, instance: DistrictPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        grant(instance)


def _membership_changed(sender: Any, instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.body is not None and instance.body.district is not None:
        sync(instance.body.district)


def _person_saved(sender: Any, instance: Person, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        for district in District.objects.filter(bodies__memberships__person=instance).distinct():
            sync(district)


def _body_saved(sender: Any, instance: Body, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not created:
        sync_all()  # it may have come from another district


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    post_save.connect(_page_saved, sender=DistrictPage, dispatch_uid="districts.page_saved")
    post_save.connect(_membership_changed, sender=Membership, dispatch_uid="districts.membership_saved")
    post_delete.connect(_membership_changed, sender=Membership, dispatch_uid="districts.membership_deleted")
    post_save.connect(_person_saved, sender=Person, dispatch_uid="districts.person_saved")
    post_save.connect(_body_saved, sender=Body, dispatch_uid="districts.body_saved")
