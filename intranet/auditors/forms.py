"""What an auditor asks of the record."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.auditors import labels
from intranet.auditors.queries import Asked, reads_all
from intranet.ui.fields import JalaliDateField
from intranet.ui.numerals import to_ascii


class AskForm(forms.Form):
    """By person, act, object and days. `people` and `objects` are filled when words name several of them."""

    person = forms.CharField(
        label=gettext_lazy("Person"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("Name, account or number"),
    )
    act = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of object"), required=False)
    target = forms.CharField(
        label=gettext_lazy("Object"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Title or number"),
    )
    since = JalaliDateField(label=gettext_lazy("From day"), required=False)
    until = JalaliDateField(label=gettext_lazy("To day"), required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        self.people: list[tuple[str, str]] = []
        self.objects: list[tuple[str, str, str]] = []
        if not reads_all(user):
            del self.fields["person"]
        acts: list[Any] = [(room, list(acts.items())) for room, acts in labels.ACTS.items()]
        self._offer("act", [("", _("every act")), *acts])
        self._offer("kind", [("", _("every kind")), *labels.kinds()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Find out who and what is meant; say so where nobody or nothing is."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (since := cleaned.get("since")) and (until := cleaned.get("until")) and until < since:
            self.add_error("until", _("The last day lies before the first."))
        if words := cleaned.get("person"):
            cleaned["actor"] = self._person(words)
        if words := cleaned.get("target"):
            cleaned["kind"], cleaned["target"] = self._object(cleaned.get("kind", ""), words)
        return cleaned

    def _person(self, words: str) -> int | None:
        number = to_ascii(words.strip())
        if number.isdecimal() and len(number) < 19:
            return int(number)
        self.people = labels.people(words)
        if len(self.people) == 1:
            return int(self.people[0][0])
        if not self.people:
            self.add_error("person", _("Nobody of this name. Of an erased person ask by number."))
        return None

    def _object(self, kind: str, words: str) -> tuple[str, str]:
        number = to_ascii(words.strip())
        if number.isdecimal():
            if not kind:
                self.add_error("kind", _("Say of what kind the object with this number is."))
            return kind, number
        self.objects = labels.objects(words, kind, self.user)
        if len(self.objects) == 1:
            return self.objects[0][0], self.objects[0][1]
        if not self.objects:
            self.add_error("target", _("Nothing of this title. Ask by kind and number of what was removed."))
        return kind, ""

    def asked(self) -> Asked:
        """What is looked for. Call it on a valid form."""
        cleaned = self.cleaned_data
        return Asked(
            actor=cleaned.get("actor"),
            act=cleaned["act"],
            kind=cleaned["kind"],
            target=cleaned["target"],
            since=cleaned["since"],
            until=cleaned["until"],
        )

    @property
    def is_settled(self) -> bool:
        """Whether it is clear who and what is meant."""
        return self.is_valid() and len(self.people) < 2 and len(self.objects) < 2
