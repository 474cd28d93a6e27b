"""The rows that a page of results has by the hundred: written here, since templates take twenty times as long.

Everything that is not markup of ours goes through `escape`, which a template uses too.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, pgettext_lazy

from intranet.ui.numerals import localized, reads_persian, to_ascii, to_persian
from intranet.ui.templatetags.design import icon
from intranet.ui.templatetags.persian import jalali, number
from search.addresses import Link
from search.hits import Hit

register = template.Library()
_ENDED = {"repealed": _lazy("Repealed"), "withdrawn": pgettext_lazy("status of text", "Withdrawn")}
_CURRENT = ' aria-current="true"'


def _joined(rows: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(rows))  # noqa: S308 - every row is made here, of escaped words


@register.simple_tag
def found_for(total: int, text: str) -> SafeString:
    """How many texts were found for what, as the page's title says it."""
    words = ngettext("%(shown)s result for “%(text)s”", "%(shown)s results for “%(text)s”", total)
    return mark_safe(escape(words % {"shown": localized(total), "text": text}))  # noqa: S308 - escaped here


@register.simple_tag
def choice_rows(choices: Iterable[Link]) -> SafeString:
    """The values of a facet, each a link that chooses it or takes it back."""
    texts, check, digits = escape(_("texts")), icon("check"), to_persian if reads_persian() else to_ascii
    back = f' <span class="visually-hidden">({escape(_("chosen; remove"))})</span>'

    def row(each: Link) -> str:
        label = escape(each.label)
        current, shown = (_CURRENT, f"{check}{label}{back}") if each.chosen else ("", label)
        return (
            f'<li><a href="{escape(each.address)}" rel="nofollow"{current}><span>{shown}</span>'
            f'<span class="facet__count">{digits(each.count)}'
            f'<span class="visually-hidden"> {texts}</span></span></a></li>'
        )

    return _joined(map(row, choices))


@register.simple_tag
def histogram_bars(bars: Iterable[Link]) -> SafeString:
    """A bar for each year; a year without a text keeps its place."""

    def bar(each: Link) -> str:
        if not (each.count or each.chosen):
            return "<li></li>"
        shown, label = localized(each.count), escape(each.label)
        words = ngettext("%(shown)s text", "%(shown)s texts", each.count) % {"shown": shown}
        current = _CURRENT if each.chosen else ""
        return (
            f'<li><a class="histogram__bar histogram__bar--{each.level}" href="{escape(each.address)}" rel="nofollow"'
            f' title="{label}: {shown}"{current}>'
            f'<span class="visually-hidden">{label}: {escape(words)}</span></a></li>'
        )

    return _joined(map(bar, bars))


@register.simple_tag
def hit_link(hit: Hit) -> SafeString:
    """The hit's title, a link to the passage that was found."""
    passage = f' <span class="hit__passage">· {hit.marked_passage_title}</span>' if hit.is_passage else ""
    return mark_safe(f'<a href="{escape(hit.url)}">{hit.marked_title}{passage}</a>')  # noqa: S308 - escaped above


@register.simple_tag
def hit_facts(hit: Hit) -> SafeString:
    """What a hit is: its kind, status, day, district and numbers."""
    facts = [f'<span class="badge badge--plain">{escape(hit.kind_label)}</span>']
    if hit.status in _ENDED:
        facts.append(f'<span class="badge badge--bad">{escape(str(_ENDED[hit.status]))}</span>')
    if hit.day:
        facts.append(f"<span>{icon('calendar')}{jalali(hit.day)}</span>")
    if hit.district:
        district = _("District %(number)s") % {"number": localized(hit.district)}
        facts.append(f"<span>{icon('map')}{escape(district)}</span>")
    facts += [f"<span>{icon('tag')}{number(printed)}</span>" for printed in hit.numbers]
    return _joined(facts)


@register.simple_tag
def place_rows(places: Iterable[Hit], *, snippets: bool = True) -> SafeString:
    """The other passages of an object, each a link to its own address, with its snippet if wanted."""

    def row(place: Hit) -> str:
        snippet = f' <span class="hit__place">{place.snippet}</span>' if snippets and place.pieces else ""
        return f'<li><a href="{escape(place.url)}">{place.marked_passage_title}</a>{snippet}</li>'

    return _joined(map(row, places))
