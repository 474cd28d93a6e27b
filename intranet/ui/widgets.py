"""Inputs in which people type or pick Jalali dates while the form goes on handling Gregorian ones.

What is typed is turned into ISO before the form field sees it; what cannot be read is left as typed,
for `fields.JalaliDateField` to refuse with a reason. Without scripts they are plain text inputs.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from . import calendar
from .numerals import to_ascii


class _JalaliInput(forms.TextInput):
    template_name = "ui/jalali_input.html"
    kind: str

    class Media:
        css = {"all": ["ui/css/calendar.css"]}
        js = ["ui/js/jalali.js", "ui/js/calendar.js"]

    def __init__(self, attrs: Mapping[str, Any] | None = None, format: str | None = None) -> None:  # noqa: A002
        """`format` is taken, and ignored, so that it can stand in for Django's own inputs."""
        super().__init__({"dir": "auto", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-jalali": self.kind,
            "data-today": calendar.to_jalali(timezone.localdate()).ascii(),
            "data-words": "|".join(
                (
                    str(_("Choose a date")),
                    pgettext("calendar", "Previous month"),
                    pgettext("calendar", "Next month"),
                    pgettext("calendar", "Today"),
                    pgettext("calendar", "Clear"),
                    pgettext("calendar", "Year"),
                    pgettext("calendar", "Month"),
                )
            ),
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict, name: str) -> Any:
        value = data.get(name)
        if not isinstance(value, str) or not value.strip():
            return value
        try:
            return self.to_iso(calendar.parse_jalali(value))
        except ValueError:
            return value

    def to_iso(self, value: dt.date | dt.datetime) -> str:
        raise NotImplementedError

    def format_value(self, value: Any) -> str | None:
        """The Jalali form of a date, of an ISO string that went through the form, or what was typed."""
        if value in (None, ""):
            return None
        if isinstance(value, str):
            try:
                value = calendar.parse_jalali(value)
            except ValueError:
                return value
        return self.display(value)

    def display(self, value: dt.date | dt.datetime) -> str:
        raise NotImplementedError


class JalaliDateInput(_JalaliInput):
    """A Jalali day: `1401/01/17` in the input, Gregorian in the form."""

    kind = "date"

    def to_iso(self, value: dt.date | dt.datetime) -> str:
        """ISO of the day alone."""
        return (value.date() if isinstance(value, dt.datetime) else value).isoformat()

    def display(self, value: dt.date | dt.datetime) -> str:
        """`1401/01/17`."""
        return calendar.to_jalali(value).ascii()


class JalaliDateTimeInput(_JalaliInput):
    """A Jalali day and a clock time: `1401/01/17 09:05`; a day alone means its beginning."""

    kind = "datetime"

    def to_iso(self, value: dt.date | dt.datetime) -> str:
        """`2022-04-06 09:05:00`, as Django's datetime fields read it."""
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        return value.isoformat(sep=" ")

    def display(self, value: dt.date | dt.datetime) -> str:
        """`1401/01/17 09:05`, at local time."""
        value = calendar.local(value)
        day = calendar.to_jalali(value).ascii()
        return f"{day} {value:%H:%M}" if isinstance(value, dt.datetime) else day


class JalaliTimeInput(forms.TextInput):
    """A clock time typed in Persian or Latin digits."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, format: str | None = None) -> None:  # noqa: A002
        """`format` is taken, and ignored, so that it can stand in for Django's own input."""
        super().__init__({"dir": "ltr", "autocomplete": "off", "placeholder": "09:30", **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict, name: str) -> Any:
        """The same with ASCII digits."""
        value = data.get(name)
        return to_ascii(value).strip() if isinstance(value, str) else value

    def format_value(self, value: Any) -> str | None:
        """`09:05`."""
        return f"{value:%H:%M}" if isinstance(value, dt.time) else super().format_value(value)
