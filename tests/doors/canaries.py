"""The words that some readers may see and others may not: one of each object of the scene, and who meets it.

Written by hand from the matrix of roles, like the table: the rule of visibility is not asked here.

One letter a reader, in the order of `READERS`: `+` meets it somewhere (else the crawl looks in the wrong places),
`o` may meet it and need not, `.` never meets it.
"""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile

from tests.doors.readers import READERS

SIGNED_IN = ". ++ ++ ++ +++ +++"
INSTITUTION = ". .. .. .. +++ ++."  # editors, reviewers, council members, HQ staff, auditors
OF_THE_DISTRICT = ". .. .. +. +++ ++."
DRAFT = ". .. .. .. +oo ++."  # reviewers and council members are led to what waits for them alone
DISTRICT_DRAFT = ". .. .. +. +oo ++."
SUBMITTED = ". .. .. .. ++o ++."
COUNCIL = ". .. .. .. oo+ oo."  # as it is published; its draft is for those who see drafts
NGO = ". +. +. +. ... ++."  # its people, its district's secretary, HQ staff, auditors
NGO_WITHDRAWN = ". o. o. o. ... +o."  # nobody is led to it any more
SIDES = ". +. +. .. ... ++."  # of a thread
HEADQUARTERS = ". .. .. .. ... ++."
PARTIES = ". +. +. +. +++ ++."  # of a memorandum, its district's secretary, and the offices that follow it
SHARED = ". +. +. .. +++ ++."  # a file of the institution, shared with one organisation
LETTER = ". .. o. .. ... oo."
KNOCK = ". .. .. .. ... +o."
OPENING = ". o. o. o. ... ooo"  # and the record of it is for auditors and administrators
PROPOSAL = ". .. .. .. ... .++"
ACCOUNT = ". .. .. .. ... ooo"
NOBODY = ". .. .. .. ... ..."  # the owner alone, who is none of the readers


def made_up(about):
    """A word of Latin letters that is no other's, nor nearly: search would put it right."""
    digest = hashlib.sha256(about.encode()).hexdigest()[:12]
    return "q" + digest.translate(str.maketrans("0123456789", "ghijklmnop"))


@dataclass(frozen=True)
class Canary:
    """`word` stands in every text of an object, `name` in its address or its file's name; `row` says who meets them."""

    what: str
    word: str
    name: str
    row: str

    def letter(self, reader):
        return self.row.replace(" ", "")[READERS.index(reader)]

    def met_in(self, answer, path=""):
        """Whether `answer` says more of it than who asked at `path` said himself."""
        return any(word in answer.text and word not in path for word in (self.word, self.name))


PAGES = {
    "member": NGO,
    "withdrawn_member": NGO_WITHDRAWN,
    "closed_meeting": OF_THE_DISTRICT,
    "draft": DRAFT,
    "district_draft": DISTRICT_DRAFT,
    "submitted": SUBMITTED,
    "quiet_memorandum": SIGNED_IN,
    "login_page": SIGNED_IN,
    "group_page": COUNCIL,
}
FILES = {
    "inner_file": SIGNED_IN,
    "staff_file": INSTITUTION,
    "shared_file": SHARED,
    "private_file": NGO,
    "finance_file": HEADQUARTERS,
}
# The object of the scene, its field, and who meets what is in it.
TEXTS = (
    ("thread", "subject", SIDES),
    ("message", "body", SIDES),
    ("hidden_message", "body", HEADQUARTERS),
    ("below_hidden", "body", HEADQUARTERS),
    ("quietly_owed", "words", PARTIES),
    ("folder", "name", NGO),
    ("finance_folder", "name", HEADQUARTERS),
    ("named_letter", "invite_to", LETTER),
    ("knock", "message", KNOCK),
    ("opening", "reason", OPENING),
    ("proposal", "reason", PROPOSAL),
    ("invitation_user", "last_name", ACCOUNT),
    ("token", "name", NOBODY),
)


def leaks(canaries, reader, answer, path):
    """What `answer` to `reader` at `path` says of what is not his, in sentences."""
    return [
        f"{reader} meets «{canary.what}» at {path} ({answer.status})"
        for canary in canaries
        if canary.letter(reader) == "." and canary.met_in(answer, path)
    ]


def plant(scene):
    """Give each object of the scene words of its own in every text it has; the canaries."""
    planted = []

    def one(what, row):
        planted.append(Canary(what, made_up(what), made_up(f"{what}, its name"), row))
        return planted[-1]

    for what, row in PAGES.items():
        _plant_page(getattr(scene, what), one(what, row))
    for what, row in FILES.items():
        _plant_file(getattr(scene, what), one(what, row))
    _plant_file(scene.attachment.document, one("attachment", SIDES))
    _plant_file(scene.hidden_attachment.document, one("hidden attachment", HEADQUARTERS))
    for what, field, row in TEXTS:
        made, obj = one(what, row), getattr(scene, what)
        obj.refresh_from_db()
        setattr(obj, field, f"{getattr(obj, field)} {made.word}"[-200:])
        obj.save(update_fields=[field])
    image = one("private picture", NOBODY)  # no page shows the title of a picture that nothing uses
    scene.private_image.title = image.word
    scene.private_image.save()
    return planted


def _plant_page(page, made):
    page.refresh_from_db()
    page.title = page.draft_title = f"{page.title} {made.word}"
    page.slug = f"{page.slug}-{made.name}"
    for field in ("summary", "subject", "theme", "place", "contact", "aims", "erratum"):
        if hasattr(page, field):
            setattr(page, field, made.word)
    if hasattr(page, "source"):
        page.source = f"{page.source}\n\n{made.word}"
    elif isinstance(getattr(page, "body", None), str):
        page.body = f"<p>{made.word}</p>"
    page.save()
    revision = page.latest_revision  # the draft that the workflow reads, and what history shows
    revision.content = page.serializable_data()
    revision.object_str = str(page)
    revision.save()
    page.refresh_from_db()


def _plant_file(document, made):
    document.refresh_from_db()
    document.title = f"{document.title} {made.word}"
    document.file.save(f"{made.name}.txt", ContentFile(f"متن {made.word}".encode()), save=False)
    document._set_document_file_metadata()
    document.text = f"متن {made.word}"
    document.save()
    document.file.close()
