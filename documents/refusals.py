"""Why the text of an official file cannot be read, in words for who sent it."""

from pathlib import Path

from django.utils.translation import gettext as _

from documents.official import RefusedFile, UnreadableText, read_official
from documents.structure.drafts import Draft


class Unreceivable(Exception):  # noqa: N818 - it reads as what it is
    """A file that cannot be taken in; the message says why and what to do, in the reader's language."""


def why_unreadable(error: UnreadableText) -> str:
    """The reason of `error` as a sentence that says what to do."""
    reasons = {
        "empty": _("The file is empty."),
        "encoding": _("The file is no text in UTF-8, UTF-16 or Windows-1256. Save it again as UTF-8."),
        "broken": _("The file is broken or cut short, or takes too long to read. Save it again."),
        "locked": _("The PDF is locked with a password. Unlock it first."),
        "scanned": _("There is no text in the PDF: its pages are pictures. Have it recognised (OCR) first."),
        "old_word": _("The file is of an old or another kind of Word. Save it as .docx."),
        "large": _("The file is too large."),
    }
    return reasons.get(error.reason, reasons["broken"])


def draft_of(path: Path) -> Draft:
    """The file's text, told by its content. Raises `Unreceivable`."""
    try:
        return read_official(path)
    except UnreadableText as error:
        raise Unreceivable(why_unreadable(error)) from error
    except RefusedFile as error:
        raise Unreceivable(str(error.message)) from error
    except OSError as error:
        raise Unreceivable(_("The file cannot be opened.")) from error
