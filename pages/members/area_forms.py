"""What is filled in about an organisation's people: letters, hand-overs, refusals."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.ui.fields import JalaliDateField
from organizations.letters import Letter
from organizations.mandates import SCOPES
from organizations.models import Organization, Person, Representative
from organizations.queries import readers_named

SCOPE_LABELS = {
    "can_view": _("Views: reads the private pages and files"),
    "can_submit": _("Submits: edits the page, adds files, writes to the headquarters"),
    "can_sign": _("Signs: writes official letters in the organization's name"),
    "sees_finance": _("Finance: opens the folders of finance"),
}


class LetterFields(forms.Form):
    """The letter of appointment itself."""

    number = forms.CharField(label=_("Letter number"), max_length=60)
    dated = JalaliDateField(label=_("Letter date"), required=False)
    valid_to = JalaliDateField(
        label=_("Valid until"),
        help_text=_("The last day. The next day the letter counts for nothing, by itself."),
    )
    scan = forms.FileField(
        label=_("Scan of the letter"), required=False, help_text=_("For those who approve it. PDF is best.")
    )

    def clean_valid_to(self) -> Any:
        """A letter that has not expired."""
        day = self.cleaned_data["valid_to"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The letter has expired already. Choose a later last day."))
        return day

    def letter(self, scopes: frozenset[str]) -> Letter:
        """What was written."""
        said = self.cleaned_data
        return Letter(
            number=said["number"],
            dated=said["dated"],
            valid_from=None,
            valid_to=said["valid_to"],
            scopes=scopes,
        )


class LetterForm(LetterFields):
    """Who is to have access, to what, until when."""

    field_order = [
        "person",
        "name",
        "email",
        "scopes",
        "as_representative",
        "number",
        "dated",
        "valid_to",
        "scan",
    ]

    person = forms.ModelChoiceField(
        label=_("One of the organization's people"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Somebody new, by invitation"),
    )
    name = forms.CharField(
        label=_("Name of the invited person"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail of the invited person"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("A link that works once goes there when the letter is approved."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the letter lets do"),
        choices=list(SCOPE_LABELS.items()),
        initial=["can_view"],
        widget=forms.CheckboxSelectMultiple,
    )
    as_representative = forms.BooleanField(
        label=_("Is the organization's representative: invites members and hands the role over"),
        required=False,
    )

    def __init__(self, *args: Any, organization: Organization, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = readers_named(  # type: ignore[attr-defined]
            Organization.objects.filter(pk=organization.pk)
        )
        if not staff:
            del self.fields["as_representative"]

    def clean(self) -> dict[str, Any]:
        """Somebody known, or a name and an address; who acts also reads."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("person"):
            for field in ("name", "email"):
                if not said.get(field) and field not in self.errors:
                    self.add_error(field, _("Whom do you invite? Choose a person above or fill this in."))
        if said.get("scopes") and "can_view" not in said["scopes"]:
            said["scopes"] = ["can_view", *said["scopes"]]
        return said

    @property
    def scopes_given(self) -> frozenset[str]:
        """The scopes that were ticked."""
        return frozenset(self.cleaned_data["scopes"]) & frozenset(SCOPES)


class HandOverForm(LetterFields):
    """To whom a representative hands over, by which letter."""

    field_order = ["successor", "number", "dated", "valid_to", "scan"]

    successor = forms.ModelChoiceField(label=_("Successor"), queryset=Person.objects.none(), empty_label="—")

    def __init__(self, *args: Any, mandate: Representative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = readers_named(Organization.objects.filter(pk=mandate.organization_id))
        self.fields["successor"].queryset = people.exclude(pk=mandate.person_id)  # type: ignore[attr-defined]


class RefusalForm(forms.Form):
    """Why a letter is refused."""

    reason = forms.CharField(
        label=_("Why it is refused"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
