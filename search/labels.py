"""What the values of facets are called."""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intranet.ui.numerals import localized
from search.analysis import current, keys
from search.kinds import KINDS, STATUSES
from search.records import names

#: The columns that a field word narrows by name.
_NAMED = {"body": "body_id", "organization": "organization"}
#: Stands where no name fits; no row has this number.
NOBODY = 2**40
KEPT_FOR = 60  # seconds: a name that has changed is right again after this


def _named(column: str, source: Callable[[list[int]], dict[int, str]], numbers: list[int]) -> dict[int, str]:
    key = hashlib.sha256(f"{get_language()} {column} {sorted(numbers)}".encode()).hexdigest()
    found: dict[int, str] | None = cache.get(f"search.names.{key}")
    if found is None:
        found = source(numbers)
        cache.set(f"search.names.{key}", found, KEPT_FOR)
    return found


def numbers_named(word: str, text: str) -> frozenset[int]:
    """The bodies, or organisations, whose name has all words of a text, in any spelling.

    Among all there are, so ask only to narrow by them: whoever reads sees no more than what he may read of theirs.
    """
    source = names.get(_NAMED[word])
    kept = f"search.named.{word}.{current().lexicon.digest}"
    keyed: dict[int, frozenset[str]] | None = cache.get(kept)
    if keyed is None:
        named = source() if source else {}
        keyed = {number: frozenset(keys(name)) for number, name in named.items()}
        cache.set(kept, keyed, KEPT_FOR)
    wanted = set(keys(text))
    return frozenset(number for number, held in keyed.items() if wanted <= held) or frozenset({NOBODY})


def labels_of(column: str, counted: Mapping[str, int]) -> dict[str, str]:
    """The names of a facet's values.

    Bodies and organisations are named only where something was counted: whoever asks for one by a number of his
    own choice is not told what it is called.
    """
    if not counted:
        return {}
    if column in {"body_id", "organization"}:
        numbers = [int(value) for value, count in counted.items() if count]
        source = names.get(column)
        known = _named(column, source, numbers) if source and numbers else {}
        without = _("No. %(number)s")
        return {
            value: known.get(int(value)) or without % {"number": localized(value)}
            for value, count in counted.items()
            if int(value) in known or not count
        }
    language = get_language() or ""
    return {value: _plain(column, value, language) for value in counted}


@lru_cache(maxsize=2048)
def _plain(column: str, value: str, _language: str) -> str:
    """What a value is called that no table names, in the active language; a page of results has eighty of them."""
    if column in {"kind", "status"}:
        return str((KINDS if column == "kind" else STATUSES)[value])
    if column == "language":
        return {"fa": _("Persian"), "en": _("English")}[value]
    if column == "district":
        return _("District %(number)s") % {"number": localized(value)}
    return localized(value)
