"""Keeping a rendered page of results for those who ask the same again: by the name of all that it shows.

The search itself is made each time. The name is a digest of what was found for this very reader, so what is kept can
show nobody anything that his own search did not find.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from search.hits import Hit
from search.queries import Results

#: The cache of `settings.CACHES`, a small one of each process; and seconds.
CACHE, KEPT_FOR = "search_results", 120


def name_of(request: HttpRequest, results: Results, pinned: Iterable[Any]) -> str:
    """A digest of everything that the page says below its head."""
    digest = blake2b(digest_size=20)

    def add(*parts: object) -> None:
        for part in parts:
            raw = part if isinstance(part, bytes) else repr(part).encode("utf-8", "replace")
            digest.update(len(raw).to_bytes(8))
            digest.update(raw)

    def add_hit(hit: Hit) -> None:
        found = hit.candidate
        add(found.uid, found.shown, found.raw_keys, hit.length)

    add(get_language(), request.get_host(), request.get_full_path(), sorted(results.query.marked))
    add(
        results.query.text,
        results.total,
        results.weaker_total,
        results.meant,
        results.instead_of,
        results.narrowing,
    )
    for facet in results.facets.values():
        add(facet.parameter, facet.choices)
    for hit in [*results.hits, *results.weaker]:
        add_hit(hit)
        add(len(hit.more))
        for more in hit.more:
            add_hit(more)
    for page in pinned:
        add(page.pk, page.title, page.url)
    return digest.hexdigest()
