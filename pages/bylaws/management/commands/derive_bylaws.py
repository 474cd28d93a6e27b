"""`manage.py derive_bylaws`: after a change of the parser or of how texts are shown."""

from typing import Any

from django.core.management.base import BaseCommand

from pages.bylaws.actions import derive_again
from pages.bylaws.models import BylawPage


class Command(BaseCommand):
    """Derive the provisions of all versions of all bylaws anew; their sources and dates stay as they are."""

    help = "Derive the provisions and the HTML of every version of every bylaw anew from its source."

    def handle(self, *args: Any, **options: Any) -> None:
        """One bylaw after another, each in a transaction of its own."""
        for page in BylawPage.objects.filter(versions__isnull=False).distinct().order_by("pk"):
            count = derive_again(page)
            self.stdout.write(f"{page.pk} {page.slug}: {count}")
