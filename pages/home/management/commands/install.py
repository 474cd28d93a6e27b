from typing import Any

from django.core.management.base import BaseCommand

from pages.home.actions import install_site


class Command(BaseCommand):
    """Make what every site needs: locales, front page, sections. Run after `migrate`; safe to run again."""

    help = "Make the skeleton of the site."

    def handle(self, *args: Any, **options: Any) -> None:
        """Install and say so."""
        home = install_site()
        self.stdout.write(f"site ready: {home.title}")
