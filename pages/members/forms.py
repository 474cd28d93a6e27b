"""What a representative fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.members.actions import MemberText, current_revision
from pages.members.markup import to_html, to_text
from pages.members.models import MemberPage


class MemberPageForm(forms.Form):
    """The organisation's page. `revision` is the one that the writer began from."""

    title = forms.CharField(label=_("Name of the organisation on the page"), max_length=255)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two lines, shown in lists and search results."),
    )
    contact = forms.CharField(
        label=_("Contact"),
        max_length=300,
        required=False,
        help_text=_("Address, telephone, e-mail: how your members reach you."),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "An empty line begins a new paragraph. «## » before a line makes it a heading, «- » a point of a list; "
            "**bold**, [words](https://address)."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, page: MemberPage) -> "MemberPageForm":
        """The form with the page's text as it is now."""
        return cls(
            initial={
                "title": page.title,
                "summary": page.summary,
                "contact": page.contact,
                "body": to_text(page.body),
                "revision": current_revision(page),
            }
        )

    def text(self) -> MemberText:
        """What was written, with the body as HTML."""
        written: dict[str, Any] = self.cleaned_data
        return MemberText(
            title=written["title"],
            summary=written["summary"],
            contact=written["contact"],
            body=to_html(written["body"]),
        )


class DocumentForm(forms.Form):
    """A file for the organisation's own people."""

    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        required=False,
        help_text=_("Empty: the name of the file."),
    )
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, text or zip; up to 50 MB.")
    )
