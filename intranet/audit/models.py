"""One row an act, one link an act in the chain, one key a person. Acts and links stay as they are."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.audit.sealing import Keys, PersonKey

__all__ = ["Event", "Link", "PersonKey"]


class Added(models.Model):
    """A row that is added and then stays as it is; triggers of the database hold the same."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a second save is refused."""
        if not self._state.adding:
            raise TypeError("An audit event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: events are never removed."""
        raise TypeError("An audit event is never removed")


class Event(Added):
    """What somebody did to something.

    The actor and the target are kept by number and by name, not by foreign key: the record outlives both. Personal
    values are stored sealed (`intranet.audit.sealing`); `actor_name`, `target_name` and `detail` open them.
    """

    at = models.DateTimeField(_("at"))
    actor_id = models.PositiveBigIntegerField(_("actor number"), null=True)
    actor_sealed = models.TextField(_("actor"), blank=True)
    verb = models.CharField(_("act"), max_length=60)
    target_type = models.CharField(_("target type"), max_length=100, blank=True)
    target_id = models.CharField(_("target number"), max_length=40, blank=True)
    target_sealed = models.TextField(_("target"), blank=True)
    detail_sealed = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        # The screen goes through the events by time and number, under whichever of its filters are set.
        indexes = [
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["actor_id", "at", "id"], name="audit_actor"),
            models.Index(fields=["verb", "at", "id"], name="audit_verb"),
            models.Index(fields=["actor_id", "verb", "at", "id"], name="audit_actor_verb"),
            models.Index(fields=["target_type", "at", "id"], name="audit_type"),
            models.Index(fields=["target_type", "target_id", "at", "id"], name="audit_target"),
            models.Index(fields=["target_type", "target_id", "verb", "at", "id"], name="audit_target_verb"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.target_name}"

    @property
    def keys(self) -> Keys:
        """The keys with which this event is opened; a list of events shares one (`sealing.open_together`)."""
        if not hasattr(self, "_keys"):
            self._keys = Keys()
        return self._keys

    @keys.setter
    def keys(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def actor_name(self) -> str:
        """The account's name at the time of the act; empty for the system itself."""
        return str(self.keys.opened(self.actor_sealed))

    @property
    def target_name(self) -> str:
        """What the target was called at the time of the act."""
        return str(self.keys.opened(self.target_sealed))

    @property
    def detail(self) -> Any:
        """What else is known of the act: a mapping of JSON values."""
        return self.keys.opened(self.detail_sealed)


class Link(Added):
    """The place of an event in the chain: each link's hash covers its event and the hash of the link before it.

    A link is made right after the event's transaction has ended (`intranet.audit.chain`), so that no long transaction
    keeps others from writing. The event is named by number, so that the link still names it when somebody removes it.
    """

    position = models.PositiveBigIntegerField(_("place in the chain"), primary_key=True)
    event_number = models.PositiveBigIntegerField(_("event"), unique=True)
    previous = models.CharField(_("hash of the link before"), max_length=64)
    digest = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("links of the chain")
        ordering = ["position"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.position}: {self.event_number}"
