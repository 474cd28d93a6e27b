"""What the lists and forms of the offices share in Wagtail's admin."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column

from intranet.ui.numerals import localized
from intranet.ui.viewsets import LocalizedSnippetViewSet
from organizations import views
from organizations.choosers import SEARCH_IN, OfficeChooserViewSet, chooser_of
from organizations.forms import OfficeForm
from organizations.models import Membership, Representative
from organizations.panels import RowsPanel


def column(name: str, label: Any, show: Callable[[Any], Any], **more: Any) -> Column:
    """A column with its own way of showing a row."""
    return Column(name, label=label, accessor=show, **more)


def number(value: Any) -> str:
    """A number for reading, or a dash."""
    return localized(value) if value is not None else "—"


def when(row: Any) -> str:
    """Whether the row is in force, in words."""
    words = {
        "now": _("in force today"),
        "past": _("ended"),
        "future": _("not begun"),
        "waiting": _("waits for approval"),
        "refused": _("refused"),
    }
    return str(words[row.when])


PERIOD = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=_("Dates"))


class OfficeViewSet(LocalizedSnippetViewSet):
    """What the lists and forms of the offices share. `adding` is the form of a new row where it is another one."""

    index_view_class = views.OfficeIndex
    add_view_class = views.CreateOffice
    edit_view_class = views.EditOffice
    delete_view_class = views.DeleteOffice
    delete_template_name = views.DeleteOffice.template_name
    chooser_viewset_class = OfficeChooserViewSet
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    form_class: type[OfficeForm] = OfficeForm

    def panels_for(self, *, new: bool) -> list[Panel]:
        """The panels of the form."""
        raise NotImplementedError

    def get_edit_handler(self) -> Any:
        """The form of a row that is there."""
        return self._handler(new=False)

    def _handler(self, *, new: bool) -> Any:
        return ObjectList(self.panels_for(new=new), base_form_class=self.form_class).bind_to_model(self.model)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The form of a new row."""
        handler = self._handler(new=True)
        given: dict[str, Any] = super().get_add_view_kwargs(**kwargs)
        return given | {"panel": handler, "form_class": handler.get_form_class()}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The list, searched in our way."""
        given: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return given | {"search_in": SEARCH_IN[self.model_name], "search_fields": ["pk"]}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No screen of usage: the form's own lists, and the deletion's, say where a row is used."""
        given: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        given["usage_url_name"] = None
        return given

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's without the screen of usage."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


def chosen(name: str, model: Any, *, new: bool = True) -> Panel:
    """A field that is chosen in a new row, and read in one that is there when `new` is false."""
    return FieldPanel(name, widget=chooser_of(model)) if new else FieldPanel(name, read_only=True)


def seats(field: str, show: Callable[[Any], str]) -> Any:
    """The memberships that point to the row by `field`."""
    return RowsPanel(
        rows=lambda obj: (
            Membership.objects.filter(**{field: obj})
            .select_related("person", "post", "organization", "body")
            .order_by("-valid_from", "person__name")
        ),
        field=field,
        show=show,
        heading=_("Memberships"),
    )


def mandates(field: str, show: Callable[[Any], str]) -> Any:
    """The mandates that point to the row by `field`."""
    return RowsPanel(
        rows=lambda obj: (
            Representative.objects.filter(**{field: obj})
            .select_related("person", "organization")
            .order_by("-valid_from", "person__name")
        ),
        field=field,
        show=show,
        heading=_("Representatives"),
    )


def person_and_post(membership: Membership) -> str:
    """«نام · سمت»."""
    return " · ".join(str(part) for part in (membership.person, membership.post) if part)


def place_and_post(membership: Membership) -> str:
    """«نهاد · سمت»."""
    return " · ".join(str(part) for part in (membership.place, membership.post) if part)
