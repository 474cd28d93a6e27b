"""The front page of the site."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from intranet.access.editions import kept
from pages.base import IntranetPage
from pages.blocks import BodyBlock


class HomePage(IntranetPage):
    """The front page: what waits for this reader, and what was decided lately."""

    kind = "home"
    template = "home/home_page.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*IntranetPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page below by its whole path, where Wagtail would ask for every step of the way."""
        path = "/".join([self.url_path.rstrip("/"), *path_components, ""])

        def find() -> tuple[int, int]:
            return Page.objects.values_list("pk", "content_type_id").get(url_path=path)

        if path_components:
            try:
                number, content_type = kept(request.user, "route", find, path)
                model = ContentType.objects.get_for_id(content_type).model_class()
                page: Any = model._default_manager.get(pk=number) if model else None
            except ObjectDoesNotExist:
                page = None
            if page is not None:
                found: RouteResult = page.route(request, [])
                return found
        above: RouteResult = super().route(request, path_components)
        return above

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What waits for this reader, what is his own, and what is new."""
        from pages.home.queries import front_page

        return {**super().get_context(request, *args, **kwargs), **front_page(request)}
