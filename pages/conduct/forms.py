"""The invitation's form."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.ui.fields import JalaliDateField
from intranet.ui.widgets import JalaliTimeInput
from organizations.models import Body
from pages.conduct.exceptions import Refused
from pages.conduct.models import Meeting
from pages.conduct.policies import bodies_kept_by
from pages.meetings.models import MeetingPage

# A resolution's number is the session's, a stroke and its place, within the 40 letters of `Resolution.number`.
SESSION_LONGEST = 36


class CallForm(forms.Form):
    """Who meets, when, where, on what. It holds the agenda that it was opened on."""

    data: Any
    body: Any = forms.ModelChoiceField(label=gettext_lazy("Body"), queryset=Body.objects.none())
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: the session and the body's name."),
    )
    session_number = forms.CharField(
        label=gettext_lazy("Session"), max_length=SESSION_LONGEST, required=False
    )
    day = JalaliDateField(label=gettext_lazy("Day"))
    begins_at = forms.TimeField(label=gettext_lazy("Begins at"), required=False, widget=JalaliTimeInput)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    openness = forms.ChoiceField(label=gettext_lazy("Openness"), choices=MeetingPage.Openness.choices)
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One item a line; after «|» who proposes it."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, user: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting is not None:
            agenda = agenda_of(meeting)
            names = ("body", "title", "session_number", "day", "begins_at", "place", "openness")
            kwargs["initial"] = {
                **{name: getattr(meeting, name) for name in names},
                "agenda": agenda,
                "seen": agenda,
            }
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if meeting is not None:
            del self.fields["body"]
        else:
            cast("forms.ModelChoiceField", self.fields["body"]).queryset = bodies_kept_by(user)

    def clean(self) -> dict[str, Any]:
        """Refuse to write over an agenda that somebody else changed meanwhile."""
        said: dict[str, Any] = super().clean() or {}
        seen = said.pop("seen", "").replace("\r\n", "\n")
        if self.meeting is not None and seen != (there := agenda_of(self.meeting)):
            self.add_error(
                "agenda",
                _("Somebody changed the agenda meanwhile. It says now: %(agenda)s") % {"agenda": there},
            )
            self.data = self.data.copy()
            self.data["seen"] = there
        said["agenda"] = _lines(said.get("agenda", ""))
        body = said.get("body") or (self.meeting.body if self.meeting else None)
        if body is not None and not said.get("title"):
            number = said.get("session_number")
            said["title"] = (
                _("Session %(number)s of %(body)s") % {"number": number, "body": body.name}
                if number
                else _("Meeting of %(body)s") % {"body": body.name}
            )[:200]
        return said


class CorrectionForm(forms.Form):
    """Other words for one place of the minutes."""

    now = forms.CharField(
        label=gettext_lazy("As it should read"),
        max_length=100_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)


class AnswerForm(forms.Form):
    """What is answered to a proposed correction, or to a report of what was done."""

    answer = forms.CharField(label=gettext_lazy("Answer"), max_length=500, required=False)


class AdditionsForm(forms.Form):
    """A guest and a point of the agenda that come while the meeting lasts."""

    guest = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    guest_role = forms.CharField(label=gettext_lazy("Role in the meeting"), max_length=100, required=False)
    item = forms.CharField(label=gettext_lazy("Title"), max_length=300, required=False)
    item_proposer = forms.CharField(label=gettext_lazy("Proposer"), max_length=150, required=False)


def said_in(form: forms.Form) -> dict[str, Any]:
    """What the form says. Raises `Refused` with what is wrong in it, field by field."""
    if not form.is_valid():
        wrong = [f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        raise Refused(" ".join(wrong))
    return form.cleaned_data


def agenda_of(meeting: Meeting) -> str:
    """The agenda as its lines."""
    return "\n".join(" | ".join(filter(None, [item.title, item.proposer])) for item in meeting.items.all())


def _lines(text: str) -> list[tuple[str, str]]:
    rows = [[part.strip() for part in line.split("|", 1)] for line in text.splitlines() if line.strip(" |")]
    return [(row[0], row[1] if len(row) > 1 else "") for row in rows if row[0]]
