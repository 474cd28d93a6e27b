"""Searches that people keep: what each was told of already, and the address of its feed."""

from array import array

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A question with its filters that a person keeps. What it finds is asked anew each time, as that person.

    `parameters` are the filters as they stand in an address, in one order; `seen` are the numbers of the objects that
    its person was told of. A deleted one is kept a day, for second thoughts.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=120)
    text = models.CharField(_("question"), max_length=500, blank=True)
    parameters = models.CharField(_("filters"), max_length=1000, blank=True)
    digest = models.CharField(max_length=64)
    by_mail = models.BooleanField(_("daily e-mail"), default=False)
    seen = models.BinaryField(default=bytes)
    told_on = models.DateField(null=True)
    feed_digest = models.CharField(max_length=64, null=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="search_saved_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filters(self) -> QueryDict:
        """The filters as an address gives them."""
        return QueryDict(self.parameters)

    @property
    def query_string(self) -> str:
        """What follows the address of the page of search."""
        whole = QueryDict(self.parameters, mutable=True)
        whole["q"] = self.text
        return whole.urlencode()

    def get_seen(self) -> frozenset[int]:
        """The numbers of the objects that its person was told of."""
        numbers: array[int] = array("Q")
        numbers.frombytes(bytes(self.seen))
        return frozenset(numbers)

    @staticmethod
    def packed(numbers: frozenset[int]) -> bytes:
        """Numbers as `seen` keeps them: eight bytes each."""
        return array("Q", sorted(numbers)).tobytes()
