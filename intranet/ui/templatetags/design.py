"""Tags of the design system: icons, addresses with one changed parameter, initials."""

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from intranet.ui.icons import FLIPPED, ICONS

register = template.Library()


@register.simple_tag
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
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.filter
def initials(name: object) -> str:
    """Return one or two letters that stand for a person or an organisation in an avatar."""
    words = str(name).split()
    return "\u200c".join(word[0] for word in words[:2]) if words else "؟"


@register.filter
def page_range(page: Page) -> list[int | str]:
    """Return the page numbers to offer, with "…" where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
