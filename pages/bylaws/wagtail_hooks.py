"""After a bylaw is saved, its editor hears what in the text looks wrong. Nothing is blocked."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from documents.structure.provisions import parse
from pages.bylaws.doubts import doubts
from pages.bylaws.models import BylawPage


@hooks.register("register_admin_menu_item")
def amendments_item() -> MenuItem:
    """The amendments that wait to be carried out."""
    return MenuItem(
        gettext_lazy("Amendments"),
        reverse_lazy("amendments:waiting"),
        name="amendments",
        icon_name="edit",
        order=160,
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_doubts(request: HttpRequest, page: Page) -> None:
    """Warn of what the parser found doubtful in the text just saved."""
    if not isinstance(page, BylawPage):
        return
    found = doubts(page.source, parse(page.source))
    if found:
        items = format_html_join("", "<li>{}</li>", ((doubt,) for doubt in found))
        heading = _("The text was saved. Please check these places:")
        messages.warning(request, format_html("{}<ul>{}</ul>", heading, items))
