"""An organisation's files in folders: looking, adding, moving, and taking a folder home at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from documents import folders
from documents.actions import add_document, remove_document
from documents.exceptions import RefusedFile
from documents.models import Document, Folder
from intranet.access.queries import visible, visible_to
from intranet.audit.actions import record
from organizations.models import Organization
from organizations.queries import represents, sees_finance
from organizations.sharing import shared_to
from pages.members.area_views import organization_for, sent
from pages.members.folder_forms import FileForm, FolderForm
from pages.members.models import MemberPage


def own_files(organization: Organization, user: Any) -> QuerySet[Document]:
    """The organisation's own files that `user` may read, newest first."""
    own = Document.objects.filter(organization=organization, audience=Document.Audience.ORGANIZATION)
    return visible_to(own, user).select_related("folder").order_by("-created_at", "-pk")


def shared_files(organization: Organization, user: Any) -> QuerySet[Document]:
    """The files that the headquarters share with the organisation, of those `user` may read."""
    numbers = shared_to(organization, Document).values("object_id")
    return visible_to(Document.objects.filter(pk__in=numbers), user).order_by("-created_at")


def shared_pages(organization: Organization, user: Any) -> QuerySet[Page]:
    """The pages that the headquarters share with the organisation, of those `user` may read."""
    numbers = shared_to(organization, Page).values("object_id")
    return visible_to(Page.objects.live().filter(pk__in=numbers), user).order_by("title")


def folders_of(organization: Organization, user: Any) -> QuerySet[Folder]:
    """The organisation's folders that `user` may know of, with the number of files he may read as `count`."""
    readable = Q(visible(Document, user, path="documents"))
    return visible_to(organization.folders.all(), user).annotate(
        count=Count("documents", filter=readable, distinct=True)
    )


def _chosen(request: HttpRequest, organization: Organization, folder_id: int) -> Folder | None:
    """The folder of that number; None for 0, which stands for all files."""
    if not folder_id:
        return None
    return get_object_or_404(visible_to(organization.folders.all(), request.user), pk=folder_id)


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, organization_id: int, folder_id: int = 0) -> HttpResponse:
    """The files of a folder, or of all; a new one is put in by whoever may submit."""
    organization = organization_for(request, organization_id)
    folder = _chosen(request, organization, folder_id)
    submits = represents(request.user, organization)
    known = list(folders_of(organization, request.user))
    form = FileForm(*sent(request), folders=known, initial={"folder": folder and folder.pk})
    if request.method == "POST":
        if not submits:
            raise PermissionDenied
        if form.is_valid() and _added(request, organization, form):
            return redirect(request.path)
    rows = own_files(organization, request.user)
    context = {
        "organization": organization,
        "tab": "files",
        "folder": folder,
        "folders": known,
        "shown": Paginator(rows.filter(folder=folder) if folder else rows, 50).get_page(
            request.GET.get("page")
        ),
        "shared_files": shared_files(organization, request.user),
        "shared_pages": shared_pages(organization, request.user),
        "pages": visible_to(MemberPage.objects.live().filter(organization=organization), request.user),
        "submits": submits,
        "form": form,
        "folder_form": FolderForm(finance=sees_finance(request.user, organization)),
    }
    return render(request, "ngo/files.html", context, status=400 if form.errors else 200)


def _added(request: HttpRequest, organization: Organization, form: FileForm) -> bool:
    said = form.cleaned_data
    try:
        document = add_document(
            file=said["file"],
            title=said["title"],
            uploaded_by=request.user,
            audience=Document.Audience.ORGANIZATION,
            organization=organization,
            district=organization.district,
            folder=said["folder"],
        )
    except RefusedFile as refusal:
        form.add_error("file", str(refusal))
        return False
    messages.success(request, _("The file «%(title)s» has been added.") % {"title": document.title})
    return True


@require_POST
def add_folder(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Make a folder."""
    organization = _submitted(request, organization_id)
    finance = sees_finance(request.user, organization)
    form = FolderForm(request.POST, finance=finance)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("ngo:files", organization.pk)
    try:
        folder = folders.add_folder(
            request.user,
            organization,
            form.cleaned_data["name"],
            finance=form.cleaned_data.get("finance", False),
        )
    except folders.RefusedFolder as refusal:
        messages.error(request, str(refusal))
        return redirect("ngo:files", organization.pk)
    messages.success(request, _("The folder «%(name)s» is there.") % {"name": folder.name})
    return redirect("ngo:folder", organization.pk, folder.pk)


@require_POST
def change_folder(request: HttpRequest, organization_id: int, folder_id: int) -> HttpResponse:
    """Rename a folder, or remove it when it is empty."""
    organization = _submitted(request, organization_id)
    folder = get_object_or_404(visible_to(organization.folders.all(), request.user), pk=folder_id)
    try:
        if "remove" in request.POST:
            folders.remove_folder(request.user, folder)
            messages.success(request, _("The folder «%(name)s» has been removed.") % {"name": folder.name})
            return redirect("ngo:files", organization.pk)
        form = FolderForm(request.POST, finance=False)
        if form.is_valid():
            folders.rename_folder(request.user, folder, form.cleaned_data["name"])
            messages.success(request, _("The folder has its new name."))
    except folders.RefusedFolder as refusal:
        messages.error(request, str(refusal))
    return redirect("ngo:folder", organization.pk, folder.pk)


@require_POST
def change_file(request: HttpRequest, organization_id: int, document_id: int) -> HttpResponse:
    """Move a file into another folder, or remove it."""
    organization = _submitted(request, organization_id)
    document = get_object_or_404(own_files(organization, request.user), pk=document_id)
    back = (
        ("ngo:folder", organization.pk, document.folder_id)
        if document.folder_id
        else ("ngo:files", organization.pk)
    )
    if "remove" in request.POST:
        title = document.title
        remove_document(document, request.user)
        messages.success(request, _("The file «%(title)s» has been removed.") % {"title": title})
        return redirect(*back)
    number = request.POST.get("folder", "")
    folder = _chosen(request, organization, int(number)) if number.isdecimal() else None
    folders.move_document(request.user, document, folder)
    messages.success(request, _("The file «%(title)s» has been moved.") % {"title": document.title})
    return redirect(*back)


def _submitted(request: HttpRequest, organization_id: int) -> Organization:
    organization = organization_for(request, organization_id)
    if not represents(request.user, organization):
        raise PermissionDenied
    return organization


@require_safe
def download(request: HttpRequest, organization_id: int, folder_id: int = 0) -> StreamingHttpResponse:
    """A folder, or all files, as one zip: only what this reader may read, and recorded file by file."""
    organization = organization_for(request, organization_id)
    folder = _chosen(request, organization, folder_id)
    own = own_files(organization, request.user)
    rows = list(own.filter(folder=folder) if folder else own)
    record(
        request.user, "folder.downloaded", folder or organization, organization=organization.pk,
        documents=[row.pk for row in rows],
    )  # fmt: skip
    name = f"{organization.name} - {folder.name}" if folder else organization.name
    response = StreamingHttpResponse(folders.zipped(rows), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.zip") or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
