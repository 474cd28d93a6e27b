"""The days between which a search stays, as a form: typed or picked in Jalali, and refused with a reason."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.ui.fields import JalaliDateField
from search.narrowing import day_of


class DayField(JalaliDateField):
    """A day, or the first or last one of a month or year."""

    def __init__(self, *, last: bool, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.last = last

    def to_python(self, value: Any) -> datetime.date | None:
        """Read what the address of a search may hold; the reason of a refusal is the calendar's own."""
        found = day_of(value, last=self.last) if isinstance(value, str) else None
        return found or super().to_python(value)


class DaysForm(forms.Form):
    """`from` and `to` of an address. What cannot be read stays as it was typed, and narrows nothing."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(given, auto_id="narrow-%s")
        self.fields["from"] = DayField(label=pgettext_lazy("days", "From"), last=False)
        self.fields["to"] = DayField(label=pgettext_lazy("days", "To"), last=True)
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"narrow-days-help narrow-{name}_error"

    @property
    def problems(self) -> list[str]:
        """What is wrong with them, in sentences that stand by themselves."""
        if not any(self.data.get(name) for name in self.fields):
            return []
        told = [
            _("“%(text)s” is no day of the search, so it narrows nothing. %(reason)s")
            % {"text": self.data.get(name, ""), "reason": reason}
            for name, reasons in self.errors.items()
            for reason in reasons
        ]
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            told.append(str(_("The first day is after the last one: nothing lies between them.")))
        return told
