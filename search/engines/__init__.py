"""The engines, chosen by `settings.SEARCH_URL`: empty or `embedded:///folder`, or the address of an Elasticsearch."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from search.engines.base import Engine


@lru_cache(maxsize=8)
def _engine(url: str, folder: str) -> Engine:
    if urlsplit(url).scheme in {"http", "https"}:
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(url)
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(folder))


def current() -> Engine:
    """The engine of this site."""
    url = settings.SEARCH_URL or ""
    parts = urlsplit(url)
    folder = (
        unquote(parts.path) if parts.scheme == "embedded" and parts.path else str(settings.SEARCH_INDEX_DIR)
    )
    return _engine(url, folder)


@contextmanager
def throw_away(server: str = "") -> Iterator[Engine]:
    """An empty engine of its own, gone afterwards: on the Elasticsearch at `server`, else an embedded one."""
    if server:
        from search.engines.elasticsearch import ElasticsearchEngine

        address = urlsplit(server)._replace(path=f"/throw-away-{uuid.uuid4().hex[:12]}").geturl()
        engine = ElasticsearchEngine(address)
        try:
            yield engine
        finally:
            engine.remove()
        return
    from search.engines.embedded import EmbeddedEngine

    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        yield EmbeddedEngine(Path(folder))
