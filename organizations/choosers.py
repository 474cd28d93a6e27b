"""The choosers of the offices' forms. They show names to whoever keeps such rows, and to nobody else."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser as generic
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views import chooser as snippets
from wagtail.snippets.widgets import AdminSnippetChooser

from intranet.accounts.models import User
from intranet.ui.matching import matching

KEEPS_PEOPLE = "organizations.change_person"


class FoldedSearchForm(BaseFilterForm):
    """A search in any spelling."""

    search_in: tuple[str, ...] = ()

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: Any) -> Any:
        """The rows in which the words stand."""
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            return matching(objects, self.search_in, words)
        return objects


class _Asked:
    """Asks the permission that Wagtail's choosers do not ask."""

    model: Any = None
    search_in: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever keeps no such rows."""
        options = self.model._meta
        needed = KEEPS_PEOPLE if self.model is User else f"{options.app_label}.view_{options.model_name}"
        if not request.user.has_perm(needed):  # type: ignore[union-attr]
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_filter_form_class(self) -> type[FoldedSearchForm]:
        """The search, in the fields of this model."""
        search_in = SEARCH_IN[self.model._meta.model_name]
        return type("SearchForm", (FoldedSearchForm,), {"search_in": search_in})


# Where the words of a search are looked for, in lists and choosers alike.
SEARCH_IN: dict[str, tuple[str, ...]] = {
    "district": ("name", "number"),
    "organization": ("name", "field", "registration_number", "names__name"),
    "body": ("name", "legal_basis", "posts__title"),
    "person": ("name", "user__username", "user__email", "user__first_name", "user__last_name"),
    "post": ("title", "body__name"),
    "membership": ("person__name", "organization__name", "body__name", "post__title", "on_behalf_of__name"),
    "representative": ("person__name", "organization__name", "letter_number"),
    "user": ("username", "email", "first_name", "last_name", "title"),
}


class Choose(_Asked, snippets.ChooseView):
    """The chooser's window."""


class ChooseResults(_Asked, snippets.ChooseResultsView):
    """Its list."""


class Chosen(_Asked, snippets.SnippetChosenView):
    """What was chosen."""


class ChosenMultiple(_Asked, snippets.SnippetChosenMultipleView):
    """What was chosen, several."""


class Create(_Asked, snippets.SnippetCreateView):
    """Nothing is made in a chooser."""

    def can_create(self) -> bool:
        """Never: rows are made in their own forms, which ask the policy."""
        return False


class OfficeChooserViewSet(snippets.SnippetChooserViewSet):
    """A chooser for our forms; other rooms' forms ask for it by name."""

    register_widget = False
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
    create_view_class = Create


class ChooseAccount(_Asked, generic.ChooseView):
    """The accounts, for whoever keeps the people's rows."""


class ChooseAccountResults(_Asked, generic.ChooseResultsView):
    """Its list."""


class ChosenAccount(_Asked, generic.ChosenView):
    """The account that was chosen."""

    def get_display_title(self, instance: Any) -> str:
        """Name, post and the account's name."""
        return f"{instance.label} · {instance.get_username()}"


class ChosenAccounts(_Asked, generic.ChosenMultipleView):
    """Several."""


class CreateAccount(_Asked, generic.CreateView):
    """Accounts are made elsewhere."""

    def can_create(self) -> bool:
        """Never."""
        return False


class AccountChooserViewSet(ChooserViewSet):
    """A chooser of accounts, active ones."""

    model = User
    icon = "user"
    choose_one_text = _("Choose an account")
    choose_another_text = _("Choose another account")
    edit_item_text = _("Edit this account")
    register_widget = False
    choose_view_class = ChooseAccount
    choose_results_view_class = ChooseAccountResults
    chosen_view_class = ChosenAccount
    chosen_multiple_view_class = ChosenAccounts
    create_view_class = CreateAccount

    def get_object_list(self) -> Any:
        """Those who may sign in."""
        return User.objects.filter(is_active=True).order_by("last_name", "username")


account_chooser = AccountChooserViewSet("account_chooser", url_prefix="accounts/chooser")


class OfficeChooser(AdminSnippetChooser):
    """Wagtail's widget, whose words are said in the language of the reader and not in that of the start."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_one_text = _later("Choose %(object)s", self.model)
        self.choose_another_text = _later("Choose another %(object)s", self.model)
        self.link_to_chosen_text = _later("Edit this %(object)s", self.model)


def _later(words: str, model: Any) -> Any:
    return lazy(lambda: gettext(words) % {"object": model._meta.verbose_name}, str)()


def chooser_of(model: Any) -> Any:
    """The widget that chooses a row of `model`."""
    return account_chooser.widget_class() if model is User else OfficeChooser(model=model)
