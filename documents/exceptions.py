"""What can be wrong with a file, in words for the person who sent it."""

from django.utils.functional import Promise


class RefusedFile(ValueError):  # noqa: N818 - it reads as what it is
    """A file that is not taken in; `message` says why and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message
