"""Keeping a rendered page of results for those who ask the same again: by the name of all that it shows.

The search itself is made each time. The name is a digest of what was found for this very reader, so what is kept can
show nobody anything that his own search did not find.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from search.queries import Results

#: The cache of `settings.CACHES`, a small one of each process; and seconds.
CACHE, KEPT_FOR = "search_results", 120


def name_of(request: HttpRequest, results: Results, pinned: Iterable[Any]) -> str:
    """A digest of everything that the page says below its head."""
    wholes = [*results.hits, *results.weaker]
    said = (
        get_language(),
        request.get_host(),
        request.get_full_path(),
        sorted(results.query.marked),
        results.query.text,
        results.total,
        results.weaker_total,
        results.meant,
        results.instead_of,
        results.narrowing,
        [
            (name, [(each.value, each.label, each.count, each.chosen) for each in facet.choices])
            for name, facet in results.facets.items()
        ],
        [
            [(hit.candidate.uid, hit.candidate.seal, hit.length) for hit in (whole, *whole.more)]
            for whole in wholes
        ],
        [(page.pk, page.title, page.url) for page in pinned],
    )
    return blake2b(repr(said).encode("utf-8", "replace"), digest_size=20).hexdigest()
