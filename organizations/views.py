"""The offices' screens in Wagtail's admin: what is recorded, who saved meanwhile, what is not removed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views import snippets

from intranet.audit.actions import record
from intranet.audit.models import Event
from intranet.ui.matching import matching
from organizations import relocations
from organizations.changes import difference, edition_of, snapshot
from organizations.mandates import MandateState
from organizations.policies import why_not_remove
from organizations.uses import in_words, uses_of

ADDED, CHANGED, REMOVED = "organizations.added", "organizations.changed", "organizations.removed"


def tell_if_it_waits(request: HttpRequest, row: Any) -> None:
    """Say that what was saved counts for nothing until a second person has approved it."""
    if getattr(row, "state", "") == MandateState.WAITING:
        messages.warning(request, _("It waits: a colleague approves it under «Letters of appointment»."))


class OfficeIndex(snippets.IndexView):
    """A list that is searched in any spelling, with no boxes for acts on many rows."""

    search_in: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Any]:
        """Wagtail's columns without the boxes."""
        return [column for column in super().columns if column.name != "bulk_actions"]

    def search_queryset(self, queryset: Any) -> Any:
        """The rows in whose named fields the words stand, letters and spaces as they may."""
        return matching(queryset, self.search_in, self.search_query) if self.is_searching else queryset


class CreateOffice(snippets.CreateView):
    """A new row; another row's number in the address fills in a field (`?body=3`)."""

    def get_initial_form_instance(self) -> Any:
        """An empty row with what the address says."""
        instance = super().get_initial_form_instance() or self.model()
        for field in self.model._meta.concrete_fields:
            number = self.request.GET.get(field.name, "")
            if field.is_relation and number.isdecimal():
                setattr(instance, field.name, field.related_model._base_manager.filter(pk=number).first())
        return instance

    def save_instance(self) -> Any:
        """Save, and record what the row says."""
        instance = super().save_instance()
        record(self.request.user, ADDED, instance, after=snapshot(instance))
        tell_if_it_waits(self.request, instance)
        return instance


class EditOffice(snippets.EditView):
    """A row that is there. Whoever saves over another person's change is warned first."""

    object: Any

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, unless the row is no longer the one that the form was opened on."""
        with transaction.atomic():
            self.before = snapshot(self.model._base_manager.select_for_update().get(pk=self.object.pk))
            edition = edition_of(self.before)
            if form.cleaned_data["edition"] == edition:
                response: HttpResponse = super().form_valid(form)
                return response
        form.renew_edition(edition)
        form.add_error(None, self._what_happened(form))
        self.produced_error_message = _("Nothing was saved: somebody else has saved in the meantime.")
        refused: HttpResponse = self.form_invalid(form)
        return refused

    def save_instance(self) -> Any:
        """Save, and record what changed."""
        instance = super().save_instance()
        after = snapshot(self.model._base_manager.get(pk=instance.pk))
        if changed := difference(self.before, after):
            record(self.request.user, CHANGED, instance, changed=changed)
        tell_if_it_waits(self.request, instance)
        if self.form.relocation is not None:
            relocations.file(self.request.user, self.form.relocation)
            messages.warning(
                self.request,
                _("The district and the kind stay as they are: a colleague approves the move first."),
            )
        return instance

    def _what_happened(self, form: Any) -> str:
        last = Event.objects.filter(target_type=self.model._meta.label, target_id=str(self.object.pk)).last()
        who = last.actor_name if last and last.actor_name else _("somebody else")
        mine = snapshot(form.instance)
        now = [
            _("%(field)s: «%(value)s»") % {"field": self._label(name), "value": _shown(value)}
            for name, value in self.before.items()
            if not isinstance(value, list) and mine.get(name) != value
        ]
        told = _("«%(who)s» has changed this since you opened it.") % {"who": who}
        if now:
            told += " " + _("It says now: %(now)s.") % {"now": _("; ").join(now)}
        return told + " " + _("Save again to put your version in its place.")

    def _label(self, name: str) -> str:
        return str(getattr(self.model._meta.get_field(name), "verbose_name", name))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["name"])
    return {None: "—", "": "—", True: _("yes"), False: _("no")}.get(value, str(value))


class DeleteOffice(snippets.DeleteView):
    """The removal of a row that nothing uses and that is not one's own."""

    object: Any
    template_name = "organizations/admin/confirm_delete.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """See what stands in the way."""
        super().setup(request, *args, **kwargs)
        self.uses = uses_of(self.object, request.user)
        self.refusal = why_not_remove(request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `uses` and `refusal`; with either there is no button."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["uses"], context["refusal"] = self.uses, self.refusal
        context["is_protected"] = bool(self.uses or self.refusal)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove and record; refuse, with the list of uses, when something came to use it meanwhile."""
        with transaction.atomic():
            self.object = self.model._base_manager.select_for_update().get(pk=self.object.pk)
            if self.refusal:
                raise PermissionDenied(self.refusal)
            self.uses = uses_of(self.object, self.request.user)
            if not self.uses:
                record(self.request.user, REMOVED, self.object, before=snapshot(self.object))
                response: HttpResponse = super().form_valid(form)
                return response
        messages.error(
            self.request, _("It is in use and was not deleted: %(uses)s.") % {"uses": in_words(self.uses)}
        )
        return self.render_to_response(self.get_context_data(form=form), status=409)


class HistoryOffice(snippets.HistoryView):
    """Who changed what and when."""
