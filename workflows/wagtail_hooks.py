"""Wagtail's admin leads to our own review page and desk."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from workflows.queries import queue_of


class QueuePanel(Component):
    """What waits for the person, each with the page on which to read and decide."""

    name = "queue"
    template_name = "workflows/admin_queue.html"
    order = 210

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The queue."""
        return {"queue": list(queue_of(parent_context["request"].user)), "request": parent_context["request"]}


@hooks.register("construct_homepage_panels")
def show_our_queue(request: HttpRequest, panels: list[Any]) -> None:
    """Put our queue in the place of Wagtail's, whose links lead into an editor that reviewers may not enter."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(QueuePanel())


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """The way back to the desk."""
    return MenuItem(_("My desk"), reverse_lazy("desk:desk"), name="desk", icon_name="tasks", order=50)
