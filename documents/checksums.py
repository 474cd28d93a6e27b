"""The checksum of a file that is sent, without keeping the file: not in memory, not on the disk."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST = 60 * 1024 * 1024
AROUND = 1024 * 1024  # what a form sends beside the file


def is_too_large(length: str) -> bool:
    """Whether a body of that `Content-Length` holds more than a file of `MOST`; of no more than that is ever read."""
    return length.isdecimal() and int(length) > MOST + AROUND


class Checksum(FileUploadHandler):
    """Leaves of each file its SHA-256, as the content of a file of 64 letters; "" of one that is too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.sum = hashlib.sha256()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= MOST:
            self.sum.update(raw_data)

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        found = self.sum.hexdigest() if self.size <= MOST else ""
        return SimpleUploadedFile(self.file_name or "file", found.encode(), "text/plain")
