"""Searching short lists by any spelling, where an index would be too much: accounts, bodies, people."""

from typing import Any

from django.db.models import QuerySet

from search.analysis import fold


def matching(rows: QuerySet[Any], fields: tuple[str, ...], words: str) -> QuerySet[Any]:
    """Those of `rows` in whose `fields` each of `words` stands, in whatever spelling. For thousands of rows."""
    wanted = [folded for word in words.split() if (folded := fold(word))]
    found = set()
    for pk, *texts in rows.order_by().values_list("pk", *fields):
        text = fold("".join(str(text) for text in texts if text))
        if all(word in text for word in wanted):
            found.add(pk)
    return rows.filter(pk__in=found)
