"""What in a text looks as if the parser, or the typist, went wrong. Said to the editor; never blocks."""

from django.utils.translation import gettext as _

from documents.structure.doubts import Doubt
from documents.structure.provisions import ParsedText
from intranet.ui.numerals import localized

MOST = 8
#: The most telling first; those of one weight by their lines.
_WEIGHTS = {"no_articles": 0, "repeat": 1, "back": 1, "first": 2, "gap": 2, "restart": 3, "citation": 3}


def _missing(before: int, after: int) -> str:
    first, last = localized(before + 1), localized(after - 1)
    return first if first == last else f"{first}…{last}"


def sentence(doubt: Doubt) -> str:
    """The doubt as a sentence, without its line."""
    values = {key: localized(value) for key, value in doubt.values.items()}
    if doubt.code in {"gap", "proviso_gap", "item_gap"}:
        values["missing"] = _missing(doubt.values["before"], doubt.values["after"])
    messages = {
        "no_articles": _("No article was recognised. Each «ماده» must begin its own line."),
        "repeat": _("Article %(num)s occurs twice."),
        "back": _("Article %(num)s stands after article %(before)s."),
        "first": _("The first article is number %(num)s."),
        "gap": _("After article %(before)s comes article %(after)s: %(missing)s is missing."),
        "restart": _("After article %(before)s the numbers begin again: an annex was supposed here."),
        "citation": _("A line begins with article %(num)s but was read as text: is it a citation?"),
        "mirrored_number": _("Article %(num)s stands where %(other)s is due: its digits may be mirrored."),
        "empty": _("Article %(num)s has no text."),
        "container_gap": _("The heading number %(num)s does not follow the one before it."),
        "container_repeat": _("The heading number %(num)s occurs twice."),
        "proviso_repeat": _("Proviso %(num)s occurs twice."),
        "proviso_gap": _("Proviso %(missing)s is missing before proviso %(after)s."),
        "item_gap": _("Clause %(missing)s is missing before clause %(after)s."),
        "quotes": _("The quotation marks «…» do not match."),
        "mirrored_year": _("The year %(year)s may have been mirrored: is it %(other)s?"),
        "mirrored_text": _("The file held its numbers mirrored; they were turned round. Check them."),
        "reversed_text": _("The file held its letters in reverse; they were turned round. Check them."),
        "lost_letters": _("Some letters were lost before the text came here."),
        "no_title": _("No title was recognised: the file's name stands in its place."),
    }
    return messages[doubt.code] % values


def located(doubt: Doubt) -> str:
    """The doubt as a sentence with its line."""
    return _("%(doubt)s (line %(line)s)") % {"doubt": sentence(doubt), "line": localized(doubt.line)}


def doubts(source: str, parsed: ParsedText) -> list[str]:
    """Sentences for the editor, the most telling first; at most eight."""
    if not source.strip():
        return []
    found = sorted(parsed.doubts, key=lambda doubt: (_WEIGHTS.get(doubt.code, 5), doubt.line))
    return [located(doubt) for doubt in found[:MOST]]
