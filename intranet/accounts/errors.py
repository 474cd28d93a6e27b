"""What the acts of this room raise."""


class Refused(Exception):  # noqa: N818 - it is what a person reads
    """An act was not done; the message says why, in the reader's language."""
