"""The addresses below a bylaw's own: its text on a day, what changed between two days, one provision."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

#: An eId as `documents.structure` makes them: `art_5`, `art_5bis2__proviso_1`, `chp_2__art_1`.
EID = r"[a-z]+_[a-z0-9]+(?:__[a-z]+_[a-z0-9]+)*"


class BylawRoutes(RoutablePageMixin):
    """What a bylaw answers to beside its own address. Who may read the page may read these, and nobody else."""

    @path("")
    def present_text(self, request: HttpRequest) -> HttpResponse:
        """The text that holds today; `?on=` sends on to the text of another day."""
        from pages.bylaws import views

        return views.present_text(self, request)

    @re_path(r"^@(?P<day>[^/]{1,40})/$", name="as_of")
    def text_on_a_day(self, request: HttpRequest, day: str) -> HttpResponse:
        """The text that held on a Jalali day, `@1390-05-01`."""
        from pages.bylaws import views

        return views.text_on_a_day(self, request, day)

    @path("akn.xml/", name="xml")
    def present_xml(self, request: HttpRequest) -> HttpResponse:
        """The text that holds today as Akoma Ntoso; `?version=` that of another version."""
        from pages.bylaws import views

        return views.xml(self, request)

    @re_path(r"^@(?P<day>[^/]{1,40})/akn\.xml/$", name="xml_as_of")
    def xml_of_a_day(self, request: HttpRequest, day: str) -> HttpResponse:
        """The text that held on a Jalali day as Akoma Ntoso."""
        from pages.bylaws import views

        return views.xml(self, request, day)

    @path("changes/", name="changes")
    def changes(self, request: HttpRequest) -> HttpResponse:
        """What changed between two days."""
        from pages.bylaws import views

        return views.changes(self, request)

    @re_path(rf"^(?P<eid>{EID})/$", name="provision")
    def provision(self, request: HttpRequest, eid: str) -> HttpResponse:
        """One provision: its words, how it is cited, what became of it."""
        from pages.bylaws import views

        return views.provision(self, request, eid)
