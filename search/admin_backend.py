"""Wagtail's own search (choosers, page explorer, lists of the admin) by the analysis of the site's search.

A thin layer over Wagtail's database backend, for SQLite and PostgreSQL alike: what goes into its index and what is
asked of it are folded first, so that an editor finds a thing by any keyboard and any spelling.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseIndex
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField
from modelsearch.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText

from search.analysis import analyzer_of, fold

LONGEST = 500  # characters of a question that are read


def folded(text: str) -> str:
    """The keys of a text, each a plain word: what stands in the index and is asked of it."""
    return " ".join(
        "".join(letter if letter.isalnum() else " " for letter in analyzer_of(()).key(text)).split()
    )


def written(text: str) -> list[str]:
    """The words of a text as they were written, folded but not taken apart: what a half-typed word begins."""
    return [word for word in (fold(word) for word in text.split()) if word]


def beginnings(text: str) -> str:
    """Words whose beginnings find the text: its keys, its words with and without half-space, neighbours glued."""
    whole = written(text)
    parts = written(text.replace("\u200c", " "))
    glued = [first + second for first, second in pairwise(parts)]
    return " ".join(dict.fromkeys([*folded(text).split(), *whole, *parts, *glued]))


def asked(text: str, operator: str, *, half_typed: bool) -> Any:
    """The question folded; its last word may be half typed. None when nothing is left of it."""
    text = text[:LONGEST]
    words = folded(text)
    if not half_typed:
        return PlainText(words, operator=operator) if words else None
    typed = written(text)
    before, _, last = text.rstrip().rpartition(" ")
    ways = [words, " ".join(typed), f"{folded(before)} {fold(last)}".strip()]
    found = [PlainText(way, operator=operator) for way in dict.fromkeys(filter(None, ways))]
    return Or(found) if len(found) > 1 else next(iter(found), None)


def _refold(query: Any, operator: str, *, half_typed: bool) -> Any:
    """A question of Wagtail's own making, folded wherever it holds words."""
    if isinstance(query, str):
        query = PlainText(query, operator=operator)
    if isinstance(query, PlainText):
        return asked(query.query_string, query.operator, half_typed=half_typed)
    if isinstance(query, Phrase):
        words = folded(query.query_string)
        return Phrase(words) if words else None
    if isinstance(query, And | Or):
        parts = [_refold(part, operator, half_typed=half_typed) for part in query.subqueries]
        parts = [part for part in parts if part is not None]
        return type(query)(parts) if parts else None
    if isinstance(query, Not | Boost):
        part = _refold(query.subquery, operator, half_typed=half_typed)
        return Not(part) if part and isinstance(query, Not) else part  # no database knows boosts
    return query


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(_text, value.values()))
    if isinstance(value, list | tuple | set):
        return " ".join(map(_text, value))
    return "" if value is None else str(value)


class _Folded:
    """An object as Wagtail's index is to see it."""

    def __init__(self, obj: Any) -> None:
        self.obj, self.pk = obj, obj.pk

    def get_search_fields(self) -> list[Any]:
        """Its fields, with folded values."""
        return [_fold_field(field) for field in self.obj.get_search_fields()]


def _value(field: Any, obj: Any) -> Any:
    return field.get_value(obj.obj if isinstance(obj, _Folded) else obj)


class _FoldedSearchField(SearchField):
    def __init__(self, field: SearchField) -> None:
        super().__init__(field.field_name, boost=field.boost)
        self.field = field

    def get_value(self, obj: Any) -> str:
        return folded(_text(_value(self.field, obj)))


class _FoldedAutocompleteField(AutocompleteField):
    def __init__(self, field: AutocompleteField) -> None:
        super().__init__(field.field_name)
        self.field = field

    def get_value(self, obj: Any) -> str:
        return beginnings(_text(_value(self.field, obj)))


class _FoldedRelatedFields(RelatedFields):
    def __init__(self, field: RelatedFields) -> None:
        super().__init__(field.field_name, [_fold_field(inner) for inner in field.fields])
        self.field = field

    def get_value(self, obj: Any) -> Any:
        return _value(self.field, obj)


def _fold_field(field: BaseField | RelatedFields) -> BaseField | RelatedFields:
    if isinstance(field, RelatedFields):
        return _FoldedRelatedFields(field)
    if isinstance(field, SearchField):
        return _FoldedSearchField(field)
    if isinstance(field, AutocompleteField):
        return _FoldedAutocompleteField(field)
    return field


@lru_cache(maxsize=4)
def _folding(base: Any) -> Any:
    """`base`, a backend of Wagtail's, with everything folded."""

    class Index(base.index_class):  # type: ignore[name-defined,misc]
        def add_items(self, model: type, items: Iterable[Any]) -> None:
            super().add_items(model, [_Folded(item) for item in items])

    def unchecked(compiler: Any) -> type:
        # The filters of a list are the database's own, so they need no place in the index.
        return type(compiler.__name__, (compiler,), {"check": lambda self: None})

    class Backend(base):  # type: ignore[misc]
        index_class = Index
        query_compiler_class = unchecked(base.query_compiler_class)
        autocomplete_query_compiler_class = unchecked(base.autocomplete_query_compiler_class)

        def _search(self, compiler: type, query: Any, model_or_queryset: Any, **options: Any) -> Any:
            half_typed = compiler is self.autocomplete_query_compiler_class
            query = _refold(query, options.get("operator") or "and", half_typed=half_typed)
            # One index holds the words of all fields: to name some would search the raw columns.
            options["fields"] = None
            return super()._search(compiler, query or Not(MATCH_ALL), model_or_queryset, **options)

    return Backend


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """The backend that fits the database; the plain one while its tables are not there yet."""
    backend: Any = database.SearchBackend(params)
    kind: Any = backend.__class__
    if kind.index_class is BaseIndex:
        return backend
    return _folding(kind)(params)
