"""Programs within office files and archives, by whatever name they go there.

A file with macros is refused and not merely marked: nobody at the headquarters or in an organisation needs one to be
read, a mark is clicked away, and the sender is told at once how to send the same text without.
"""

import io
import re
import zipfile
from pathlib import PurePath
from typing import IO

_ENABLED = frozenset(
    f".{name}"
    for name in (
        "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "sldm", "bat", "cmd", "com",
        "exe", "dll", "scr", "msi", "lnk", "hta", "jar", "js", "jse", "vbs", "vbe", "wsf", "ps1", "sh",
    )
)  # fmt: skip
_ARCHIVES = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old office format, which holds macros out of sight
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_TYPES = re.compile(rb"macroEnabled|vbaProject|vbaData|intlmacrosheet|macrosheet", re.IGNORECASE)
_TEMPLATE = re.compile(rb"attachedTemplate[^>]*Target=\"(https?:|\\\\|//)", re.IGNORECASE)
_RTF = re.compile(rb"\\(objdata|objocx|objautlink|objupdate)", re.IGNORECASE)
_DEEPEST = 2  # archives within archives
_MOST = 100 * 1024 * 1024  # bytes read of the parts that are looked into


class TooDeepError(ValueError):
    """Archives within archives, or parts so large, that what they hold is not looked into."""


def archive_holds_program(archive: zipfile.ZipFile, *, loose: bool = False) -> bool:
    """Whether an office file holds macros, or an archive of files (`loose`) a program or a file with macros.

    Raises `TooDeepError`; errors of broken archives pass.
    """
    return _Search().found(archive, _DEEPEST, loose=loose)


def rtf_holds_object(file: IO[bytes]) -> bool:
    """Whether an RTF carries another program's object, which is how it carries macros. Reads on from where it is."""
    rest = b""
    while chunk := file.read(1024 * 1024):
        if _RTF.search(rest + chunk):
            return True
        rest = chunk[-20:]
    return False


class _Search:
    def __init__(self) -> None:
        self.left = _MOST

    def found(self, archive: zipfile.ZipFile, depth: int, *, loose: bool) -> bool:
        return any(self._in_member(archive, member, depth, loose=loose) for member in archive.infolist())

    def _in_member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int, *, loose: bool
    ) -> bool:
        name = member.filename.lower().replace("\\", "/")
        suffix = PurePath(name).suffix
        if _is_macro_part(name) or (loose and suffix in _ENABLED):
            return True
        if name == "[content_types].xml":
            return bool(_TYPES.search(self._read(archive, member)))
        if suffix == ".rels":
            return bool(_TEMPLATE.search(self._read(archive, member)))
        with archive.open(member) as part:
            head = part.read(8)
        if head.startswith(_OLE):
            return _VBA in self._read(archive, member)
        if head.startswith(b"PK\x03\x04") and (loose or suffix in _ARCHIVES):
            return self._in_archive(
                self._read(archive, member), depth, loose=suffix not in _ARCHIVES - {".zip"}
            )
        return False

    def _in_archive(self, content: bytes, depth: int, *, loose: bool) -> bool:
        if not depth:
            raise TooDeepError
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            return self.found(inner, depth - 1, loose=loose)

    def _read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        self.left -= member.file_size
        if self.left < 0:
            raise TooDeepError
        return archive.read(member)


def _is_macro_part(name: str) -> bool:
    """Whether a part of an office file holds a program: VBA, Excel 4 sheets, LibreOffice Basic or scripts."""
    return PurePath(name).name in ("vbaproject.bin", "vbadata.xml") or name.startswith(
        ("xl/macrosheets/", "basic/", "scripts/")
    )
