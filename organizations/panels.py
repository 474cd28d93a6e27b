"""Panels of the offices' forms: what belongs to a row, as a list that leads on."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.permissions import policy_registry

from organizations.composition import faults_of_body, rule_in_words
from organizations.deciding_words import sentence_of_fault
from organizations.periods import in_words

Rows = Callable[[Any], Any]


class RowsPanel(Panel):
    """The memberships, mandates or organisations of a row, newest first, and the way to one more.

    `rows(instance)` gives a queryset; `field` is the field by which they point to the row.
    """

    def __init__(self, rows: Rows, field: str, show: Callable[[Any], str] = str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows, self.field, self.show = rows, field, show

    def clone_kwargs(self) -> dict[str, Any]:
        """What a copy of the panel needs."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"rows": self.rows, "field": self.field, "show": self.show}

    class BoundPanel(Panel.BoundPanel):
        """The panel of one row."""

        template_name = "organizations/admin/rows_panel.html"

        def is_shown(self) -> bool:
            """Not on the form of a row that is not there yet."""
            return bool(self.instance.pk and super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The rows with their addresses, and the address of a new one."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = self.panel.rows(self.instance)
            viewset = found.model.snippet_viewset
            policy, user = policy_registry.get_by_type(found.model), self.request.user
            edits = policy.user_has_permission(user, "change")
            context["rows"] = [
                {
                    "title": self.panel.show(row),
                    "period": in_words(row.valid_from, row.valid_to) if hasattr(row, "valid_from") else "",
                    "is_over": getattr(row, "when", "now") == "past",
                    "url": reverse(viewset.get_url_name("edit"), args=[row.pk]) if edits else "",
                }
                for row in found
            ]
            if policy.user_has_permission(user, "add"):
                add = reverse(viewset.get_url_name("add"))
                context["add_url"] = f"{add}?{self.panel.field}={self.instance.pk}"
            return context


class CompositionPanel(Panel):
    """How the body decides today, and what in it is not as its rule of composition says."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one body."""

        template_name = "organizations/admin/composition_panel.html"

        def is_shown(self) -> bool:
            """Not on the form of a body that is not there yet."""
            return bool(self.instance.pk and super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The rule and the faults as sentences."""
            stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
            return {
                **super().get_context_data(parent_context),
                "rule": rule_in_words(stored),
                "has_seats": stored.seats.exists(),
                "faults": [sentence_of_fault(each) for each in faults_of_body(stored)],
            }
