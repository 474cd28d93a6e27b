"""What the edit form of a meeting refuses: the same person twice, the same resolution number twice."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.ui.numerals import localized
from search.analysis import key
from workflows.forms import ModeratedPageForm


def number_key(number: str) -> str:
    """A resolution's number as one sees it, whatever digits and spaces it is typed with."""
    return re.sub(r"\s+", "", key(number)) or number


class MeetingForm(ModeratedPageForm):
    """The edit form, which compares the rows of a list with each other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note which resolutions the edited revision has: what it lacks already stays in the stored page."""
        super().__init__(*args, **kwargs)
        rows = self.instance.resolutions.all() if self.instance.pk else ()
        self._shown = {row.canonical_number for row in rows}

    def is_valid(self) -> bool:
        """Also mark a row that repeats one above it."""
        valid: bool = super().is_valid()
        if not self.is_bound:
            return valid
        names = self._repeated("attendances", "name", key, _("This person is in the list already."))
        numbers = self._repeated(
            "resolutions",
            "number",
            number_key,
            _("This number is given to another resolution of the meeting."),
        )
        return not self._drops_what_is_followed() and valid and not names and not numbers

    def _drops_what_is_followed(self) -> bool:
        """Mark the removal of a resolution that was notified or is followed up; whether there is one."""
        formset = self.formsets.get("resolutions")
        if formset is None or not self.instance.pk:
            return False
        from pages.meetings.keeping import followed

        left = [
            form.instance for form in formset.forms if not getattr(form, "cleaned_data", {}).get("DELETE")
        ]
        kept = {row.pk for row in left} | {row.canonical_number for row in left}
        found = [
            row
            for row in followed(self.instance)
            if row.pk not in kept and row.canonical_number not in kept and row.canonical_number in self._shown
        ]
        for row in found:
            words = _("Resolution %(number)s was notified or is followed up, and stays.")
            self.add_error(None, words % {"number": localized(row.number)})
        return bool(found)

    def _repeated(self, relation: str, field: str, fold: Callable[[str], str], message: Any) -> bool:
        """Mark each row of `relation` whose `field` says the same as a row above; whether there is one."""
        seen: set[str] = set()
        repeated = False
        formset = self.formsets.get(relation)
        for form in formset.forms if formset else ():
            data = getattr(form, "cleaned_data", None) or {}
            value = data.get(field)
            if not value or data.get("DELETE"):
                continue
            mark = fold(value)
            if mark in seen:
                form.add_error(field, message)
                repeated = True
            seen.add(mark)
        return repeated
