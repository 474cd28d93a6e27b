"""The forms of the offices' screens in Wagtail's admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from organizations import relocations
from organizations.changes import edition_of, snapshot
from organizations.mandates import Relocation
from organizations.policies import opens_to_a_secretariat, why_not_change
from organizations.uses import in_words, uses_of


class OfficeForm(WagtailAdminModelForm):
    """A row's form. It holds the edition that it was opened on, and nobody gives himself a right by it."""

    data: Any
    relocation: Relocation | None = None  # where the row would go, once a second person has approved it
    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["edition"] = edition_of(snapshot(self.instance))

    def renew_edition(self, edition: str) -> None:
        """Show the form again as if it had been opened on this edition."""
        self.data = self.data.copy()
        self.data[self.add_prefix("edition")] = edition

    def _post_clean(self) -> None:
        """Ask the policy, once the instance says what it will say."""
        super()._post_clean()
        if self.errors or self.for_user is None:
            return
        model = type(self.instance)
        before = model._base_manager.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if (reason := why_not_change(self.for_user, self.instance, before)) is not None:
            self.add_error(None, reason)
        elif before is not None and opens_to_a_secretariat(before, self.instance):
            self.relocation = relocations.kept_back(before, self.instance)


class BodyForm(OfficeForm):
    """A body's form: a post that somebody holds or held is not dropped from the list."""

    def is_valid(self) -> bool:
        """Refuse the removal of a post in use, and say where it is used."""
        valid: bool = super().is_valid()
        for row in self.formsets["posts"].deleted_forms if "posts" in self.formsets else ():
            if row.instance.pk and (uses := uses_of(row.instance, self.for_user)):
                self.add_error(
                    None,
                    _("The post «%(post)s» is in use (%(uses)s) and stays.")
                    % {"post": row.instance, "uses": in_words(uses)},
                )
                valid = False
        return valid
