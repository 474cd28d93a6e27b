"""Districts, organisations, bodies, people, and who belongs to what from when to when."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from organizations import periods
from organizations.composition import Nominee, Seat
from organizations.dated import IN_ORDER
from organizations.deciding_words import Majority
from organizations.mandates import AbstractMandate, Approved, MandateQuerySet, MandateState, Relocation

__all__ = ["Nominee", "Relocation", "Seat"]


class District(ClusterableModel):
    """A district of the city (منطقه). 22 here; another city has other numbers."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    """A neighbourhood (محله) of a district."""

    district = ParentalKey(
        District, on_delete=models.CASCADE, related_name="neighbourhoods", verbose_name=_("district")
    )
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        ordering = ["district", "name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="organizations_neighbourhood_name")
        ]

    def __str__(self) -> str:
        return self.name


class Organization(index.Indexed, ClusterableModel):
    """An organisation: an NGO (سمن), a network of them, a municipal department, another authority."""

    class Kind(models.TextChoices):
        NGO = "ngo", _("NGO")
        NETWORK = "network", _("network of NGOs")
        HEADQUARTERS = "headquarters", _("headquarters")
        DEPARTMENT = "department", _("municipal department")
        AUTHORITY = "authority", _("other authority")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NGO)
    name = models.CharField(_("name"), max_length=200)
    field = models.CharField(_("field of work"), max_length=200, blank=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("district"),
    )
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), null=True, blank=True)
    consultative_since = models.DateField(_("consultative status since"), null=True, blank=True)

    # Found in the admin by any spelling.
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.AutocompleteField("registration_number"),
        index.SearchField("former_names"),
        index.AutocompleteField("former_names"),
    ]

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def former_names(self) -> str:
        """The names that it bore, for Wagtail's own index."""
        return " ".join(name.name for name in self.names.all())


class OrganizationName(models.Model):
    """A name that an organisation bore between two dates: names and roles change on a date."""

    organization = ParentalKey(
        Organization, on_delete=models.CASCADE, related_name="names", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=200)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["valid_from"]
        constraints = [models.CheckConstraint(condition=IN_ORDER, name="organizations_name_in_order")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The name ends no earlier than it begins."""
        periods.check_order(self)


class Body(index.Indexed, ClusterableModel):
    """A council, committee, workgroup, headquarters or secretariat that meets and decides."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        COMMITTEE = "committee", _("committee")
        WORKGROUP = "workgroup", _("workgroup")
        HEADQUARTERS = "headquarters", _("operational headquarters")
        SECRETARIAT = "secretariat", _("secretariat")
        ASSEMBLY = "assembly", _("assembly")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200, unique=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    composition = models.TextField(
        _("composition"), blank=True, help_text=_("Seats, who nominates, who chooses.")
    )
    term_years = models.PositiveSmallIntegerField(_("term, in years"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        null=True,
        blank=True,
        help_text=_("Members who must be present; empty: more than half of them."),
    )
    majority = models.CharField(
        _("majority"), max_length=30, choices=Majority.choices, default=Majority.OF_PRESENT
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name=_("district")
    )

    # Found in the admin by any spelling.
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(index.Indexed, models.Model):
    """A person known to the institution, with or without an account."""

    name = models.CharField(_("name"), max_length=150)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )

    # Found in the admin by any spelling.
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Post(index.Indexed, models.Model):
    """A post (سمت) that persons hold one after another."""

    title = models.CharField(_("title"), max_length=150)
    body = ParentalKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="posts", verbose_name=_("body")
    )

    # Found in the admin by any spelling.
    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Membership(Approved):
    """A person's place in an organisation or in a body, from a day to a day.

    It opens what is the organisation's or body's own, so what one person files counts when another approved it
    (`signal_handlers`); what the system itself makes counts at once.
    """

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=MandateState.choices,
        default=MandateState.APPROVED,
        editable=False,
    )

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("organization"),
    )
    body = models.ForeignKey(
        Body, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("body")
    )
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, verbose_name=_("post"))
    seat = models.ForeignKey(
        Seat,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("seat"),
        help_text=_("Where the body has a rule of composition."),
    )
    on_behalf_of = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("on behalf of"),
    )
    voting = models.BooleanField(_("has a vote"), default=True)
    is_secretary = models.BooleanField(_("is the secretary"), default=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None) ^ Q(body=None),
                name="organizations_membership_of_one",
                violation_error_message=_("A membership is of an organization or of a body, not of both."),
            ),
            models.CheckConstraint(condition=IN_ORDER, name="organizations_membership_in_order"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=F("made_by")),
                name="organizations_membership_four_eyes",
                violation_error_message=_("Whoever files a membership does not approve it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organization or self.body}"

    @property
    def place(self) -> Organization | Body | None:
        """The organisation or the body."""
        return self.organization or self.body

    def clean(self) -> None:
        """One place at a time under one post, in a body that has the post, and one secretary at a time."""
        periods.check_membership(self)


class Share(models.Model):
    """An object that HQ staff opened to the people of one organisation, or of all those of a district."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="shares"
    )
    district = models.ForeignKey(District, models.CASCADE, null=True, blank=True, related_name="shares")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="organizations_share_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None) ^ Q(district=None), name="organizations_share_with_one"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "organization"], name="organizations_share_once"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "district"], name="organizations_share_district_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} → {self.organization or self.district}"


class Representative(AbstractMandate):
    """Who acts for an organisation, by a letter of appointment, until it expires."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="representatives", verbose_name=_("organization")
    )

    class Meta(AbstractMandate.Meta):
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.CheckConstraint(condition=IN_ORDER, name="organizations_representative_in_order"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=F("made_by")),
                name="organizations_representative_four_eyes",
                violation_error_message=_("Whoever files a letter does not approve it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organization}"

    def clean(self) -> None:
        """One mandate at a time for one organisation, which ends no earlier than it begins."""
        periods.check_mandate(self)
