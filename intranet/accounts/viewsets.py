"""Accounts in Wagtail's admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.users.views.users import EditView, IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from intranet.accounts.admin_forms import AccountForm, NewAccountForm
from intranet.ui.matching import matching


class EditAccount(EditView):
    """Wagtail's own view; a superuser's account, and with it all power, is out of an administrator's reach."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse a superuser's account to whoever is none."""
        if self.object.is_superuser and not getattr(request.user, "is_superuser", False):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


#: Where the words of a search are looked for.
NAMES = ("username", "email", "first_name", "last_name", "title")


class ListAccounts(IndexView):
    """Wagtail's list without the column of superusers: there are none."""

    @property
    def columns(self) -> list[Any]:
        """The other columns."""
        return [column for column in super().columns if column.name != "is_superuser"]

    def search_queryset(self, queryset: Any) -> Any:
        """The accounts in whose names the words stand, letters and spaces as they may."""
        return matching(queryset, NAMES, self.search_query) if self.is_searching else queryset


class UserViewSet(WagtailUserViewSet):
    """The screens of accounts, with our forms."""

    index_view_class = ListAccounts
    edit_view_class = EditAccount

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """The form of a new account, or of one that is there."""
        return AccountForm if for_update else NewAccountForm
