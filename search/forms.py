"""The admin's form of pinned answers."""

from django.core.exceptions import PermissionDenied
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from intranet.access.models import State
from intranet.access.queries import visible_to


class PinnedAnswerForm(WagtailAdminModelForm):
    """Pages are chosen among those that the editor may see."""

    def is_valid(self) -> bool:
        """Refuse a page that the chooser would not have offered, before its title could be shown again."""
        valid = super().is_valid()
        formset = self.formsets["pages"]
        asked = {form.instance.page_id for form in formset.forms if form.instance.page_id}
        live = Page.objects.filter(pk__in=asked, live=True)
        if visible_to(live, self.for_user, State.LIVE).count() < live.count():
            raise PermissionDenied
        return bool(valid)
