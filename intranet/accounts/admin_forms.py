"""The forms by which administrators keep accounts, in Wagtail's admin."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from intranet.accounts.acting import acting
from intranet.accounts.actions import invite
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, TWO_PERSON_ROLES

TWO_PERSON_GROUPS = [GROUP_NAMES[role] for role in TWO_PERSON_ROLES]


class _RolesMixin(forms.ModelForm):
    """Roles as boxes with their names; nobody is made a superuser here."""

    title = forms.CharField(
        label=_("Post"),
        max_length=150,
        required=False,
        help_text=_("How the person's post reads beside the name."),
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Group.objects.exclude(name__in=TWO_PERSON_GROUPS).order_by("pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A person may hold several. Roles that read private files are given by two administrators, "
            "on the page of the account."
        ),
    )
    password_enabled = False  # nobody chooses another's password


class NewAccountForm(_RolesMixin, UserCreationForm):
    """An invitation: the account waits for its holder, who chooses his password by the link that he is sent."""

    is_superuser = None

    def save(self, commit: bool = True) -> User:
        """Invite the person. Wagtail's view saves at once, and so in one transaction with its log."""
        data = self.cleaned_data
        names = {group.name for group in data["groups"]}
        invitation = invite(
            acting().user,
            email=data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            title=data["title"],
            username=data["username"],
            roles=[role for role, name in GROUP_NAMES.items() if name in names],
        )
        user = invitation.user
        user.groups.add(*(group for group in data["groups"] if group.name not in GROUP_NAMES.values()))
        self.instance = user
        return user

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "title", "groups")


class AccountForm(_RolesMixin, UserEditForm):
    """An account. Its holder does not change his own roles; it is closed and opened on a page of its own."""

    is_superuser = None

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["groups"]

    def clean_groups(self) -> Any:
        """What was chosen, and the roles held that this form does not give and so does not take."""
        kept = self.instance.groups.filter(name__in=TWO_PERSON_GROUPS)
        chosen = self.cleaned_data["groups"]
        return Group.objects.filter(pk__in=[group.pk for group in (*chosen, *kept)])

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "title", "groups")
