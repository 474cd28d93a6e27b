"""The Wagtail admin in the site's own face: Jalali inputs, Vazirmatn, the colours."""

from django.db import models
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
