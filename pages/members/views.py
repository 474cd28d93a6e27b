"""The small editor of an organisation's page: NGO people never enter Wagtail's admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.actions import add_document, remove_document
from documents.exceptions import RefusedFile
from documents.models import Document
from intranet.access.models import State
from intranet.access.policies import abilities
from intranet.access.queries import can_see, visible_to
from intranet.access.readings import note_reading
from pages.members.actions import (
    EditedMeanwhileError,
    current_revision,
    restore_member_page,
    save_member_page,
)
from pages.members.forms import DocumentForm, MemberPageForm
from pages.members.models import MemberPage
from pages.members.policies import ADD_DOCUMENT, EDIT


def _page(request: HttpRequest, page_id: int, ability: str) -> MemberPage:
    page = get_object_or_404(MemberPage.objects.select_related("organization__district"), pk=page_id)
    if not can_see(request.user, page, State.DRAFT):
        raise Http404
    if ability not in abilities(request.user, page):
        raise PermissionDenied
    note_reading(request.user, page, "draft.read", State.DRAFT)
    return page


def _back(page: MemberPage, request: HttpRequest) -> HttpResponse:
    return redirect(page.get_url(request) if page.live else "members:edit", *([] if page.live else [page.pk]))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the page's text in a form; save it. A text that came second is shown again beside the first."""
    page = _page(request, page_id, EDIT)
    if request.method != "POST":
        return _editor(request, page, MemberPageForm.of(page))
    form = MemberPageForm(request.POST)
    if not form.is_valid():
        return _editor(request, page, form, status=400)
    try:
        page = save_member_page(
            page.pk, request.user, form.text(), opened_revision=form.cleaned_data["revision"]
        )
    except EditedMeanwhileError as meanwhile:
        again = MemberPageForm({**request.POST.dict(), "revision": current_revision(meanwhile.page)})
        return _editor(request, meanwhile.page, again, meanwhile=meanwhile.page, status=409)
    messages.success(request, _("The page has been saved."))
    return _back(page, request)


def _editor(
    request: HttpRequest, page: MemberPage, form: MemberPageForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    documents = (
        Document.objects.filter(organization=page.organization_id)
        .exclude(audience=Document.Audience.ATTACHED)
        .order_by("-created_at")
    )
    context = {
        "page": page,
        "form": form,
        "document_form": DocumentForm(),
        "documents": visible_to(documents, request.user),
        **more,
    }
    return render(request, "members/edit.html", context, status=status)


@require_safe
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every text the page has had, the latest first."""
    page = _page(request, page_id, EDIT)
    revisions = page.revisions.select_related("user").order_by("-created_at", "-pk")
    shown = Paginator(revisions, 20).get_page(request.GET.get("page"))
    texts = [{"revision": revision, "text": revision.as_object()} for revision in shown]
    context = {"page": page, "texts": texts, "shown": shown, "current": current_revision(page)}
    return render(request, "members/history.html", context)


@require_POST
def restore(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """Bring an earlier text back."""
    page = _page(request, page_id, EDIT)
    get_object_or_404(page.revisions, pk=revision_id)
    page = restore_member_page(page.pk, request.user, revision_id)
    messages.success(request, _("The earlier text is back. The one it replaced stays in the history."))
    return _back(page, request)


@require_POST
def upload(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take in a private file of the organisation."""
    page = _page(request, page_id, ADD_DOCUMENT)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            document = add_document(
                file=form.cleaned_data["file"],
                title=form.cleaned_data["title"],
                uploaded_by=request.user,
                audience=Document.Audience.ORGANIZATION,
                organization=page.organization,
                district=page.organization.district,
            )
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The file «%(title)s» has been added.") % {"title": document.title})
            return redirect("members:edit", page.pk)
    return _editor(request, page, MemberPageForm.of(page), document_form=form, status=400)


@require_POST
def remove(request: HttpRequest, page_id: int, document_id: int) -> HttpResponse:
    """Remove a file of the organisation."""
    page = _page(request, page_id, ADD_DOCUMENT)
    own = Document.objects.filter(organization=page.organization_id, audience=Document.Audience.ORGANIZATION)
    document = get_object_or_404(visible_to(own, request.user), pk=document_id)
    title = document.title
    remove_document(document, request.user)
    messages.success(request, _("The file «%(title)s» has been removed.") % {"title": title})
    return redirect("members:edit", page.pk)
