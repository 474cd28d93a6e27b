"""The part of the edit page that shows what a text was understood as."""

from typing import Any

from wagtail.admin.panels import Panel

from documents.structure.provisions import parse


class StructurePanel(Panel):
    """The table of contents of the saved text, and what in it looks wrong."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "bylaws/admin/structure_panel.html"

        def is_shown(self) -> bool:
            """Only when there is a saved text."""
            return bool(self.instance.pk and self.instance.source)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Its contents and doubts."""
            from pages.bylaws.doubts import doubts
            from pages.legal_text import render

            parsed = parse(self.instance.source)
            counts = dict.fromkeys(("article", "proviso", "paragraph"), 0)
            for provision in parsed.provisions:
                if provision.kind in counts:
                    counts[provision.kind] += 1
            return {
                **super().get_context_data(parent_context),
                "contents": render(parsed, self.instance.locale.language_code).contents,
                "doubts": doubts(self.instance.source, parsed),
                "counts": counts,
            }
