"""What the demonstration made, so that it can be taken away again without touching anything else."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemonstrationItem(models.Model):
    """One object that the demonstration made, and what it looked like when it was made."""

    key = models.CharField(max_length=200, unique=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64, blank=True, help_text="Empty until the build has ended.")
    made_at = models.DateTimeField(auto_now_add=True)

    made_object = GenericForeignKey("content_type", "object_id")

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="demonstration_item_object")
        ]

    def __str__(self) -> str:
        return self.key


class DemonstrationState(models.Model):
    """Which content the last finished build was made of: while it is the same, there is nothing to do."""

    content_sha256 = models.CharField(max_length=64)
    built_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.content_sha256
