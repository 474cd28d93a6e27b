"""What in a text looks as if the parser, or the typist, went wrong. Said to the editor; never blocks."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from documents.structure.provisions import ParsedText
from intranet.ui.numerals import localized, to_ascii

MOST = 8
_SERIAL = re.compile(r"_\d+$")
_ARTICLE = re.compile(r"(?:^|__)art_(\d+)$")
_MIRRORED = re.compile(r"(?:مصوب|سال|مورخ)\s*:?\s*([۰-۹0-9]{4})\b")


def _gaps(numbers: list[int]) -> list[str]:
    found = []
    for before, after in pairwise(numbers):
        if after > before + 1:
            missing = (
                localized(before + 1)
                if after == before + 2
                else f"{localized(before + 1)}…{localized(after - 1)}"
            )
            found.append(
                _("After article %(before)s comes article %(after)s: %(missing)s is missing.")
                % {"before": localized(before), "after": localized(after), "missing": missing}
            )
    return found


def doubts(source: str, parsed: ParsedText) -> list[str]:
    """Sentences for the editor, the most telling first; at most eight."""
    if not source.strip():
        return []
    if not parsed.provisions:
        return [_("No article was recognised. Each «ماده» must begin its own line.")]
    found = []
    eids = {provision.eid for provision in parsed.provisions}
    articles = [p for p in parsed.provisions if p.kind == "article"]
    for provision in parsed.provisions:
        base = _SERIAL.sub("", provision.eid)
        if base != provision.eid and base in eids and provision.kind in {"article", "proviso"}:
            word = (
                _("Article %(num)s occurs twice.")
                if provision.kind == "article"
                else _("Proviso %(num)s occurs twice.")
            )
            found.append(word % {"num": localized(provision.num)})
    main = [int(match[1]) for p in articles if (match := _ARTICLE.fullmatch(p.eid))]
    if main and main[0] != 1:
        found.append(_("The first article is number %(num)s.") % {"num": localized(main[0])})
    found += _gaps(main)
    with_children = {p.parent for p in parsed.provisions}
    found += [
        _("Article %(num)s has no text.") % {"num": localized(p.num)}
        for p in articles
        if not p.text and not p.heading and p.eid not in with_children
    ]
    if source.count("«") != source.count("»"):
        found.append(_("The quotation marks «…» do not match."))
    for year in _MIRRORED.findall(source):
        if not "1200" <= to_ascii(year) <= "1500" and "1200" <= to_ascii(year)[::-1] <= "1500":
            found.append(
                _("The year %(year)s may have been mirrored: is it %(other)s?")
                % {"year": year, "other": localized(to_ascii(year)[::-1])}
            )
    return found[:MOST]
