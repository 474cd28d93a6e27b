"""What the actions of this room raise."""


class Refused(Exception):  # noqa: N818  (it is what a person reads)
    """An act that is not allowed, or not yet: the message says why."""
