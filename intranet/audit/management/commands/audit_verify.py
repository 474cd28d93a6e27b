from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.audit import heads
from intranet.audit.verification import Walk


class Command(BaseCommand):
    """Check the whole record and name each event that was changed, removed, moved or put beside the chain."""

    help = "Check the audit log against its hash chain and the signed heads kept outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--heads`."""
        parser.add_argument(
            "--heads",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="more heads, one JSON line each, such as those that were sent by e-mail",
        )

    def handle(self, *args: Any, heads: list[Path], **options: Any) -> None:
        """Print a line for each problem; exit with an error when there is one."""
        known = self._heads(heads)
        walk = Walk(known)
        found = 0
        for problem in walk.problems():
            found += 1
            self.stderr.write(str(problem))
        if found:
            raise CommandError(
                f"the audit log is not as it was written: {found} findings in {walk.links} links"
            )
        self.stdout.write(f"{walk.links} events, chain whole, {len(known)} heads agree")

    def _heads(self, files: list[Path]) -> list[heads.Head]:
        missing = [str(file) for file in files if not file.exists()]
        if missing:
            raise CommandError(f"there is no {', '.join(missing)}")
        try:
            return list(heads.kept(files))
        except heads.Unsigned as error:
            raise CommandError(f"a head that this site's key has not signed: {error}") from error
