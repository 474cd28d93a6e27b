"""Tags of the design system: icons, addresses with one changed parameter, initials."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, cast
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.template.base import Parser, Template, Token
from django.template.context import Context, RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from intranet.ui.icons import FLIPPED, ICONS

register = template.Library()
_CURRENT = ' aria-current="page"'


class FixedNode(template.Node):
    """What depends on the language alone, rendered once a language and process.

    It is rendered without sight of the request or of any variable, so that nothing of one reader's can stay in it.
    """

    child_nodelists = ()  # no blocks stand in it, so that nobody looks for them at every rendering

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.rendered: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The part in the active language."""
        language = get_language() or ""
        if language not in self.rendered:
            blind = Context()
            with blind.bind_template(cast("Template", context.template)):
                self.rendered[language] = self.nodelist.render(blind)
        return self.rendered[language]


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """`{% fixed %}…{% endfixed %}`: icons, static files, translated words; no variables."""
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; with a label it stands for a word, without one it is decoration."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constant
    flips = " icon--flips" if name in FLIPPED else ""
    if label:
        return format_html(
            '<svg class="icon{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            flips,
            label,
            drawing,
        )
    return format_html('<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', flips, drawing)


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: object) -> str:
    """Return the page's query string with some parameters set, or removed by an empty value."""
    request = context.get("request")
    query: dict[str, Any] = dict(request.GET.lists()) if request else {}
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = [str(value)]
    return "?" + urlencode(query, doseq=True)


@register.simple_tag
def menu_links(
    items: Iterable[Mapping[str, object]], *, rows: bool = True, mark_active: bool = False
) -> SafeString:
    """A link for each item of a menu (dicts of title, url, active), as rows of a list or side by side.

    The head and the foot of every page have them: a template takes ten times as long.
    """
    begin, end = ("<li>", "</li>") if rows else ("", "")
    links = (
        f'{begin}<a href="{escape(str(each["url"]))}"{_CURRENT if mark_active and each["active"] else ""}>'
        f"{escape(str(each['title']))}</a>{end}"
        for each in items
    )
    return mark_safe("".join(links))  # noqa: S308 - every word of it is escaped here


@register.filter
def initials(name: object) -> str:
    """Return one or two letters that stand for a person or an organisation in an avatar."""
    words = str(name).split()
    return "\u200c".join(word[0] for word in words[:2]) if words else "؟"


@register.filter
def page_range(page: Page) -> list[int | str]:
    """Return the page numbers to offer, with "…" where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
