"""What is filled in to follow a resolution up."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.ui.fields import JalaliDateField
from organizations.models import Body, Organization, Person
from pages.following.models import FollowUp

OWNERS = ("owner_body", "owner_organization", "owner_person")


class NotifyForm(forms.Form):
    """On which day it was notified."""

    on = JalaliDateField(label=gettext_lazy("Day of notification"), initial=timezone.localdate)


class ObjectForm(forms.Form):
    """Who objects, and why."""

    objector = forms.CharField(label=gettext_lazy("Who objects"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Objection"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SettleForm(forms.Form):
    """How the objection was settled."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[
            ("no", gettext_lazy("dismissed: the resolution binds")),
            ("yes", gettext_lazy("upheld: the resolution is annulled")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("By whom and how"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FollowUpForm(forms.ModelForm):
    """What is to be done, by one owner, until a day."""

    due_on = JalaliDateField(label=gettext_lazy("Due"))

    class Meta:
        model = FollowUp
        fields = ("title", *OWNERS, "due_on", "weight", "is_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = (
            Body.objects.order_by("name"),
            Organization.objects.order_by("name"),
            Person.objects.order_by("name"),
        )
        for name, rows in zip(OWNERS, named, strict=True):
            cast("forms.ModelChoiceField", self.fields[name]).queryset = rows

    def clean(self) -> dict[str, Any]:
        """One owner, not none and not two."""
        said: dict[str, Any] = super().clean() or {}
        if sum(bool(said.get(name)) for name in OWNERS) != 1:
            self.add_error("owner_body", _("Choose one owner: a body, an organization or a person."))
        return said


class ReportForm(forms.Form):
    """What was done, and what shows it."""

    text = forms.CharField(
        label=gettext_lazy("What was done"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    progress = forms.IntegerField(label=gettext_lazy("Progress, per cent"), min_value=0, max_value=100)
    on = JalaliDateField(label=gettext_lazy("Date"), initial=timezone.localdate)
    number = forms.CharField(
        label=gettext_lazy("Number of the letter or document"), max_length=80, required=False
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)

    def clean_on(self) -> Any:
        """Nothing was done in the future."""
        if (on := self.cleaned_data["on"]) > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return on
