"""The public page on which anybody asks whether a copy is genuine and current."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from documents.checksums import Checksum, is_too_large
from documents.codes import read_code, shown
from documents.verification import check


class CheckForm(forms.Form):
    """A code, a file, or both."""

    code = forms.CharField(
        label=_("Code on the copy"),
        max_length=40,
        required=False,
        help_text=_("Twelve letters and digits, at the foot of each sheet."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("The PDF file itself"),
        required=False,
        allow_empty_file=True,  # what arrives here is a checksum; of a file that is too large, nothing
        help_text=_("Only its checksum is worked out; the file is not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_code(self) -> str:
        """The code in its one spelling."""
        typed = self.cleaned_data["code"]
        code = read_code(typed)
        if typed.strip() and not code:
            raise forms.ValidationError(
                _("A code has twelve letters and digits, such as %(code)s."),
                params={"code": "7K3M-0QX2-9WPD"},
            )
        return code

    def clean_file(self) -> str:
        """The checksum of the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        found: str = file.read().decode()
        if not found:
            raise forms.ValidationError(_("The file is too large for a copy of ours."))
        return found

    def clean(self) -> None:
        """Ask for one of the two."""
        super().clean()
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Write the code of the copy, or choose its file."))


@login_not_required
@csrf_exempt  # the token is checked in `_answer`: whoever reads it reads the form, and so sets the upload handlers
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """The form; for a code (in the address, as the QR code has it) or a form that was sent, what is found."""
    if request.method == "POST" and is_too_large(request.META.get("CONTENT_LENGTH", "")):
        return _page(request, {"form": _too_large()}, status=413)  # nothing of the body is read
    request.upload_handlers = [Checksum(request)]
    answer: HttpResponse = _answer(request, code)
    return answer


def _too_large() -> CheckForm:
    """The form as it stands after a file of which nothing was kept."""
    return CheckForm({}, MultiValueDict({"file": [SimpleUploadedFile("file", b"")]}))


@csrf_protect
def _answer(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "GET" and "code" in request.GET and (asked := read_code(request.GET["code"])):
        return redirect("verify_code", code=shown(asked))
    known = read_code(code)
    context: dict[str, object] = {}
    if request.method == "POST":
        form = CheckForm(request.POST, request.FILES)
        if form.is_valid():
            said = form.cleaned_data
            context["finding"] = check(request.user, code=said["code"], sha256=said["file"])
            context["code"] = shown(said["code"])
    else:
        form = CheckForm(initial={"code": shown(known)} if known else None)
        if code:
            context["finding"] = check(request.user, code=known)
            context["code"] = shown(known)
    return _page(request, {"form": form, **context})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "documents/verify.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
