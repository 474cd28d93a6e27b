"""The file that minutes were read from, beside what was read: to be accepted or put right."""

from typing import Any

from wagtail.admin.panels import Panel

from documents.structure.minutes import parse_minutes


class SourcePanel(Panel):
    """The file's text, its lines numbered, and what in it looks wrong."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one meeting."""

        template_name = "meetings/admin/source_panel.html"

        def is_shown(self) -> bool:
            """Only for what came from a file."""
            return bool(self.instance.source)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Its lines and doubts."""
            from pages.meetings.doubts import located
            from pages.meetings.receiving import unknown_body

            minutes = parse_minutes(self.instance.source)
            doubts = minutes.doubts if self.instance.body_id else unknown_body(minutes) + minutes.doubts
            return {
                **super().get_context_data(parent_context),
                "lines": list(enumerate(self.instance.source_lines, 1)),
                "doubts": [located(each) for each in doubts],
            }


class SourceLinePanel(Panel):
    """The line of the file that a row was read from."""

    class BoundPanel(Panel.BoundPanel):
        """The line of one row."""

        template_name = "meetings/admin/source_line.html"

        def is_shown(self) -> bool:
            """Only for a row that came from a file."""
            return bool(self.instance.source_line and self._line())

        def _line(self) -> str:
            meeting = getattr(self.instance, "meeting", None)
            lines = meeting.source_lines if meeting is not None else []
            place = (self.instance.source_line or 0) - 1
            return lines[place].strip() if 0 <= place < len(lines) else ""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Its number and words."""
            return {
                **super().get_context_data(parent_context),
                "number": self.instance.source_line,
                "line": self._line(),
            }
