"""StreamField blocks whose dates are typed or picked in Jalali and stored Gregorian."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .fields import JalaliDateField, JalaliDateTimeField


class JalaliDateBlock(blocks.DateBlock):
    """A day."""

    @cached_property
    def field(self) -> forms.Field:
        """The form field, in Jalali."""
        return JalaliDateField(**self.field_options)

    class Meta:
        icon = "date"
        label = _("Date")


class JalaliDateTimeBlock(blocks.DateTimeBlock):
    """A moment of local time."""

    @cached_property
    def field(self) -> forms.Field:
        """The form field, in Jalali."""
        return JalaliDateTimeField(**self.field_options)

    class Meta:
        icon = "date"
        label = _("Date and time")
