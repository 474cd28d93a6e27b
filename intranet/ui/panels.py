"""Panels of the Wagtail admin with Jalali inputs."""

from typing import Any

from wagtail.admin.panels import FieldPanel, PublishingPanel

from .widgets import JalaliDateTimeInput


class JalaliPublishingPanel(PublishingPanel):
    """Wagtail's go-live and expiry panel; its fields name their widget, so the field override misses them."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "data-controller": "w-action",
            "data-action": "w-dialog:hidden->w-action#reset",
            "data-w-dialog-target": "notify",
        }
        children = [
            FieldPanel(name, widget=JalaliDateTimeInput(attrs=attrs)) for name in ("go_live_at", "expire_at")
        ]
        super().__init__(**{"children": children, **kwargs})
