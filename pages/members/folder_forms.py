"""Files and folders of an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Folder
from pages.members.forms import DocumentForm


class FileForm(DocumentForm):
    """A file, and the folder in which it lies."""

    folder = forms.TypedChoiceField(label=_("Folder"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, folders: list[Folder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._folders = {folder.pk: folder for folder in folders}
        choices = [("", _("In no folder")), *((folder.pk, folder.name) for folder in folders)]
        self.fields["folder"].choices = choices  # type: ignore[attr-defined]
        if not folders:
            del self.fields["folder"]

    def clean(self) -> dict[str, Any]:
        """The folder itself in the place of its number."""
        said: dict[str, Any] = super().clean() or {}
        number = said.get("folder")
        said["folder"] = self._folders[number] if number else None
        return said


class FolderForm(forms.Form):
    """A folder's name; whoever sees finance may make one of finance."""

    name = forms.CharField(label=_("Name of the folder"), max_length=100)
    finance = forms.BooleanField(
        label=_("Of finance: only for those whose letter opens finance to them"), required=False
    )

    def __init__(self, *args: Any, finance: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "folder_%s", **kwargs})
        if not finance:
            del self.fields["finance"]
