"""The words that some readers may see and others may not: one for each object of the scene, and who may meet it.

Written by hand from the matrix of roles, like the table: the rule of visibility is not asked here.
"""

from types import SimpleNamespace

from tests.doors.readers import READERS

# Readers who meet the word, in the order of `READERS`: `+` may, `.` may not.
NGO_PRIVATE = ". +. +. +. ... ++."
NGO_PRIVATE_LIVE_ONLY = NGO_PRIVATE
STAFF = ". .. .. .. +++ ++."
SIGNED_IN = ". ++ ++ ++ +++ +++"
DRAFT = ". .. .. .. +++ ++."
DISTRICT_DRAFT = ". .. .. +. +++ ++."
CLOSED_SESSION = ". .. .. +. +++ ++."
COUNCIL_ONLY = ". .. .. .. ..+ ..."


def allowed(row):
    """The names of the readers whom `row` lets meet the word."""
    letters = row.replace(" ", "")
    return {reader for reader, letter in zip(READERS, letters, strict=True) if letter == "+"}


def word(number):
    """A canary: Latin letters, so that it stands alike in HTML, JSON, addresses and headers."""
    return f"zqcanary{number:02d}zq"


def plant(scene):
    """Give each object of the scene a word of its own in every text it has; [(what, word, readers who may)]."""
    planted = []

    def one(what, row):
        made = word(len(planted) + 1)
        planted.append(SimpleNamespace(what=what, word=made, readers=allowed(row)))
        return made

    _plant_page(scene.member, one("member page", NGO_PRIVATE))
    _plant_page(scene.withdrawn_member, one("withdrawn member page", NGO_PRIVATE))
    _plant_page(scene.closed_meeting, one("closed meeting", CLOSED_SESSION))
    _plant_page(scene.draft, one("draft bylaw", DRAFT))
    _plant_page(scene.district_draft, one("district's draft", DISTRICT_DRAFT))
    _plant_page(scene.quiet_memorandum, one("memorandum that is not public", SIGNED_IN))
    _plant_page(scene.login_page, one("page for those who sign in", SIGNED_IN))
    _plant_file(scene.private_file, one("private file", NGO_PRIVATE))
    _plant_file(scene.staff_file, one("staff file", STAFF))
    _plant_file(scene.inner_file, one("inner file", SIGNED_IN))
    scene.private_image.title = one("private picture", NGO_PRIVATE)
    scene.private_image.save()
    return planted


def _plant_page(page, made):
    page = page.specific
    live = page.live
    page.title = page.draft_title = f"{page.title} {made}"
    page.slug = f"{page.slug}-{made}"
    page.summary = f"{made} {page.summary}"
    if hasattr(page, "body") and isinstance(page.body, str):
        page.body = f"<p>{made}</p>"
    page.save()
    revision = page.save_revision()
    if live:
        revision.publish(skip_permission_checks=True)


def _plant_file(document, made):
    document.title = f"{document.title} {made}"
    document.original_name = f"{made}.txt"
    document.text = f"{document.text} {made}"
    document.save()
