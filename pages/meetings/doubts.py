"""What in minutes looks as if the parser, or the typist, went wrong. Said to the editor; never blocks."""

from django.utils.translation import gettext as _

from documents.structure.doubts import Doubt
from intranet.ui.numerals import localized


def sentence(doubt: Doubt) -> str:
    """The doubt as a sentence, without its line."""
    messages = {
        "no_body": _("No body was recognised. Choose who met."),
        "body_unknown": _("The body «%(name)s» is not known here. Choose it, or add it first."),
        "no_date": _("No day of the meeting was recognised."),
        "no_attendance": _("Nobody was recognised as present."),
        "no_decisions": _("No decision was recognised."),
        "hours": _("The meeting seems to end before it begins."),
        "decision_gap": _("After decision %(before)s comes decision %(after)s."),
        "decision_repeat": _("Decision %(num)s occurs twice: the second was given another number."),
        "votes": _("%(votes)s votes were counted, but %(present)s people are in the list."),
        "mirrored_text": _("The file held its numbers mirrored; they were turned round. Check them."),
        "reversed_text": _("The file held its letters in reverse; they were turned round. Check them."),
    }
    return messages[doubt.code] % {name: localized(value) for name, value in doubt.values.items()}


def located(doubt: Doubt) -> str:
    """The doubt as a sentence, with its line where it is of one."""
    if doubt.line <= 1:
        return sentence(doubt)
    return _("%(doubt)s (line %(line)s)") % {"doubt": sentence(doubt), "line": localized(doubt.line)}
