"""The form of Wagtail's document screens: a file is checked by its content before anything is stored."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from documents.actions import check_file
from documents.exceptions import RefusedFile
from documents.models import Document


class DocumentForm(BaseDocumentForm):
    """Wagtail's own form, with the checks of every door by which files come in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audience" in self.fields and self.instance.audience != Document.Audience.ATTACHED:
            # Who reads a file of a thread follows from its message; on this screen there is none.
            audience: Any = self.fields["audience"]
            audience.choices = [
                choice for choice in audience.choices if choice[0] != Document.Audience.ATTACHED
            ]
        if self.instance.text_trouble and "file" in self.fields:
            self.fields["file"].help_text = self.instance.get_text_trouble_display()

    def clean_file(self) -> Any:
        """Refuse a file that may not be taken in, with words for the sender."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            try:
                check_file(file)
            except RefusedFile as refusal:
                raise ValidationError(str(refusal.message)) from refusal
        return file

    def clean(self) -> Any:
        """A file for an organisation's people must say which organisation."""
        cleaned = super().clean()
        if (
            cleaned
            and cleaned.get("audience") == Document.Audience.ORGANIZATION
            and not cleaned.get("organization")
        ):
            self.add_error("organization", _("Choose the organization whose people may read the file."))
        return cleaned
