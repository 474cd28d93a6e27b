"""The organisations' own areas: letters, folders, what is shared with them, what they wrote to the headquarters."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions import add_document
from documents.models import Document, Folder
from intranet.access.actions import rederive
from intranet.accounts.models import User
from intranet.demonstration.files import as_text, as_word
from intranet.demonstration.manifest import Manifest
from intranet.demonstration.texts import day, table
from organizations.models import District, Organization, Person, Representative, Share
from organizations.sharing import uid_fields
from pages.threads import actions
from pages.threads.models import Thread


def build_area(manifest: Manifest) -> None:
    """What makes each screen of an organisation's area alive."""
    area = table("area")
    for row in area["letter"]:
        _letter(manifest, row)
    for row in area["folder"]:
        _folder(manifest, row)
    for row in area["shared"]:
        _shared(manifest, row)
    for row in area["thread"]:
        _thread(manifest, row)


def _organization(slug: str) -> Organization | None:
    name = next(ngo["name"] for ngo in table("members")["member"] if ngo["slug"] == slug)
    return Organization.objects.filter(name=name).first()


def _user(name: str) -> User | None:
    return User.objects.filter(username=name).first()


def _letter(manifest: Manifest, row: dict[str, Any]) -> None:
    organization = _organization(row["organization"])
    if "account" in row:
        person = Person.objects.filter(user__username=row["account"]).first()
    else:
        people = Person.objects.filter(name=row["name"])
        person = manifest.make(f"person:{row['name']}", people, Person.objects.create, name=row["name"])
    if organization is None or person is None:
        return
    manifest.make(
        f"letter:{row['number']}",
        Representative.objects.filter(person=person, organization=organization, leads=False),
        Representative.objects.create,
        person=person,
        organization=organization,
        leads=False,
        can_submit="submit" in row["scopes"],
        can_sign="sign" in row["scopes"],
        sees_finance="finance" in row["scopes"],
        letter_number=row["number"],
        letter_date=day(row["date"]),
        valid_to=day(row["until"]),
        state=row["state"],
        made_by=_user(row["by"]),
        decided_by=_user("staff") if row["state"] == "approved" else None,
        invite_to=row.get("email", ""),
    )


def _folder(manifest: Manifest, row: dict[str, Any]) -> None:
    organization = _organization(row["organization"])
    if organization is None:
        return
    folder = manifest.make(
        f"folder:{row['organization']}:{row['name']}",
        Folder.objects.filter(organization=organization, name=row["name"]),
        Folder.objects.create,
        organization=organization,
        name=row["name"],
        finance=row.get("finance", False),
    )
    for title in row["files"] if folder else ():
        manifest.make(
            f"file:{row['organization']}:{title}",
            Document.objects.filter(title=title, organization=organization),
            _added,
            f"{title}.txt",
            as_text(title, [f"سازمان: {organization.name}", row["text"]]),
            title=title,
            uploaded_by=_user(row["by"]),
            audience=Document.Audience.ORGANIZATION,
            organization=organization,
            district=organization.district,
            folder=folder,
        )


def _shared(manifest: Manifest, row: dict[str, Any]) -> None:
    document = manifest.make(
        f"file:{row['title']}",
        Document.objects.filter(title=row["title"]),
        _added,
        f"{row['title']}.docx",
        as_word(row["title"], row["lines"]),
        title=row["title"],
        uploaded_by=_user("staff"),
        audience=Document.Audience.STAFF,
    )
    if document is None:
        return
    with_whom: list[tuple[str, Any]] = [
        ("organization", _organization(slug)) for slug in row["organizations"]
    ]
    with_whom += [("district", District.objects.filter(number=n).first()) for n in row["districts"]]
    for kind, one in with_whom:
        if one is not None:
            what = {**uid_fields(document), kind: one}
            manifest.make(
                f"share:{row['title']}:{one}",
                Share.objects.filter(**what),
                Share.objects.create,
                **what,
                made_by=_user("staff"),
            )
    rederive(document)


def _thread(manifest: Manifest, row: dict[str, Any]) -> None:
    organization, author = _organization(row["organization"]), _user(row["by"])
    if organization is None or author is None:
        return
    manifest.make(
        f"thread:{row['subject']}",
        Thread.objects.filter(organization=organization, subject=row["subject"]),
        _written,
        author,
        organization,
        row,
    )


def _written(author: User, organization: Organization, row: dict[str, Any]) -> Thread:
    thread = actions.open_thread(
        author, organization, subject=row["subject"], body=row["body"], official=row.get("official", False)
    )
    staff = _user("staff")
    if row.get("answer") and staff is not None:
        actions.reply(staff, thread.pk, row["answer"])
    if row.get("closed"):
        actions.close(author, thread.pk)
    thread.refresh_from_db()
    return thread


def _added(name: str, content: bytes, **particulars: Any) -> Document:
    return add_document(file=SimpleUploadedFile(name, content), **particulars)
