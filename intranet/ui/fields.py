"""Form fields for Jalali dates that say why a date is refused; their value is Gregorian."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone

from . import calendar
from .widgets import JalaliDateInput, JalaliDateTimeInput


class JalaliDateField(forms.DateField):
    """A day, typed or picked in Jalali."""

    widget = JalaliDateInput

    def to_python(self, value: Any) -> dt.date | None:
        """Read ISO or Jalali text; the reason of a refusal is the calendar's own."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return calendar.parse_jalali_date(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class JalaliDateTimeField(forms.DateTimeField):
    """A moment of local time, typed or picked in Jalali; its value is aware."""

    widget = JalaliDateTimeInput

    def to_python(self, value: Any) -> dt.datetime | None:
        """Read ISO or Jalali text; a day alone means its beginning."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            found = calendar.parse_jalali(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
        if not isinstance(found, dt.datetime):
            found = dt.datetime.combine(found, dt.time())
        return from_current_timezone(found)
