import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError

from search import highlights
from search.api import facets_as_json, hits_as_json
from search.engines.base import EngineDown
from search.narrowing import SORTS
from search.queries import narrow, search


class Command(BaseCommand):
    """Search as a person, or as anyone on the street."""

    help = "Search as --as USER (without it: anonymous). --json prints one object: total, hits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The query, the reader, the filters."""
        parser.add_argument("query")
        parser.add_argument("--as", dest="username", default="", help="user name of the reader")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--kind", default="")
        parser.add_argument("--district", default="")
        parser.add_argument("--year", default="", help="Jalali year")
        parser.add_argument("--body", default="", help="number of a body")
        parser.add_argument("--organization", default="", help="number of an organisation")
        parser.add_argument("--status", default="")
        parser.add_argument("--from", dest="since", default="", help="Jalali day, month or year")
        parser.add_argument("--to", dest="until", default="", help="Jalali day, month or year")
        parser.add_argument("--sort", default="", choices=("", *SORTS))
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--size", type=int, default=20, help="hits on a page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print."""
        user: Any = AnonymousUser()
        if options["username"]:
            user = get_user_model().objects.filter(username=options["username"], is_active=True).first()
            if user is None:
                raise CommandError(f"No active user is named {options['username']!r}.")
        narrowing = narrow(
            *(options[name] for name in ("kind", "district", "year")),
            **{name: options[name] for name in ("body", "organization", "status", "since", "until", "sort")},
        )
        page, size = max(1, options["page"]), min(max(1, options["size"]), 1000)
        try:
            results = search(options["query"], user, narrowing, page=page, size=size)
        except EngineDown as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        if options["json"]:
            found = {
                "total": results.total,
                "hits": hits_as_json(results),
                "facets": facets_as_json(results.facets),
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{results.total} found")
        for number, hit in enumerate(results.hits + results.weaker, 1 + (page - 1) * size):
            if results.weaker and hit is results.weaker[0]:
                self.stdout.write("\nweaker matches, of some of the words:")
            self.stdout.write(f"\n{number}. {hit.object_title} [{hit.kind_label}]\n   {hit.url}")
            if text := highlights.to_text(hit.pieces).strip():
                self.stdout.write(f"   {text}")
