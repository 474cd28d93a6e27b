"""Forms of the review page, the desk and Wagtail's admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from intranet.accounts.models import User
from intranet.ui.fields import JalaliDateField
from workflows.models import AGAINST, REJECT
from workflows.policies import explains_itself, missing_erratum
from workflows.registration import registration_of

SUBMITTING = ("action-submit", "action-restart-workflow")


class ModeratedPageForm(WagtailAdminPageForm):
    """The page's form in Wagtail's admin: a published text is handed in with an erratum note."""

    def clean(self) -> dict[str, Any]:
        """Ask for the note when a numbered text that is published is handed in again."""
        cleaned: dict[str, Any] = super().clean()
        page = self.instance
        handing_in = any(name in self.data for name in SUBMITTING)
        is_asked = page.live_revision_id and registration_of(page).numbered and "erratum" in self.fields
        if handing_in and is_asked and not explains_itself(page, cleaned):
            self.add_error("erratum", missing_erratum())
        return cleaned


class RequiredCommentForm(forms.Form):
    """The comment of a decision against a text."""

    comment = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class DecisionForm(forms.Form):
    """A decision on the review page: in whose seat it is made, and a comment.

    `action` is the button that was pressed; a decision against the text needs its reason.
    """

    seat = forms.ModelChoiceField(
        label=_("I decide"),
        queryset=User.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    action = ""

    def __init__(self, *args: Any, seats: list[Any], user: Any, secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if secret:
            self.fields["comment"].widget = forms.HiddenInput()  # words would tell the vote
            self.fields["comment"].disabled = True
        self.secret = secret
        field: Any = self.fields["seat"]
        field.queryset = User.objects.filter(pk__in=[seat.pk for seat in seats])
        field.label_from_instance = lambda seat: (
            _("for myself") if seat == user else _("in place of %(name)s") % {"name": seat.label}
        )
        field.initial = seats[0].pk
        if seats == [user]:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a decision against the text."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.secret and self.action in (REJECT, AGAINST) and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Write what has to change, so that the author can correct the text."))
        return cleaned


class ReasonForm(forms.Form):
    """Why a text is withdrawn, or its review ended."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SubstitutionForm(forms.Form):
    """Who stands in for me, and when."""

    substitute = forms.ModelChoiceField(label=_("Substitute"), queryset=User.objects.none())
    valid_from = JalaliDateField(label=_("From"))
    valid_to = JalaliDateField(label=_("To (this day included)"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def set_candidates(self, candidates: Any) -> None:
        """Offer these people as substitutes."""
        field: Any = self.fields["substitute"]
        field.queryset = candidates
        field.label_from_instance = lambda user: user.label
