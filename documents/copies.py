"""Official copies: each text is set once, in the background, gets a code, is signed, and is kept.

A copy is known by the checksum of everything that is on its sheets, kept in DATA_DIR/pdf. What the sheets say anew is a
new copy; the file it replaces is removed, its row stays, so that an old sheet of paper can still be asked about.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from wagtail.models import Page

from documents import pdf, signing
from documents.codes import new_code
from documents.models import OfficialCopy
from documents.qr import drawing_of
from intranet.access.queries import audience_of
from intranet.audit.actions import record
from intranet.outbox.actions import publish, publish_many
from intranet.outbox.locks import alone
from intranet.outbox.models import Row

WANTED = "pdf.wanted"
ASKED = "pdf.asked"  # the same, by somebody who waits: not behind all that was published before
State = OfficialCopy.State


@dataclass(frozen=True)
class Wanted:
    """A text that can be had on paper, and the checksum of what is on its sheets."""

    page: Page
    letter: pdf.Letter
    digest: str

    @property
    def path(self) -> Path:
        """Where its file is, once it is made."""
        return folder_of(self.page.pk) / f"{self.digest[:32]}.pdf"

    @property
    def copy(self) -> OfficialCopy | None:
        """Its copy, made or not."""
        rows = OfficialCopy.objects.filter(page_id=self.page.pk, digest=self.digest)
        return rows.exclude(state=State.GONE).first()


def folder_of(page_id: int) -> Path:
    """Where the PDFs of a page are kept."""
    return Path(settings.DATA_DIR) / "pdf" / str(page_id)


def wanted(page: Page, edition: str = "") -> Wanted | None:
    """The text of `page` as it is published, or an `edition` of it; None when there is none to be printed."""
    letter = pdf.letter_of(page, edition)
    if letter is None:
        return None
    return Wanted(page, letter, hashlib.sha256(pdf.sheet(letter).encode()).hexdigest())


def ask(text: Wanted) -> OfficialCopy:
    """Have the copy of `text` made, once, and again when its file is lost; returns it as it stands."""
    copy = text.copy
    if copy is not None and copy.state == State.READY and text.path.exists():
        return copy
    key = _key(text.page.pk, text.letter.key)
    with transaction.atomic():
        if copy is None:
            copy, _is_new = _reserve(text)
        if not Row.objects.filter(topic=ASKED, key=key).exists():
            publish(ASKED, key)
    return copy


def _reserve(text: Wanted) -> tuple[OfficialCopy, bool]:
    """The row of the copy, and whether it is new; two who ask at once get the same."""
    try:
        with transaction.atomic():
            copy = OfficialCopy.objects.create(
                code=new_code(), page_id=text.page.pk, edition=text.letter.key, digest=text.digest
            )
    except IntegrityError:
        found = text.copy
        if found is None:
            raise
        return found, False
    return copy, True


def make(text: Wanted) -> OfficialCopy:
    """The copy of `text`, made now unless it is there. For the worker: it takes seconds, one at a time."""
    with alone("official-copies", wait=True), translation.override(text.letter.language):
        return _make(text)


def _make(text: Wanted) -> OfficialCopy:
    copy = text.copy
    if copy is not None and copy.state == State.READY:
        if text.path.exists():
            _remove_replaced(text, copy)  # what was asked for meanwhile and is not said any more
            return copy
        # Its file is lost; another would have another checksum, so it is another copy.
        OfficialCopy.objects.filter(pk=copy.pk).update(state=State.GONE)
    copy, _is_new = _reserve(text)
    OfficialCopy.objects.filter(pk=copy.pk).update(state=State.MAKING, pages=0)
    try:
        content, copy.signed_by = signing.sign(_set(text, copy))
    except Exception:
        OfficialCopy.objects.filter(pk=copy.pk).update(state=State.FAILED)
        raise
    _keep(text.path, content)
    copy.sha256, copy.made_at, copy.state = hashlib.sha256(content).hexdigest(), timezone.now(), State.READY
    with transaction.atomic():
        copy.save(update_fields=["sha256", "made_at", "state", "signed_by"])
        record(None, "copy.made", text.page, code=copy.code, edition=copy.edition, sha256=copy.sha256)
    _remove_replaced(text, copy)
    return copy


def _set(text: Wanted, copy: OfficialCopy) -> bytes:
    from documents.typesetting import typeset  # WeasyPrint takes a second to load

    def progress(pages: int) -> None:
        if pages < 10 or not pages % 5:
            OfficialCopy.objects.filter(pk=copy.pk).update(pages=pages)

    return typeset(
        pdf.sheet(text.letter, code=copy.code),
        drawings={"own:code": drawing_of(pdf.address_of_code(copy.code))},
        attached=text.letter.attached(),
        progress=progress,
    )


def _keep(path: Path, content: bytes) -> None:
    """Write the file in one step, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).replace(path)


def _remove_replaced(text: Wanted, copy: OfficialCopy) -> None:
    """Remove the files of the same edition that said something else; their rows stay."""
    same = OfficialCopy.objects.filter(page_id=copy.page_id, edition=copy.edition).exclude(state=State.GONE)
    for other in same.exclude(digest=copy.digest):
        (text.path.parent / f"{other.digest[:32]}.pdf").unlink(missing_ok=True)
        OfficialCopy.objects.filter(pk=other.pk).update(state=State.GONE)


def draft_pdf(page: Page) -> bytes | None:
    """The PDF of a draft, with «پیش‌نویس» across every sheet; made each time, without a code, kept nowhere."""
    from documents.typesetting import typeset

    letter = pdf.letter_of_draft(page)
    return typeset(pdf.sheet(letter, draft=True)) if letter else None


# --- in the background -------------------------------------------------------------------------------------------


def _key(page_id: int, edition: str) -> str:
    return f"page:{page_id}:{edition}" if edition else f"page:{page_id}"


def queue(rows: Sequence[Row]) -> None:
    """Leave the making of PDFs to a consumer of its own, so that whoever waits for a change waits for no PDF."""
    keys = {row.key for row in rows if row.key.startswith("page:")}
    models_of_pages = Page.objects.filter(pk__in=[key.partition(":")[2] for key in keys])
    printed = {
        f"page:{page.pk}" for page in models_of_pages.only("content_type") if pdf.has_pdf(page.specific_class)
    }
    gone = {key for key in keys if folder_of(int(key.partition(":")[2])).exists()}
    publish_many(WANTED, sorted(printed | gone))


def make_waiting(rows: Sequence[Row]) -> None:
    """Make the PDFs that `rows` name; remove those of pages that nobody may read any more."""
    for key in {row.key for row in rows if row.key.startswith("page:")}:
        _page, page_id, *rest = key.split(":", 2)
        with alone(
            "official-copies", wait=True
        ):  # the page is read after the wait: it may have changed meanwhile
            _bring_up_to_date(int(page_id), *rest)


def _bring_up_to_date(page_id: int, *edition: str) -> None:
    page = Page.objects.filter(pk=page_id, live=True).first()
    specific = page.specific if page else None
    if specific is None or audience_of(specific) is None:
        _remove_all(page_id)
    elif text := wanted(specific, *edition):
        make(text)
    elif not edition:
        _remove_all(page_id)


def _remove_all(page_id: int) -> None:
    shutil.rmtree(folder_of(page_id), ignore_errors=True)
    OfficialCopy.objects.filter(page_id=page_id).update(state=State.GONE)
