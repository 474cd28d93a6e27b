"""What the embedded engine asks of tantivy, built from a request."""

from collections.abc import Callable
from datetime import date
from operator import itemgetter

import tantivy
from tantivy import Occur

from search.engines.base import SYNONYM, Filters, Request
from search.query import Clause, Concept, Query

#: One part of a query of several: whether it must match, may, or must not.
Part = tuple[Occur, tantivy.Query]


class Queries:
    """Builds queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def words(self, query: Query) -> list[Part]:
        """What scores: each word, and less so each synonym."""
        words = [tantivy.Query.term_query(self.schema, "text", key) for key in dict.fromkeys(query.keys)]
        words += [tantivy.Query.boost_query(self._concept(each.concept), SYNONYM) for each in query.widened]
        return [(Occur.Should, word) for word in words]

    @staticmethod
    def unscored(parts: list[Part]) -> list[Part]:
        """The same conditions, adding nothing to any score: only the words' own rank counts."""
        return [(occur, tantivy.Query.const_score_query(query, 0.0)) for occur, query in parts]

    def allowed(self, request: Request) -> list[Part]:
        """What the reader may see, less what the query leaves out."""
        query: Query = request.query
        parts = [(Occur.Must, self.readable(request.audiences))]
        parts += [(Occur.Must, self._clause(clause)) for clause in query.clauses if clause.required]
        parts += [(Occur.Must, self._concept(concept, "title_keys")) for concept in query.titled]
        parts += [(Occur.Must, self._number(number)) for number in query.numbered]
        parts += [(Occur.MustNot, self._concept(concept)) for concept in query.without]
        return parts + self.open(request.excluded)

    def matching(self, request: Request) -> list[Part]:
        """That it matches well enough."""
        query = request.query
        if not query.clauses or (len(query.clauses) <= 2 and not query.registered):
            return [(Occur.Must, self._clause(clause)) for clause in query.clauses]
        needed = query.needed
        clauses = [
            (Occur.Should, built)
            for clause in query.clauses
            for built in [self._clause(clause)] * clause.weight  # once for each point of its weight
        ]
        for number in query.registered:  # its own number is enough
            clauses += [(Occur.Should, self._number(number))] * needed
        return [(Occur.Must, tantivy.Query.boolean_query(clauses, minimum_number_should_match=needed))]

    def readable(self, audiences: frozenset[int]) -> tantivy.Query:
        """What one of these audiences may see."""
        if not audiences:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self.schema, "audience", list(audiences))

    def _clause(self, clause: Clause) -> tantivy.Query:
        built = [self._concept(concept) for concept in clause.readings]
        if len(built) == 1:
            return built[0]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in built])

    def _concept(self, concept: Concept, name: str = "text") -> tantivy.Query:
        if len(concept.keys) == 1:
            return tantivy.Query.term_query(self.schema, name, concept.keys[0])
        return tantivy.Query.phrase_query(self.schema, name, list(concept.keys))

    def narrowing(self, request: Request) -> list[Part]:
        """The filters as conditions."""
        filters: Filters = request.filters
        chosen = filters.choices()
        if request.objects:
            chosen["object"] = request.objects
        parts = [
            (Occur.Must, tantivy.Query.term_set_query(self.schema, name, list(values)))
            for name, values in chosen.items()
        ]
        if filters.since or filters.until:
            unsigned, last = tantivy.FieldType.Unsigned, filters.until or date.max.toordinal()
            days = tantivy.Query.range_query(self.schema, "day", unsigned, max(1, filters.since), last)
            parts.append((Occur.Must, days))
        return parts

    def open(self, excluded: frozenset[int]) -> list[Part]:
        """The condition that it is none of the objects that are closed by now."""
        if not excluded:
            return []
        return [(Occur.MustNot, tantivy.Query.term_set_query(self.schema, "object", list(excluded)))]

    def weighed(self, query: Query, frequency: Callable[[str], int]) -> tantivy.Query | None:
        """What may match well enough, scored by how much weight of the clauses it matches; None when nothing can.

        Only passages that have one of the rarer clauses are looked at: the commoner ones alone do not make enough.
        """

        def rarity(clause: Clause) -> int:
            return sum(min(map(frequency, concept.keys)) for concept in clause.readings)

        there = [(found, clause) for clause in query.clauses if (found := rarity(clause))]
        needed, left = query.needed, sum(clause.weight for _, clause in there)
        rarer = [self._worth(self._number(number), needed) for number in query.registered]  # enough by itself
        if left < needed and not rarer:
            return None
        commoner: list[tantivy.Query] = []
        for _, clause in sorted(there, key=itemgetter(0)):
            (rarer if left >= needed else commoner).append(self._worth(self._clause(clause), clause.weight))
            left -= clause.weight
        built = tantivy.Query.boolean_query([(Occur.Should, worth) for worth in rarer])
        for worth in commoner:  # one by one: each is looked up for what was found so far, not walked through
            built = tantivy.Query.boolean_query([(Occur.Must, built), (Occur.Should, worth)])
        return built

    @staticmethod
    def _worth(query: tantivy.Query, weight: int) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, float(weight))

    def _number(self, number: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, "number", number)
