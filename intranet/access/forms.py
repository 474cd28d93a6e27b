"""To whom an object is opened."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from intranet.accounts.models import User


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
        if not name:
            return None
        people = User.objects.filter(is_active=True)
        user = people.filter(username=name).first() or people.filter(email__iexact=name).first()
        if user is None:
            raise forms.ValidationError(_("There is no such account."))
        return user

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
