"""To whom an object is opened, about whom is asked, and what for."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from intranet.access.glass import SHORTEST_REASON
from intranet.accounts.models import User


def _find_person(name: str) -> User:
    """The active account of that name or address."""
    people = User.objects.filter(is_active=True)
    user = people.filter(username=name).first() or people.filter(email__iexact=name).first()
    if user is None:
        raise forms.ValidationError(_("There is no such account."))
    return user


class PersonForm(forms.Form):
    """A person about whom is asked, by the account's name or e-mail."""

    about = forms.CharField(
        label=_("Person"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("User name or e-mail."),
    )

    def clean_about(self) -> User:
        """The account."""
        return _find_person(self.cleaned_data["about"].strip())


class AskForm(forms.Form):
    """The address to which somebody asks to be let in, and what for."""

    path = forms.CharField(max_length=500, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("What do you need it for?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GlassForm(forms.Form):
    """What an administrator must read, and why."""

    address = forms.CharField(
        label=_("Address of the page or file"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("As it stands in the browser."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence that the organisation's representative and the auditors will read."),
    )


class GrantForm(forms.Form):
    """A person, by the account's name or e-mail, or a group."""

    person = forms.CharField(
        label=_("Person"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("User name or e-mail."),
    )
    group = forms.ModelChoiceField(
        label=_("Group"), queryset=Group.objects.order_by("name"), required=False, empty_label="—"
    )

    def clean_person(self) -> User | None:
        """The active account of that name or address."""
        name = self.cleaned_data["person"].strip()
        return _find_person(name) if name else None

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("group")):
            raise forms.ValidationError(_("Choose a person or a group, one of the two."))
        return cleaned

    @property
    def to(self) -> User | Group:
        """Whom the object is opened to."""
        found: User | Group = self.cleaned_data["person"] or self.cleaned_data["group"]
        return found
