"""Wagtail's choosers without the inline scripts that they write; `ui/js/admin-begin.js` begins what those began.

Wagtail writes them in Python, so that no template can be put in their place (last seen in Wagtail 8.0; to be dropped
when `wagtail.admin.widgets.chooser.BaseChooser.render` has no script). The templates of the same kind are in
`templates/wagtailadmin/`.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def mark(constructor: str, *arguments: Any) -> SafeString:
    """The mark at which the browser calls the constructor, or a function of that name; `arguments` are JSON."""
    return format_html(
        '<template data-begin="{}" data-arguments="{}"></template>', constructor, json.dumps(arguments)
    )


def begin_choosers_without_scripts() -> None:
    """Put our rendering in the place of Wagtail's."""
    from wagtail.admin.widgets.chooser import BaseChooser
    from wagtail.admin.widgets.workflows import AdminTaskChooser

    def render(
        self: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        identifier = (attrs or {})["id"]
        data = self.get_value_data(value)
        begun = (
            mark("createTaskChooser", identifier)
            if isinstance(self, AdminTaskChooser)
            else mark(self.js_constructor, identifier, self.get_js_init_options(identifier, name, data))
        )
        html = mark_safe(self.render_html(name, data, attrs))  # noqa: S308 - Wagtail's own template, escaped there
        return format_html("{}{}", html, begun)

    BaseChooser.render = render
