"""The Wagtail admin in the site's own face: Jalali inputs, Vazirmatn, the colours."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override

from .fields import JalaliDateField, JalaliDateTimeField
from .widgets import JalaliDateInput, JalaliDateTimeInput, JalaliTimeInput

register_form_field_override(
    models.DateField, override={"form_class": JalaliDateField, "widget": JalaliDateInput}
)
register_form_field_override(
    models.DateTimeField, override={"form_class": JalaliDateTimeField, "widget": JalaliDateTimeInput}
)
register_form_field_override(models.TimeField, override={"widget": JalaliTimeInput})


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The admin's Persian sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("ui/css/admin.css"))


@hooks.register("construct_help_menu")
def keep_help_inside(request: HttpRequest, menu_items: list[Any]) -> None:
    """No links to Wagtail's own pages: they are in English, and outside a closed network."""
    menu_items[:] = [item for item in menu_items if not str(item.url).startswith("http")]


@hooks.register("insert_global_admin_js")
def admin_begin() -> SafeString:
    """What begins the parts of a page that Wagtail begins by inline scripts."""
    return format_html('<script src="{}"></script>', static("ui/js/admin-begin.js"))


@hooks.register("insert_global_admin_js")
def admin_dates() -> SafeString:
    """What shows in Jalali the dates that Wagtail formats itself."""
    return format_html('<script src="{}"></script>', static("ui/js/admin-dates.js"))
