"""Files of the institution, and the registers that number its acts."""

import hashlib
from pathlib import PurePath, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from documents.copy_models import OfficialCopy
from documents.extraction import Trouble
from documents.file_types import identify
from organizations.models import District, Organization

__all__ = [
    "Document", "Folder", "Image", "OfficialCopy", "Register", "RegisterYear", "RegistryNumber", "Rendition",
]  # fmt: skip


def _uploader(related_name: str) -> Any:
    """Wagtail's own field under another reverse name, since its own models of these names stay installed."""
    field: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name=related_name,
        verbose_name=_("uploaded by user"),
    )
    field.wagtail_reference_index_ignore = True
    return field


class Folder(models.Model):
    """A folder of an organisation's own files; one of finance opens only to those whose letter says so."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="folders", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=100)
    finance = models.BooleanField(
        _("finance"), default=False, help_text=_("Only for those whose letter opens finance to them.")
    )

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="documents_folder_name",
                violation_error_message=_("The organization has a folder of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Document(AbstractDocument):
    """A file as it was received: its name, size, type by content, checksum and text are kept beside it."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everyone")
        SIGNED_IN = "signed_in", _("everyone who signs in")
        STAFF = "staff", _("HQ staff and editors")
        ATTACHED = "attached", _("those who read what it is attached to")
        ORGANIZATION = "organization", _("the organization's people, its district's secretary and HQ staff")

    uploaded_by_user = _uploader("uploaded_documents")
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="tagged_documents")
    audience = models.CharField(_("readers"), max_length=20, choices=Audience.choices, default=Audience.STAFF)
    original_name = models.CharField(_("original name"), max_length=255, blank=True, editable=False)
    media_type = models.CharField(_("type"), max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True, editable=False, db_index=True)
    text = models.TextField(_("extracted text"), blank=True, editable=False)
    text_trouble = models.CharField(
        _("trouble with its text"), max_length=10, choices=Trouble.choices, blank=True, editable=False
    )
    extracted_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("organization"),
    )
    folder = models.ForeignKey(
        Folder,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="documents",
        verbose_name=_("folder"),
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("district")
    )

    admin_form_fields = ("title", "file", "collection", "audience", "organization", "district", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def filename(self) -> str:
        """The name under which the file was sent (storage drops the ZWNJs of Persian names)."""
        return self.original_name or PurePath(self.file.name).name

    def _set_document_file_metadata(self) -> None:
        """Wagtail calls this for every new file, from all of its upload screens."""
        super()._set_document_file_metadata()
        self.original_name = PurePath(self.file.name).name[:255]
        with self.open_file() as file:
            self.media_type = identify(file, self.original_name).media_type
            self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()


class Image(AbstractImage):
    """A picture. Like a file it has readers of its own, its renditions with it (`documents.images`)."""

    uploaded_by_user = _uploader("uploaded_images")
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="tagged_images")
    audience = models.CharField(
        _("readers"),
        max_length=20,
        choices=[choice for choice in Document.Audience.choices if choice[0] != Document.Audience.ATTACHED],
        default=Document.Audience.SIGNED_IN,
        help_text=_("A picture on a public page must itself be open to everyone."),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="images",
        verbose_name=_("organization"),
    )

    admin_form_fields = ("title", "file", "description", "collection", "audience", "organization", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")

    @property
    def filename(self) -> str:
        """The name of the file on disk, without its folder."""
        return PurePosixPath(self.file.name).name

    @property
    def url(self) -> str:
        """The address of the picture: the checked view's, never the media folder's."""
        return reverse("image_rendition", args=[self.pk, self.filename])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="documents_rendition_once"
            ),
        ]


class Register(models.Model):
    """A register of the secretariat: one sequence a Jalali year."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    pattern = models.CharField(
        _("pattern"),
        max_length=60,
        default="{year}/{code}/{seq}",
        help_text=_("How a number is written: {year}, {code} and {seq} are filled in."),
    )
    prefix = models.CharField(_("code in numbers"), max_length=20)

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class RegisterYear(models.Model):
    """The last number that a register gave in a Jalali year; its row is the lock under which numbers are given."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(_("Jalali year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="documents_register_year")]

    def __str__(self) -> str:
        return f"{self.register} {self.year}: {self.last}"


class RegistryNumber(models.Model):
    """A number given at issue: never given twice, never reused; a void one stays as void."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="numbers", verbose_name=_("register"))
    year = models.PositiveSmallIntegerField(_("Jalali year"))
    sequence = models.PositiveIntegerField(_("sequence"))
    text = models.CharField(
        _("number"), max_length=80, unique=True, help_text=_("Canonical form, ASCII digits.")
    )
    target_uid = models.CharField(_("given to"), max_length=60, db_index=True)
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    void_reason = models.TextField(_("void because"), blank=True)

    class Meta:
        verbose_name = _("registry number")
        verbose_name_plural = _("registry numbers")
        ordering = ["register", "-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "sequence"], name="documents_number_once"),
        ]

    def __str__(self) -> str:
        return self.text
