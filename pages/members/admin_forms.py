"""The form of an organisation's page in Wagtail's admin."""

from typing import Any

from workflows.forms import ModeratedPageForm


class MemberAdminForm(ModeratedPageForm):
    """The organisation is chosen for a new page, and read in one that is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "organization" in self.fields:
            self.fields["organization"].disabled = True
