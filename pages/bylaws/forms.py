"""Forms of the bylaws' pages."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.ui.fields import JalaliDateField
from pages.bylaws.models import Amendment, BylawVersion


class DayForm(forms.Form):
    """The day whose text is wanted."""

    on = JalaliDateField(label=gettext_lazy("The text of another day"))


class TwoDaysForm(forms.Form):
    """The two days between which a text is compared; at first those of the last change."""

    before = JalaliDateField(label=gettext_lazy("Text of"))
    after = JalaliDateField(label=gettext_lazy("with the text of"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, versions: Sequence[BylawVersion]) -> None:
        self.versions = versions
        super().__init__(data, initial=self._last_change())

    def _last_change(self) -> dict[str, datetime.date]:
        if not self.versions:
            return {}
        new = self.versions[0].valid_from
        older = (each.valid_from for each in self.versions if each.valid_from < new)
        return {"before": next(older, new), "after": new}

    def clean(self) -> dict[str, Any]:
        """Refuse days of which no text is kept."""
        given: dict[str, Any] = super().clean() or {}
        first = self.versions[-1].valid_from if self.versions else None
        for name in ("before", "after"):
            day = given.get(name)
            if day and first and day < first:
                self.add_error(name, ValidationError(_("No text of that day is kept here.")))
        return given

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The two days, the earlier first; None while one of them is refused."""
        if not self.is_bound:
            given = self.initial
        elif self.is_valid():
            given = self.cleaned_data
        else:
            return None
        if not given:
            return None
        first, last = sorted((given["before"], given["after"]))
        return first, last


if TYPE_CHECKING:
    _AmendmentForm = forms.ModelForm[Amendment]
else:
    _AmendmentForm = (
        forms.ModelForm
    )  # this module is imported while apps get ready, before anything makes it generic


class AmendmentForm(_AmendmentForm):
    """An amendment of one bylaw, whose provisions are offered by the names that citations give them."""

    eid = forms.ChoiceField(label=gettext_lazy("provision"), required=False)
    on = JalaliDateField(label=gettext_lazy("in force from"))

    class Meta:
        model = Amendment
        fields = ("title", "on", "verb", "eid", "old_words", "new_words")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "old_words": forms.Textarea(attrs={"rows": 3}),
            "new_words": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, provisions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["eid"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            ("", gettext_lazy("at the end of the text (only for one to be added)")),
            *provisions.items(),
        ]
