"""What administrators fill in about another person's account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.accounts.models import AccountState, Proposal, User
from intranet.accounts.roles import GROUP_NAMES, TWO_PERSON_ROLES, Role

Kind = Proposal.Kind


class ReasonForm(forms.Form):
    """Why an account is suspended."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ProposalForm(ReasonForm):
    """An act that takes two administrators, and why."""

    what = forms.ChoiceField(label=_("Act"))
    field_order = ["what", "reason"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = set(user.groups.values_list("name", flat=True))
        acts: list[tuple[str, Any]] = []
        for role in Role:
            if role in TWO_PERSON_ROLES:
                kind = Kind.TAKE_ROLE if GROUP_NAMES[role] in held else Kind.GIVE_ROLE
                acts.append((f"{kind}:{role}", f"{kind.label}: {role.label}"))
        acts.append((f"{Kind.RESET_SECOND_FACTOR}:", Kind.RESET_SECOND_FACTOR.label))
        if user.state == AccountState.ACTIVE:
            acts.append((f"{Kind.SUSPEND}:", Kind.SUSPEND.label))
        elif user.state in (AccountState.LEFT, AccountState.INVITED):
            acts.append((f"{Kind.ERASE}:", Kind.ERASE.label))
        self.fields["what"].choices = acts  # type: ignore[attr-defined]

    @property
    def act(self) -> tuple[Proposal.Kind, Role | None]:
        """What was chosen."""
        kind, _colon, role = self.cleaned_data["what"].partition(":")
        return Kind(kind), Role(role) if role else None


class LeaveForm(forms.Form):
    """Who follows a person that leaves."""

    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=User.objects.none(),
        help_text=_("Pages and files stay and become his; drafts open to him."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("last_name", "first_name")
        field: Any = self.fields["successor"]
        field.queryset = people
        field.label_from_instance = lambda person: person.label
