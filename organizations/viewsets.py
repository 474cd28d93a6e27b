"""The offices in Wagtail's admin: organisations, bodies, people, posts, memberships, representatives, districts."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from intranet.accounts.models import User
from intranet.ui.numerals import localized
from intranet.ui.templatetags.persian import jalali
from organizations import filters
from organizations.choosers import chooser_of
from organizations.forms import BodyForm
from organizations.models import Body, District, Membership, Organization, Person, Post, Representative
from organizations.offices import (
    PERIOD,
    OfficeViewSet,
    chosen,
    column,
    mandates,
    number,
    person_and_post,
    place_and_post,
    seats,
    when,
)
from organizations.panels import CompositionPanel

PLACE_HELP = _(
    "A body or an organization, one of the two. When this changes, end the membership and add another."
)

SEAT = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("count")]),
    FieldRowPanel([FieldPanel("nominator"), FieldPanel("names_asked"), FieldPanel("chooser")]),
]


class OrganizationViewSet(OfficeViewSet):
    """Organisations: NGOs, networks, municipal departments."""

    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    base_url_path = "offices/organizations"
    filterset_class = filters.OrganizationFilters
    list_display = [
        "name",
        "kind",
        column("district", _("District"), lambda row: row.district or "—", sort_key="district__number"),
        column("tier", _("Tier"), lambda row: number(row.tier), sort_key="tier"),
        column(
            "consultative",
            _("Consultative status since"),
            lambda row: jalali(row.consultative_since) or "—",
            sort_key="consultative_since",
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With their districts."""
        return Organization.objects.select_related("district")

    def panels_for(self, *, new: bool) -> list[Panel]:
        """What an organisation is, its status, its former names, its people."""
        return [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("district")]),
                    FieldPanel("field"),
                    FieldRowPanel([FieldPanel("registration_number"), FieldPanel("founded_on")]),
                ],
                heading=_("Particulars"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("tier"), FieldPanel("consultative_since")])],
                heading=_("Tier and consultative status"),
            ),
            InlinePanel(
                "names",
                heading=_("Former names"),
                label=_("Former name"),
                panels=[
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                ],
            ),
            mandates("organization", lambda row: str(row.person)),
            seats("organization", person_and_post),
        ]


class BodyViewSet(OfficeViewSet):
    """Councils, committees, workgroups, secretariats."""

    model = Body
    icon = "users"
    menu_label = _("Bodies")
    base_url_path = "offices/bodies"
    filterset_class = filters.BodyFilters
    form_class = BodyForm
    list_display = [
        "name",
        "kind",
        column("district", _("District"), lambda row: row.district or "—", sort_key="district__number"),
        column("members", _("Members today"), lambda row: number(row.members_today)),
        column("quorum", _("Quorum"), lambda row: number(row.quorum), sort_key="quorum"),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With their districts and the number of today's members."""
        return Body.objects.select_related("district").annotate(
            members_today=Membership.objects.count_today("body")
        )

    def panels_for(self, *, new: bool) -> list[Panel]:
        """What a body is, how it decides, its posts and its members."""
        return [
            MultiFieldPanel(
                [FieldPanel("name"), FieldRowPanel([FieldPanel("kind"), FieldPanel("district")])],
                heading=_("Particulars"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("legal_basis"),
                    FieldPanel("composition"),
                    FieldRowPanel([FieldPanel("term_years"), FieldPanel("quorum"), FieldPanel("majority")]),
                    CompositionPanel(),
                ],
                heading=_("Basis and composition"),
            ),
            InlinePanel("seats", heading=_("Rule of composition"), label=_("Seat"), panels=SEAT),
            InlinePanel(
                "nominees",
                heading=_("Organizations named for a chosen seat"),
                label=_("Organization"),
                panels=[FieldPanel("organization", widget=chooser_of(Organization)), FieldPanel("is_chosen")],
            ),
            InlinePanel("posts", heading=_("Posts"), label=_("Post"), panels=[FieldPanel("title")]),
            seats("body", person_and_post),
        ]


class PersonViewSet(OfficeViewSet):
    """People, with or without an account."""

    model = Person
    icon = "user"
    menu_label = _("People")
    base_url_path = "offices/people"
    filterset_class = filters.PersonFilters
    list_display = [
        "name",
        column("account", _("Account"), lambda row: row.user.get_username() if row.user else "—"),
        column(
            "places",
            _("Places today"),
            lambda row: (
                "، ".join(str(seat.place) for seat in row.memberships.all() if seat.when == "now") or "—"
            ),
        ),
        column(
            "mandates",
            _("Represents"),
            lambda row: "، ".join(str(m.organization) for m in row.mandates.all() if m.when == "now") or "—",
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With accounts and places."""
        return Person.objects.select_related("user").prefetch_related(
            "memberships__organization", "memberships__body", "mandates__organization"
        )

    def panels_for(self, *, new: bool) -> list[Panel]:
        """Name, account, places."""
        return [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("user", widget=chooser_of(User))], heading=_("Particulars")
            ),
            seats("person", place_and_post),
            mandates("person", lambda row: str(row.organization)),
        ]


class PostViewSet(OfficeViewSet):
    """Posts that persons hold one after another."""

    model = Post
    icon = "tag"
    menu_label = _("Posts")
    base_url_path = "offices/posts"
    filterset_class = filters.PostFilters
    list_display = [
        "title",
        column("body", _("Deciding body"), lambda row: row.body or "—", sort_key="body__name"),
        column(
            "holders",
            _("Held today by"),
            lambda row: (
                "، ".join(str(seat.person) for seat in row.membership_set.all() if seat.when == "now") or "—"
            ),
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With their bodies and holders."""
        return Post.objects.select_related("body").prefetch_related("membership_set__person")

    def panels_for(self, *, new: bool) -> list[Panel]:
        """Title, body, holders."""
        return [
            MultiFieldPanel([FieldPanel("title"), chosen("body", Body, new=new)], heading=_("Particulars")),
            seats("post", lambda row: f"{row.person} · {row.place}"),
        ]


class MembershipViewSet(OfficeViewSet):
    """Who belongs to what, from when to when."""

    model = Membership
    icon = "link"
    menu_label = _("Memberships")
    base_url_path = "offices/memberships"
    filterset_class = filters.MembershipFilters
    list_display = [
        "person",
        column("place", _("Organization or body"), lambda row: row.place),
        column("post", _("Post"), lambda row: row.post or "—", sort_key="post__title"),
        column("from", _("From"), lambda row: jalali(row.valid_from) or "—", sort_key="valid_from"),
        column("to", _("Until"), lambda row: jalali(row.valid_to) or "—", sort_key="valid_to"),
        column("when", _("Time"), when),
        BooleanColumn("voting", label=_("Vote"), sort_key="voting"),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With all that the list shows, newest first."""
        return Membership.objects.select_related("person", "organization", "body", "post").order_by(
            "-valid_from", "-pk"
        )

    def panels_for(self, *, new: bool) -> list[Panel]:
        """Who, where, as what, until when. Who and where stay as they were recorded."""
        place = [chosen("body", Body, new=new), chosen("organization", Organization, new=new)]
        return [
            MultiFieldPanel(
                [chosen("person", Person, new=new), *place],
                heading=_("Who and where"),
                help_text=PLACE_HELP if new else "",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("post", widget=chooser_of(Post)),
                    FieldPanel("seat"),
                    FieldPanel("on_behalf_of", widget=chooser_of(Organization)),
                    FieldRowPanel([FieldPanel("voting"), FieldPanel("is_secretary")]),
                ],
                heading=_("Seat"),
            ),
            PERIOD,
        ]


class RepresentativeViewSet(OfficeViewSet):
    """Who acts for an organisation."""

    model = Representative
    icon = "key"
    menu_label = _("Representatives")
    base_url_path = "offices/representatives"
    filterset_class = filters.RepresentativeFilters
    list_display = [
        "person",
        column(
            "organization", _("Organization"), lambda row: row.organization, sort_key="organization__name"
        ),
        column("scopes", _("Scopes"), lambda row: row.scopes_in_words or "—"),
        column("letter", _("Letter"), lambda row: localized(row.letter_number) or "—"),
        column("from", _("From"), lambda row: jalali(row.valid_from) or "—", sort_key="valid_from"),
        column("to", _("Until"), lambda row: jalali(row.valid_to) or "—", sort_key="valid_to"),
        column("when", _("Time"), when),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With all that the list shows, newest first."""
        return Representative.objects.select_related("person", "organization").order_by("-valid_from", "-pk")

    def panels_for(self, *, new: bool) -> list[Panel]:
        """Who, for whom, with what right, by which letter, until when."""
        return [
            MultiFieldPanel(
                [chosen("person", Person, new=new), chosen("organization", Organization, new=new)],
                heading=_("Who and for whom"),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("can_view", "can_submit", "can_sign", "sees_finance")],
                heading=_("What the letter lets do"),
            ),
            FieldPanel("letter_number"),
            PERIOD,
        ]


class DistrictViewSet(OfficeViewSet):
    """The districts and their neighbourhoods. A district's number is its name in every rule, and stays."""

    model = District
    icon = "site"
    menu_label = _("Districts")
    base_url_path = "offices/districts"
    list_display = [
        "name",
        column("number", _("District number"), lambda row: number(row.number), sort_key="number"),
        column("organizations", _("Organizations"), lambda row: number(row.organization_count)),
        column("neighbourhoods", _("Neighbourhoods"), lambda row: number(row.neighbourhood_count)),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With how many organisations and neighbourhoods they have."""
        return District.objects.annotate(
            organization_count=Count("organizations", distinct=True),
            neighbourhood_count=Count("neighbourhoods", distinct=True),
        )

    def panels_for(self, *, new: bool) -> list[Panel]:
        """Number, name, neighbourhoods."""
        return [
            FieldRowPanel(
                [FieldPanel("number", read_only=not new), FieldPanel("name")], heading=_("Particulars")
            ),
            InlinePanel(
                "neighbourhoods",
                heading=_("Neighbourhoods"),
                label=_("Neighbourhood"),
                panels=[FieldPanel("name")],
            ),
        ]


class OfficesGroup(SnippetViewSetGroup):
    """One entry of the menu for all of them."""

    items = (
        OrganizationViewSet,
        BodyViewSet,
        PersonViewSet,
        MembershipViewSet,
        RepresentativeViewSet,
        PostViewSet,
        DistrictViewSet,
    )
    menu_label = _("Organizations and people")
    menu_name = "offices"
    menu_icon = "group"
    menu_order = 250
