"""What is filled in to show evidence and to judge it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from intranet.access import addresses
from intranet.access.queries import can_see
from intranet.ui.fields import JalaliDateField
from intranet.ui.numerals import to_ascii
from intranet.ui.templatetags.persian import jalali
from pages.memoranda.actions import Report
from pages.memoranda.standing import Turn


class AmountField(forms.DecimalField):
    """A number in any digits, with or without marks between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """Read Persian and Arabic digits too."""
        if isinstance(value, str):
            value = to_ascii(value).replace("٬", "").replace(",", "").replace("٫", ".").strip()
        return super().to_python(value)


class EvidenceForm(forms.Form):
    """What was done, when, and what shows it."""

    turn = forms.ChoiceField(label=gettext_lazy("Which turn"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    done_on = JalaliDateField(label=gettext_lazy("Done on"))
    amount = AmountField(
        label=gettext_lazy("Number"), required=False, min_value=0, max_digits=15, decimal_places=2
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=200)
    address = forms.CharField(
        label=gettext_lazy("Page of this site"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("The address of a resolution, a bylaw or another page that shows it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("Read by both sides and by the headquarters."),
    )
    letter = forms.CharField(
        label=gettext_lazy("By which letter"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Number and day of the letter by which this side reported it."),
    )

    def __init__(
        self, *args: Any, user: Any, turns: Sequence[Turn], by_letter: bool, indicator: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.user, self.target, self.fragment = user, None, ""
        days = [turn.due for turn in turns if turn.due]
        choice = self.fields["turn"]
        if len(days) > 1:
            assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - for the type checker
            choice.choices = [(day.isoformat(), jalali(day)) for day in days]
        else:
            del self.fields["turn"]
        self.only = days[0] if len(days) == 1 else None
        self.fields["letter"].required = by_letter
        if not by_letter:
            del self.fields["letter"]
        self.fields["amount"].help_text = indicator

    def clean_done_on(self) -> dt.date:
        """Not a day to come."""
        day: dt.date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(_("What is done is of today or before."))
        return day

    def clean_address(self) -> str:
        """A page of this site that the person may read; the same refusal for one that is not there."""
        given: str = self.cleaned_data["address"].strip()
        if given:
            found = addresses.find(addresses.path_of(given))
            if not isinstance(found, Page) or not can_see(self.user, found):
                raise ValidationError(_("There is no page of this site here that you may read."))
            self.target, self.fragment = found, given.partition("#")[2][:200]
        return given

    def report(self) -> Report:
        """What was filled in."""
        said = self.cleaned_data
        turn = said.get("turn")
        return Report(
            words=said["words"],
            done_on=said["done_on"],
            turn=dt.date.fromisoformat(turn) if turn else self.only,
            amount=said["amount"],
            place=said["place"],
            page=self.target,
            fragment=self.fragment,
            file=said["file"],
            letter=said.get("letter", ""),
        )


class AnswerForm(forms.Form):
    """What the other side says of evidence."""

    answer = forms.CharField(required=False, max_length=4000)
    letter = forms.CharField(required=False, max_length=80)
