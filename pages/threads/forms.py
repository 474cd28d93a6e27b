"""What is filled in to write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_FILES = 5


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to `MOST_FILES` files; its value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("No more than five files at once."))
        return [super(FilesField, self).clean(one, initial) for one in given]


class ReplyForm(forms.Form):
    """A message and its files."""

    body = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 7}))
    attached = FilesField(
        label=_("Files"), required=False, help_text=_("Up to five; read by the two sides only.")
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ThreadForm(ReplyForm):
    """The first message."""

    field_order = ["subject", "body", "attached", "official"]
    parent = None  # type: ignore[assignment]
    subject = forms.CharField(label=_("Subject"), max_length=200)
    official = forms.BooleanField(
        label=_("An official letter, signed in the organization's name"), required=False
    )

    def __init__(self, *args: Any, signs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not signs:
            del self.fields["official"]


class HideForm(forms.Form):
    """Why a message is hidden."""

    reason = forms.CharField(max_length=300)
