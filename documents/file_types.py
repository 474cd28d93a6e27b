"""What a file is, by its content and not by its name."""

import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from documents.exceptions import RefusedFile
from documents.macros import TooDeepError, archive_holds_program, rtf_holds_object

MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 20_000
MAX_NAME = 200
_SAMPLE = 64 * 1024
#: Signs that turn the direction of a name round, so that `exe.pdf` is shown for what ends in `exe`. Not the ZWNJ.
_MISLEADING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken in."""

    suffix: str
    media_type: str


PDF = FileType(".pdf", "application/pdf")
DOCX = FileType(".docx", f"{_OFFICE}wordprocessingml.document")
XLSX = FileType(".xlsx", f"{_OFFICE}spreadsheetml.sheet")
PPTX = FileType(".pptx", f"{_OFFICE}presentationml.presentation")
ODT = FileType(".odt", "application/vnd.oasis.opendocument.text")
ZIP = FileType(".zip", "application/zip")
RTF = FileType(".rtf", "application/rtf")
TXT = FileType(".txt", "text/plain")
CSV = FileType(".csv", "text/csv")

_BY_SUFFIX = {kind.suffix: kind for kind in (PDF, DOCX, XLSX, PPTX, ODT, ZIP, RTF, TXT, CSV)}
_OFFICE_ROOTS = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
TEXT_ENCODINGS = ("utf-8-sig", "utf-16", "windows-1256")


def identify(file: IO[bytes], name: str) -> FileType:
    """Return what `file` is. Raises `RefusedFile` when it is empty, broken, dangerous, or not what `name` says.

    Reads from the start and leaves the file at its start.
    """
    refuse_odd_name(name)
    claimed = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if claimed is None:
        allowed = "، ".join(sorted(suffix[1:] for suffix in _BY_SUFFIX))
        raise RefusedFile(_("Files of this type are not taken. Send one of: %(types)s.") % {"types": allowed})
    try:
        file.seek(0)
        head = file.read(_SAMPLE)
        if not head:
            raise RefusedFile(_("The file is empty. Check it and send it again."))
        found = _identify_content(file, head, claimed)
    finally:
        file.seek(0)
    if found != claimed:
        raise RefusedFile(
            _("The file's name says %(claimed)s but its content is %(found)s. Send it with its right name.")
            % {"claimed": claimed.suffix[1:], "found": found.suffix[1:] if found else _("something else")}
        )
    return found


def _identify_content(file: IO[bytes], head: bytes, claimed: FileType) -> FileType | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"{\\rtf"):
        file.seek(0)
        if rtf_holds_object(file):
            raise RefusedFile(
                _("The file holds an object of another program. Save it without and send it again.")
            )
        return RTF
    if head.startswith(b"PK"):
        return _identify_archive(file)
    if claimed in (TXT, CSV) and decoded(head) is not None:
        return claimed
    return None


def decoded(data: bytes) -> str | None:
    """`data` as text in the first encoding that fits it, or None when it is not text."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    for encoding in TEXT_ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        for cut in range(4):  # a sample may end within a letter
            try:
                return data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _identify_archive(file: IO[bytes]) -> FileType:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_bomb(members)
            kind = _kind_of(archive, [member.filename for member in members])
            if archive_holds_program(archive, loose=kind == ZIP):
                raise RefusedFile(
                    _("The archive holds a program or a file with macros. Send the files without it.")
                    if kind == ZIP
                    else _("The file holds macros. Save it without macros and send it again.")
                )
            return kind
    except TooDeepError as error:
        raise RefusedFile(
            _("The file holds archives within archives. Send what is in them by itself.")
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise RefusedFile(_("The file is broken or cut short. Save it again and send it again.")) from error


def _kind_of(archive: zipfile.ZipFile, names: list[str]) -> FileType:
    if "mimetype" in names and archive.read("mimetype")[:100].decode("ascii", "replace") == ODT.media_type:
        return ODT
    if "[Content_Types].xml" in names:
        for root, kind in _OFFICE_ROOTS.items():
            if any(name.startswith(root) for name in names):
                return kind
    return ZIP


def refuse_odd_name(name: str) -> None:
    """Refuse a name that shows other than it is or that no system keeps. Raises `RefusedFile`."""
    if len(name) > MAX_NAME or any(
        letter in _MISLEADING or unicodedata.category(letter) in ("Cc", "Cs") for letter in name
    ):
        raise RefusedFile(
            _("The file's name is too long or holds hidden signs. Rename it and send it again.")
        )


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise RefusedFile(_("The file unpacks to far more than its size and is not taken."))
