from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.access.actions import CHANGED
from intranet.outbox.actions import settle
from intranet.ui.calendar import to_jalali
from pages.news.actions import NoReceivedSection, Outcome, Taken, files_of, received_section, take_text

WOULD = {Outcome.MADE: "would be made a draft", Outcome.PUBLISHED: "would be published"}


class Command(BaseCommand):
    """Import plain texts as they come: title, Jalali date, news code and body are recognised."""

    help = "Import plain texts as news under «متن‌های رسیده»: drafts, or published. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Files or folders, and what to do with them."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
        parser.add_argument("--publish", action="store_true", help="publish them, instead of leaving drafts")
        parser.add_argument("--dry-run", action="store_true", help="show what would be made; write nothing")

    def handle(
        self, *args: Any, paths: list[Path], publish: bool = False, dry_run: bool = False, **options: Any
    ) -> None:
        """Take in each file; name the bad ones and end with an error when there are any."""
        try:
            received_section()
        except NoReceivedSection as error:
            raise CommandError("the site has no section «received»; run `manage.py install` first") from error
        taken = []
        for path in files_of(paths):
            one = take_text(path, publish=publish, dry_run=dry_run)
            taken.append(one)
            self._report(one, dry_run=dry_run)
        if not dry_run and not settle(CHANGED):
            self.stderr.write("search does not know them yet: it will, when the worker has caught up")
        counts = {outcome: sum(one.outcome == outcome for one in taken) for outcome in Outcome}
        listed = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
        self.stdout.write(f"{len(taken)} files: {listed or 'nothing to import'}" + " (dry run)" * dry_run)
        if refused := [one.path for one in taken if one.outcome == Outcome.REFUSED]:
            raise CommandError(
                f"{len(refused)} could not be imported: " + ", ".join(str(path) for path in refused)
            )

    def _report(self, one: Taken, *, dry_run: bool) -> None:
        if one.outcome == Outcome.REFUSED or one.text is None:
            self.stderr.write(f"{one.path}: {Outcome.REFUSED}: {one.reason}")
            return
        word = WOULD.get(one.outcome, one.outcome) if dry_run else one.outcome
        date = to_jalali(one.text.date).ascii() if one.text.date else "no date"
        code = f"code {one.text.code}" if one.text.code else "no code"
        self.stdout.write(f"{one.path}: {word}")
        self.stdout.write(f"    {one.text.title}")
        self.stdout.write(f"    {date} · {code} · {len(one.text.blocks)} paragraphs")
