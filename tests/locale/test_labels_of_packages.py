"""What the packages leave without a translatable name has a Persian one here."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.forms import choosers

from intranet.accounts.permission_names import name_permissions

pytestmark = pytest.mark.django_db


def test_link_forms_have_persian_labels() -> None:
    with override("fa"):
        labels = [str(field.label) for field in choosers.EmailLinkChooserForm().fields.values()]
    assert labels == ["نشانی ایمیل", "متن پیوند", "موضوع", "متن پیام"]


@pytest.mark.parametrize(
    ("app", "codename", "name"),
    [
        ("auth", "add_group", "افزودن گروه"),
        ("wagtailcore", "publish_page", "انتشار همه صفحه‌ها"),
        ("wagtailadmin", "access_admin", "ورود به بخش مدیریت"),
        ("accounts", "change_user", "تغییر کاربر"),
    ],
)
def test_permission_has_persian_name_after_migration(app: str, codename: str, name: str) -> None:
    name_permissions()  # the tests' database may have been made before the catalogue was compiled
    assert Permission.objects.get(content_type__app_label=app, codename=codename).name == name


def test_time_of_a_workflow_step_is_told_in_persian() -> None:
    with override("fa"):
        told = [
            naturaltime(timezone.now() - timedelta(**ago))
            for ago in ({"minutes": 9}, {"days": 3}, {"days": 40})
        ]
    assert all("پیش" in text and text.isascii() is False for text in told)
    assert not any(letter.isascii() and letter.isalpha() for text in told for letter in text)
