"""The server engine: Elasticsearch through `elasticsearch.dsl`, over the same analysed text.

Each language has an index of its own. An alias names those that serve, all together for reading, and `…--fa` each
for writing; a rebuild makes others under a second alias and swaps in one step. What changes meanwhile is written to
both, and noted in the new ones, so that a passage the rebuild had read earlier is read again. Word weights are asked
of all shards (`dfs_query_then_fetch`), so that neither languages nor shards change the order. Only what every
Elasticsearch 8 has is used: no plugin, no script, no `_delete_by_query`.
"""

import base64
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import MultiSearch, Q, Search

from search.analysis import VERSION
from search.beginnings import Way
from search.engines import elasticsearch_bulk
from search.engines.base import (
    COLUMNS,
    SYNONYM,
    Answer,
    Candidate,
    EngineDown,
    Filters,
    Found,
    Offer,
    Request,
    pack,
)
from search.engines.elasticsearch_bulk import BATCH, BRIEF, PATIENT, ServerFullError
from search.entries import Entry
from search.kinds import code_of
from search.query import Clause, Concept

SCHEMA = 6
FOUND_LIMIT, ENTITLED = 50_000, 200
BULK_TIMEOUT = 60
DFS = "dfs_query_then_fetch"
#: How long a process believes that the index was analysed with the same lexicon.
LEXICON_SECONDS = 2
STORED = (
    "object",
    "status",
    "day",
    "object_uid",
    "number",
    "title_keys",
    "meta",
    "body",
    "body_keys",
    "offsets",
)

_KEYWORD = {"type": "keyword"}
_WORDS = {"type": "text", "analyzer": "whitespace"}
_NUMBER = {"type": "long"}
#: What is only shown (meta, body, keys, offsets) is kept in the source and not mapped.
PROPERTIES: dict[str, Any] = {
    "object_uid": _KEYWORD,
    "journal": _KEYWORD,
    "digest": {"type": "keyword", "index": False},
    "text": _WORDS,
    "title": _WORDS | {"norms": False},
    "beginnings": _WORDS | {"norms": False, "index_options": "docs"},
    "length": _NUMBER,
    "title_keys": _WORDS | {"norms": False},
    "uid": _KEYWORD,
    "number": _KEYWORD,
    "audience": _NUMBER,
    **dict.fromkeys(COLUMNS, _NUMBER),
}


def _source(entry: Entry) -> dict[str, Any]:
    """The entry as Elasticsearch takes it."""
    return {
        "uid": entry.uid,
        "object_uid": entry.object_uid,
        "digest": entry.digest,
        "text": entry.text,
        "title_keys": entry.title_keys,
        "title": entry.title_words,
        "beginnings": entry.beginnings,
        "length": entry.length,
        "number": list(entry.numbers),
        "audience": entry.audience,
        **entry.columns._asdict(),
        "meta": entry.meta,
        "body": entry.body,
        "body_keys": entry.body_keys,
        "offsets": base64.b64encode(entry.offsets).decode(),
    }


class ElasticsearchEngine:
    """The index on a server; the path of the address is the alias's name."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.alias = parts.path.strip("/") or "intranet-search"
        self.building = f"{self.alias}-building"
        self.languages = [code for code, _ in settings.LANGUAGES]
        self._codes = {code_of(code): code for code in self.languages}
        if parts.port is None:
            port = 443 if parts.scheme == "https" else 9200
            parts = parts._replace(netloc=f"{parts.netloc}:{port}")
        certificates = {"ca_certs": settings.SEARCH_CA_FILE} if settings.SEARCH_CA_FILE else {}
        self.client = Elasticsearch(
            parts._replace(path="", query="", fragment="").geturl(),
            request_timeout=settings.SEARCH_TIMEOUT,
            max_retries=1,
            retry_on_timeout=False,
            **certificates,
        )
        self._lexicon = (0.0, "")

    # --- reading -----------------------------------------------------------------------------------
    def search(self, request: Request) -> Answer:
        """Retrieve; raises `EngineDown` when the server does not answer."""
        if not request.audiences:
            return Answer(Found(), [], {}, 0)
        allowed = self._allowed(request)
        keys = list(dict.fromkeys(request.query.keys))
        words = self._words(request)
        matching = [allowed, *self._matching(request)]
        found = (
            Search()
            .query(Q("bool", filter=matching, should=words, minimum_should_match=0))
            .source(False)
            .params(search_type=DFS)
            .extra(size=FOUND_LIMIT, docvalue_fields=list(COLUMNS), track_total_hits=False)
        )
        narrowed = [allowed, *self._narrowing(request)]
        best = (
            Search()
            .query(Q("bool", filter=narrowed, should=words, minimum_should_match=min(1, len(words))))
            .source(list(STORED))
            .params(search_type=DFS)
            .sort("_score", "uid")
            .extra(size=request.limit, track_total_hits=False, track_scores=True)
        )
        site = best.aggs.bucket("site", "global")
        if keys:
            site.bucket("frequency", "filters", filters={key: Q("term", text=key) for key in keys})
        try:
            counted, retrieved = (
                MultiSearch(using=self.client, index=self.alias).add(found).add(best).execute()
            )
        except (ApiError, TransportError) as error:
            if "no such index" in str(error):  # in a multi-search it is no NotFoundError
                return Answer(Found(), [], {}, 0)
            raise EngineDown(str(error)) from error
        whole = retrieved.aggregations.site
        buckets = whole.frequency.buckets.to_dict() if keys else {}
        hits = counted.to_dict()["hits"]["hits"]
        return Answer(
            Found(
                {name: [hit["fields"][name][0] for hit in hits] for name in COLUMNS},
                [hit["_score"] or 0.0 for hit in hits],
            ),
            [self._candidate(hit) for hit in retrieved.to_dict()["hits"]["hits"]],
            {key: buckets[key]["doc_count"] for key in keys},
            whole.doc_count,
        )

    def first(self, request: Request) -> Candidate | None:
        """One passage that matches well enough under the filters: the best."""
        if not request.audiences:
            return None
        conditions = [self._allowed(request), *self._matching(request), *self._narrowing(request)]
        asked = (
            Search(using=self.client, index=self.alias)
            .query(Q("bool", filter=conditions, should=self._words(request), minimum_should_match=0))
            .source(list(STORED))
            .params(search_type=DFS)
            .sort("_score", "uid")
            .extra(track_total_hits=False, track_scores=True)
        )
        hits = self._hits(asked[:1])
        return self._candidate(hits[0]) if hits else None

    @staticmethod
    def _words(request: Request) -> list[Any]:
        """What scores: each word, and less so each synonym."""
        query = request.query
        words = [Q("term", text=key) for key in dict.fromkeys(query.keys)]
        return words + [ElasticsearchEngine._concept(each.concept, boost=SYNONYM) for each in query.widened]

    @staticmethod
    def _hits(asked: Any) -> list[dict[str, Any]]:
        """What a search of its own finds; an index that is not there yet has nothing."""
        try:
            found: list[dict[str, Any]] = asked.execute().to_dict()["hits"]["hits"]
        except NotFoundError:
            return []
        except (ApiError, TransportError) as error:
            raise EngineDown(str(error)) from error
        return found

    @staticmethod
    def _candidate(hit: dict[str, Any]) -> Candidate:
        stored = hit["_source"]
        return Candidate(
            hit["_score"] or 0.0,
            stored["object"],
            stored["status"],
            stored["day"],
            hit["_id"],
            stored["object_uid"],
            " ".join(stored["number"]),
            stored["title_keys"],
            stored["body_keys"],
            pack(stored["meta"], stored["body"], base64.b64decode(stored["offsets"])),
        )

    def _allowed(self, request: Request) -> Any:
        """What the reader may see, less what the query leaves out."""
        query = request.query
        closed = [self._concept(concept) for concept in query.without]
        if request.excluded:
            closed.append(Q("terms", object=sorted(request.excluded)))
        return Q(
            "bool",
            filter=[
                Q("terms", audience=sorted(request.audiences)),
                *(self._clause(clause) for clause in query.clauses if clause.required),
                *(self._concept(concept, "title_keys") for concept in query.titled),
                *(Q("term", number=number) for number in query.numbered),
            ],
            must_not=closed,
        )

    def _matching(self, request: Request) -> list[Any]:
        """That it matches well enough."""
        clauses = [
            built
            for clause in request.query.clauses
            for built in [self._clause(clause)] * clause.weight  # once for each point of its weight
        ]
        if not clauses:
            return []
        needed = request.query.needed
        for number in request.query.registered:  # its own number is enough
            clauses += [Q("term", number=number)] * needed
        return [Q("bool", should=clauses, minimum_should_match=needed)]

    def _clause(self, clause: Clause) -> Any:
        built = [self._concept(concept) for concept in clause.readings]
        return built[0] if len(built) == 1 else Q("bool", should=built, minimum_should_match=1)

    @staticmethod
    def _concept(concept: Concept, name: str = "text", boost: float = 1.0) -> Any:
        if len(concept.keys) == 1:
            return Q("term", **{name: {"value": concept.keys[0], "boost": boost}})
        return Q("match_phrase", **{name: {"query": " ".join(concept.keys), "boost": boost}})

    @staticmethod
    def _narrowing(request: Request) -> list[Any]:
        """The filters as conditions."""
        filters: Filters = request.filters
        chosen = filters.choices()
        if request.objects:
            chosen["object"] = request.objects
        parts = [Q("terms", **{name: sorted(values)}) for name, values in chosen.items()]
        if filters.since or filters.until:
            days = {"gte": max(1, filters.since)} | ({"lte": filters.until} if filters.until else {})
            parts.append(Q("range", day=days))
        return parts

    def suggest(
        self, way: Way, audiences: frozenset[int], excluded: frozenset[int], size: int
    ) -> list[Offer]:
        """The `size` texts with the shortest titles that go on so, of what these audiences may see."""
        wanted = [Q("term", beginnings=way.beginning), *(Q("term", title_keys=key) for key in way.keys)]
        found = self._own(wanted, audiences, excluded, size, sort=("length", "uid"))
        return [Offer.of(self._candidate(hit)) for hit in found]

    def entitled(
        self, words: Collection[str], audiences: frozenset[int], excluded: frozenset[int]
    ) -> list[Candidate]:
        """Objects' own passages whose title has one of these folded words."""
        if not words:
            return []
        found = self._own([Q("terms", title=sorted(words))], audiences, excluded, ENTITLED)
        return [self._candidate(hit) for hit in found]

    def _own(
        self,
        wanted: list[Any],
        audiences: frozenset[int],
        excluded: frozenset[int],
        limit: int,
        *,
        sort: tuple[str, ...] = (),
    ) -> list[dict[str, Any]]:
        """What matches, of what the reader may see."""
        if not audiences:
            return []
        readable = Q(
            "bool",
            filter=[*wanted, Q("terms", audience=sorted(audiences))],
            must_not=[Q("terms", object=sorted(excluded))] if excluded else [],
        )
        asked = Search(using=self.client, index=self.alias).query(readable).source(list(STORED)).sort(*sort)
        return self._hits(asked[:limit])

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages."""
        with reported():
            if self.client.indices.exists_alias(name=self.alias):
                for hit in Search(using=self.client, index=self.alias).source(["digest"]).scan():
                    yield hit.meta.id, hit.digest

    def is_broken(self) -> bool:
        """The server looks after its own files."""
        return False

    def is_current(self) -> bool:
        """Whether a whole index of this version is there."""
        with reported():
            try:
                answer = self.client.indices.get_mapping(index=self.alias)
            except NotFoundError:
                return False
        made = [mapping["mappings"].get("_meta", {}) for mapping in answer.body.values()]
        for mapping in made:
            mapping.pop("lexicon", None)
        return made == [{"schema": SCHEMA, "analysis": VERSION, "whole": True}] * len(self.languages)

    def lexicon(self) -> str:
        """The digest of the learnt lexicon that the serving index was analysed with; asked of the server at times."""
        asked_at, digest = self._lexicon
        if asked_at and time.monotonic() - asked_at < LEXICON_SECONDS:
            return digest
        try:
            mappings = self.client.indices.get_mapping(index=self.alias).body.values()
        except NotFoundError:
            return ""
        except (ApiError, TransportError) as error:
            raise EngineDown(str(error)) from error
        digest = next((mapping["mappings"].get("_meta", {}).get("lexicon", "") for mapping in mappings), "")
        self._lexicon = (time.monotonic(), digest)
        return digest

    # --- writing -----------------------------------------------------------------------------------
    def _create(self, alias: str) -> list[str]:
        """Make an empty index for each language under an alias; their names."""
        client = self.client.options(request_timeout=BULK_TIMEOUT)
        names = []
        for language in self.languages:
            name = f"{self.alias}-{language}-{uuid.uuid4().hex[:12]}"
            client.indices.create(
                index=name,
                settings={
                    "number_of_shards": settings.SEARCH_SHARDS,
                    "number_of_replicas": settings.SEARCH_REPLICAS,
                    "max_result_window": FOUND_LIMIT,
                },
                mappings={"dynamic": False, "_meta": self._made(whole=False), "properties": PROPERTIES},
                aliases={alias: {}, f"{alias}--{language}": {}},
            )
            names.append(name)
        return names

    def held_by(self, alias: str) -> list[str]:
        """The indexes behind an alias."""
        if not self.client.indices.exists_alias(name=alias):
            return []
        return list(self.client.indices.get_alias(name=alias).body)

    def door(self, alias: str, entry: Entry) -> str:
        """The alias by which an entry is written: that of its language."""
        return f"{alias}--{self._codes.get(entry.columns.language, self.languages[0])}"

    @staticmethod
    def _made(*, whole: bool, lexicon: str = "") -> dict[str, Any]:
        return {"schema": SCHEMA, "analysis": VERSION, "whole": whole, "lexicon": lexicon}

    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there, in the new index first, if there is one."""
        with reported():
            if not self.client.indices.exists_alias(name=self.alias):
                self._create(self.alias)
            if self.client.indices.exists_alias(name=self.building):
                notes = [{"_id": f"journal:{uid}", "journal": uid} for uid in objects]
                door = f"{self.building}--{self.languages[0]}"
                try:
                    self.write(self.building, objects)
                    self.bulk(
                        self.building, ({"_op_type": "index", "_index": door, **note} for note in notes)
                    )
                except (NotFoundError, helpers.BulkIndexError):
                    if self.client.indices.exists_alias(name=self.building):
                        raise  # else it serves by now, and is written to below
            self.write(self.alias, objects)

    def write(self, alias: str, objects: dict[str, list[Entry]]) -> None:
        """Replace objects in the indexes behind an alias."""
        uids = list(objects)
        entries = [entry for group in objects.values() for entry in group]
        kept = {(self.door(alias, entry), entry.uid) for entry in entries}
        held: set[tuple[str, str]] = set()
        for start in range(0, len(uids), BATCH):
            asked = Search(using=self.client, index=alias).filter(
                "terms", object_uid=uids[start : start + BATCH]
            )
            for hit in asked.source(False).scan():
                held.add((f"{alias}--{hit.meta.index.rsplit('-', 2)[-2]}", hit.meta.id))
        gone = [{"_op_type": "delete", "_index": door, "_id": uid} for door, uid in held - kept]
        self.bulk(alias, (*gone, *(self.action(alias, entry) for entry in entries)))

    def action(self, alias: str, entry: Entry) -> dict[str, Any]:
        """What puts an entry behind an alias."""
        return {"_op_type": "index", "_index": self.door(alias, entry), "_id": entry.uid, **_source(entry)}

    def bulk(
        self, alias: str, actions: Iterable[dict[str, Any]], *, refresh: bool = True, tries: int = BRIEF
    ) -> None:
        """Send actions, less at once while the server is full; each must name an alias that is there."""
        client = self.client.options(request_timeout=BULK_TIMEOUT)
        elasticsearch_bulk.send(client, actions, tries)
        if refresh:
            client.indices.refresh(index=alias)

    def remove(self) -> None:
        """Remove every index of this engine's name."""
        for name in {*self.held_by(self.alias), *self.held_by(self.building)}:
            self.client.indices.delete(index=name)

    def new_generation(self, lexicon: str = "") -> "ElasticsearchGeneration":
        """Begin an index anew; one that was never finished is removed."""
        with reported():
            for name in self.held_by(self.building):
                self.client.indices.delete(index=name)
            return ElasticsearchGeneration(self, self._create(self.building), lexicon)


@contextmanager
def reported() -> Iterator[None]:
    """A server that does not answer, or refuses, said as `EngineDown`."""
    try:
        yield
    except (ApiError, TransportError, helpers.BulkIndexError, ServerFullError) as error:
        raise EngineDown(str(error)[:1000]) from error


class ElasticsearchGeneration:
    """An index in the making."""

    def __init__(self, engine: ElasticsearchEngine, names: list[str], lexicon: str) -> None:
        self.engine = engine
        self.lexicon = lexicon
        self.names = names
        self.waiting: list[dict[str, Any]] = []

    def add(self, entry: Entry) -> None:
        """Add one passage."""
        self.waiting.append(self.engine.action(self.engine.building, entry))
        if len(self.waiting) >= BATCH:
            with reported():
                self._send()

    def _send(self) -> None:
        self.engine.bulk(self.engine.building, self.waiting, refresh=False, tries=PATIENT)
        self.waiting = []

    def finish(self, reread: Callable[[str], list[Entry]]) -> None:
        """Read again what changed meanwhile, and swap."""
        engine, client = self.engine, self.engine.client.options(request_timeout=BULK_TIMEOUT)
        with reported():
            self._send()
            client.indices.refresh(index=engine.building)
            noted = [
                hit.journal
                for hit in Search(using=client, index=engine.building).query("exists", field="journal").scan()
            ]
            engine.write(engine.building, {uid: reread(uid) for uid in noted})
            door = f"{engine.building}--{engine.languages[0]}"
            gone = ({"_op_type": "delete", "_index": door, "_id": f"journal:{uid}"} for uid in noted)
            engine.bulk(engine.building, gone)
            client.indices.put_mapping(index=self.names, meta=engine._made(whole=True, lexicon=self.lexicon))
            actions: list[dict[str, Any]] = [
                {"remove_index": {"index": name}} for name in engine.held_by(engine.alias)
            ]
            for name, language in zip(self.names, engine.languages, strict=True):
                for suffix in ("", f"--{language}"):
                    actions += [
                        {"remove": {"index": name, "alias": engine.building + suffix}},
                        {"add": {"index": name, "alias": engine.alias + suffix}},
                    ]
            client.indices.update_aliases(actions=actions)
        engine._lexicon = (0.0, "")
