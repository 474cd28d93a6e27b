"""Reading a file of minutes, in the admin."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from documents.actions import check_file
from documents.exceptions import RefusedFile
from documents.refusals import Unreceivable
from pages.importing import Outcome
from pages.meetings.models import MeetingIndexPage
from pages.meetings.receiving import Received, receive

KINDS = (".txt", ".docx", ".pdf")


class MinutesFileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File of the minutes"),
        help_text=gettext_lazy(
            "Word (docx), PDF or plain text. A scanned PDF needs recognition (OCR) first."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )

    def clean_file(self) -> Any:
        """Refuse what is no text, with words for the sender."""
        file = self.cleaned_data["file"]
        try:
            kind = check_file(file)
        except RefusedFile as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        if kind.suffix not in KINDS:
            raise forms.ValidationError(_("Minutes are read from Word (docx), PDF or plain text."))
        return file


class ReadMinutesView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]
    """Upload a file of minutes; the draft that is made of it opens in the editor."""

    template_name = "meetings/admin/read_minutes.html"
    form_class = MinutesFileForm
    page_title = header_title = gettext_lazy("Minutes from a file")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who may add a meeting below the index may read one from a file."""
        self.index = get_object_or_404(MeetingIndexPage, pk=kwargs["pk"])
        if not self.index.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The index, to go back to."""
        return super().get_context_data(index=self.index, **kwargs)

    def form_valid(self, form: MinutesFileForm) -> HttpResponse:
        """Make the draft and open it, or say why not."""
        file = form.cleaned_data["file"]
        with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix.lower()) as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            try:
                received = receive(
                    Path(copy.name), actor=self.request.user, index=self.index, name=Path(file.name).name
                )
            except Unreceivable as error:
                form.add_error("file", str(error))
                return self.form_invalid(form)
        return self._open(received)

    def _open(self, received: Received) -> HttpResponse:
        page = received.page
        if received.outcome == Outcome.MADE:
            messages.success(
                self.request, _("The file was read. Compare each row with its line, then save or submit.")
            )
        elif page is not None and page.permissions_for_user(self.request.user).can_edit():
            messages.warning(self.request, _("This file was read before: this is the meeting made of it."))
        else:
            messages.warning(self.request, _("This file was read before, by somebody else."))
            return redirect("wagtailadmin_explore", self.index.pk)
        return redirect("wagtailadmin_pages:edit", page.pk if page else self.index.pk)
