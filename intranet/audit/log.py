"""The handler that writes the record's lines of JSON."""

import logging
import os
import sys
from pathlib import Path


class LineHandler(logging.Handler):
    """Adds each line with one write, so that those of several processes stay whole; `-` is standard error."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line. The file may be moved away at any time: it is opened anew for each."""
        try:
            line = self.format(record) + "\n"
            if self.path == "-":
                sys.stderr.write(line)
                return
            file = Path(self.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)
        except OSError:
            self.handleError(record)
