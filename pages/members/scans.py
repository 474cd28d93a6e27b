"""The scan of a letter of appointment: a private file of its organisation."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions import add_document
from documents.models import Document
from organizations.models import Representative
from pages.members.models import LetterScan


def add_scan(file: Callable[[], Representative], scan: UploadedFile | None, actor: Any) -> Representative:
    """File a letter and keep its scan, both or neither. Raises what `file` raises, and `RefusedFile`."""
    with transaction.atomic():
        mandate = file()
        if scan is not None:
            document = add_document(
                file=scan,
                title=_("Letter of appointment %(number)s") % {"number": mandate.letter_number},
                uploaded_by=actor,
                audience=Document.Audience.ORGANIZATION,
                organization=mandate.organization,
                district=mandate.organization.district,
            )
            LetterScan.objects.create(mandate=mandate, document=document)
    return mandate
