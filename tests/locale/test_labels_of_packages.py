"""What the packages leave without a translatable name has a Persian one here."""

import pytest
from django.contrib.auth.models import Permission
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
