"""The forms by which administrators keep accounts, in Wagtail's admin."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from intranet.accounts.models import User


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
        queryset=Group.objects.order_by("pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A person may hold several. What a role may do is fixed."),
    )


class NewAccountForm(_RolesMixin, UserCreationForm):
    """A new account."""

    is_superuser = None

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "title", "groups")


class AccountForm(_RolesMixin, UserEditForm):
    """An account. Its own holder does not change his roles, nor close it."""

    is_superuser = None

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["groups"]
            del self.fields["is_active"]

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "title", "is_active", "groups")
