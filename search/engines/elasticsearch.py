"""The server engine: Elasticsearch through `elasticsearch.dsl`, over the same analysed text.

An alias names the index that serves; a rebuild makes another under a second alias and swaps in one step. What
changes meanwhile is written to both, and noted in the new one, so that a passage the rebuild had read earlier is
read again. Only what every Elasticsearch 8 has is used: no plugin, no script, no `_delete_by_query`.
"""

import base64
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import Index, MultiSearch, Q, Search

from search.analysis import VERSION
from search.engines.base import Answer, Candidate, EngineDown, Filters, Found, Request
from search.entries import Entry, object_number
from search.query import Clause, Concept

SCHEMA = 1
FOUND_LIMIT = 50_000
TIMEOUT = 5
BULK_TIMEOUT = 60
BATCH = 500
COLUMNS = ("object", "kind", "district", "year")
STORED = ("meta", "body", "body_keys", "offsets", "object_uid")

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
    "number": _KEYWORD,
    "audience": _NUMBER,
    "object": _NUMBER,
    "kind": _NUMBER,
    "district": _NUMBER,
    "year": _NUMBER,
}


def _source(entry: Entry) -> dict[str, Any]:
    """The entry as Elasticsearch takes it."""
    return {
        "object_uid": entry.object_uid,
        "digest": entry.digest,
        "text": entry.text,
        "title": entry.title_words if entry.uid == entry.object_uid else "",
        "number": list(entry.numbers),
        "audience": entry.audience,
        "object": object_number(entry.object_uid),
        "kind": entry.kind_code,
        "district": entry.district,
        "year": entry.year,
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
        address = parts._replace(path="", query="", fragment="").geturl()
        self.client = Elasticsearch(address, request_timeout=TIMEOUT, max_retries=1, retry_on_timeout=False)

    # --- reading -----------------------------------------------------------------------------------
    def search(self, request: Request) -> Answer:
        """Retrieve; raises `EngineDown` when the server does not answer."""
        if not request.query.clauses or not request.audiences:
            return Answer([], [], {}, 0)
        matching = self._matching(request)
        found = (
            Search()
            .query(Q("bool", filter=[matching]))
            .source(False)
            .sort("_doc")
            .extra(size=FOUND_LIMIT, docvalue_fields=list(COLUMNS), track_total_hits=False)
        )
        keys = list(dict.fromkeys(request.query.keys))
        words = [Q("term", text=key) for key in keys]
        filters = [matching, *self._filters(request.filters)]
        best = (
            Search()
            .query(Q("bool", filter=filters, should=words, minimum_should_match=0))
            .source(list(STORED))
            .extra(size=request.limit, track_total_hits=False)
        )
        best.aggs.bucket("site", "global").bucket(
            "frequency", "filters", filters={key: Q("term", text=key) for key in keys}
        )
        try:
            counted, retrieved = (
                MultiSearch(using=self.client, index=self.alias).add(found).add(best).execute()
            )
        except (ApiError, TransportError) as error:
            if "no such index" in str(error):  # in a multi-search it is no NotFoundError
                return Answer([], [], {}, 0)
            raise EngineDown(str(error)) from error
        site = retrieved.aggregations.site
        buckets = site.frequency.buckets.to_dict()
        return Answer(
            [
                Found(*(hit["fields"][name][0] for name in COLUMNS))
                for hit in counted.to_dict()["hits"]["hits"]
            ],
            [self._candidate(hit) for hit in retrieved.to_dict()["hits"]["hits"]],
            {key: buckets[key]["doc_count"] for key in keys},
            site.doc_count,
        )

    @staticmethod
    def _candidate(hit: dict[str, Any]) -> Candidate:
        stored = hit["_source"]
        return Candidate(
            hit["_score"] or 0.0,
            hit["_id"],
            stored["object_uid"],
            stored["meta"].encode(),
            stored["body"].encode(),
            stored["body_keys"].encode(),
            base64.b64decode(stored["offsets"]),
        )

    def _matching(self, request: Request) -> Any:
        """Passages that the reader may see and that match well enough."""
        query = request.query
        clauses = [(clause, self._clause(clause)) for clause in query.clauses]
        closed = [self._concept(concept) for concept in query.without]
        if request.excluded:
            closed.append(Q("terms", object=sorted(request.excluded)))
        return Q(
            "bool",
            filter=[
                Q("terms", audience=sorted(request.audiences)),
                *(built for clause, built in clauses if clause.required),
            ],
            should=[built for _, built in clauses],
            minimum_should_match=query.needed,
            must_not=closed,
        )

    def _clause(self, clause: Clause) -> Any:
        built = [self._concept(concept) for concept in clause.concepts]
        return built[0] if len(built) == 1 else Q("bool", should=built, minimum_should_match=1)

    @staticmethod
    def _concept(concept: Concept) -> Any:
        if len(concept.keys) == 1:
            return Q("term", text=concept.keys[0])
        return Q("match_phrase", text=" ".join(concept.keys))

    @staticmethod
    def _filters(filters: Filters) -> list[Any]:
        chosen = (("kind", filters.kinds), ("district", filters.districts), ("year", filters.years))
        return [Q("terms", **{name: sorted(values)}) for name, values in chosen if values]

    def suggest(self, prefix: str, audiences: frozenset[int], excluded: frozenset[int]) -> list[Candidate]:
        """Objects' own passages with a title that has a word beginning with `prefix`."""
        if not prefix or not audiences:
            return []
        wanted = Q(
            "bool",
            must=[Q("prefix", title={"value": prefix})],
            filter=[Q("terms", audience=sorted(audiences))],
            must_not=[Q("terms", object=sorted(excluded))] if excluded else [],
        )
        asked = Search(using=self.client, index=self.alias).query(wanted).source(list(STORED)).extra(size=40)
        try:
            return [self._candidate(hit) for hit in asked.execute().to_dict()["hits"]["hits"]]
        except NotFoundError:
            return []
        except (ApiError, TransportError) as error:
            raise EngineDown(str(error)) from error

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages."""
        if self.client.indices.exists_alias(name=self.alias):
            for hit in Search(using=self.client, index=self.alias).source(["digest"]).scan():
                yield hit.meta.id, hit.digest

    def is_current(self) -> bool:
        """Whether a whole index of this version is there."""
        try:
            answer = self.client.indices.get_mapping(index=self.alias)
        except NotFoundError:
            return False
        made = [mapping["mappings"].get("_meta", {}) for mapping in answer.body.values()]
        return made == [{"schema": SCHEMA, "analysis": VERSION, "whole": True}]

    # --- writing -----------------------------------------------------------------------------------
    def _create(self, alias: str) -> str:
        name = f"{self.alias}-{uuid.uuid4().hex[:12]}"
        index = Index(name, using=self.client)
        index.settings(number_of_shards=1, number_of_replicas=0, max_result_window=FOUND_LIMIT)
        index.aliases(**{alias: {}})
        mappings = {"dynamic": False, "_meta": self._made(whole=False), "properties": PROPERTIES}
        self.client.options(request_timeout=BULK_TIMEOUT).indices.create(
            index=name, settings=index.to_dict()["settings"], aliases={alias: {}}, mappings=mappings
        )
        return name

    @staticmethod
    def _made(*, whole: bool) -> dict[str, Any]:
        return {"schema": SCHEMA, "analysis": VERSION, "whole": whole}

    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there, in the new index first, if there is one."""
        if not self.client.indices.exists_alias(name=self.alias):
            self._create(self.alias)
        if self.client.indices.exists_alias(name=self.building):
            notes = ({"_id": f"journal:{uid}", "journal": uid} for uid in objects)
            try:
                self.write(self.building, objects)
                self.bulk(self.building, ({"_op_type": "index", **note} for note in notes))
            except (NotFoundError, helpers.BulkIndexError):
                if self.client.indices.exists_alias(name=self.building):
                    raise  # else it serves by now, and is written to below
        self.write(self.alias, objects)

    def write(self, index: str, objects: dict[str, list[Entry]]) -> None:
        """Replace objects in one index."""
        uids = list(objects)
        kept = {entry.uid for entries in objects.values() for entry in entries}
        held: set[str] = set()
        for start in range(0, len(uids), BATCH):
            asked = Search(using=self.client, index=index).filter(
                "terms", object_uid=uids[start : start + BATCH]
            )
            held.update(hit.meta.id for hit in asked.source(False).scan())
        gone = ({"_op_type": "delete", "_id": uid} for uid in held - kept)
        entries = (entry for group in objects.values() for entry in group)
        self.bulk(index, (*gone, *({"_op_type": "index", "_id": e.uid, **_source(e)} for e in entries)))

    def bulk(self, index: str, actions: Iterable[dict[str, Any]], *, refresh: bool = True) -> None:
        """Send actions in batches, waiting longer when the server is full; each must name an alias that is there."""
        client = self.client.options(request_timeout=BULK_TIMEOUT)
        for _ in helpers.streaming_bulk(
            client,
            actions,
            index=index,
            chunk_size=BATCH,
            max_retries=5,
            require_alias=True,
            ignore_status=(404,),
        ):
            pass
        if refresh:
            client.indices.refresh(index=index)

    def new_generation(self) -> "ElasticsearchGeneration":
        """Begin an index anew; one that was never finished is removed."""
        if self.client.indices.exists_alias(name=self.building):
            for name in self.client.indices.get_alias(name=self.building).body:
                self.client.indices.delete(index=name)
        return ElasticsearchGeneration(self, self._create(self.building))


class ElasticsearchGeneration:
    """An index in the making."""

    def __init__(self, engine: ElasticsearchEngine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.waiting: list[dict[str, Any]] = []

    def add(self, entry: Entry) -> None:
        """Add one passage."""
        self.waiting.append({"_op_type": "index", "_id": entry.uid, **_source(entry)})
        if len(self.waiting) >= BATCH:
            self._send()

    def _send(self) -> None:
        self.engine.bulk(self.engine.building, self.waiting, refresh=False)
        self.waiting = []

    def finish(self, reread: Callable[[str], list[Entry]]) -> None:
        """Read again what changed meanwhile, and swap."""
        engine, client = self.engine, self.engine.client.options(request_timeout=BULK_TIMEOUT)
        self._send()
        client.indices.refresh(index=self.name)
        noted = [
            hit.journal
            for hit in Search(using=client, index=self.name).query("exists", field="journal").scan()
        ]
        engine.write(engine.building, {uid: reread(uid) for uid in noted})
        engine.bulk(engine.building, ({"_op_type": "delete", "_id": f"journal:{uid}"} for uid in noted))
        client.indices.put_mapping(index=self.name, meta=engine._made(whole=True))
        serving = []
        if client.indices.exists_alias(name=engine.alias):
            serving = list(client.indices.get_alias(name=engine.alias).body)
        client.indices.update_aliases(
            actions=[
                *({"remove_index": {"index": name}} for name in serving),
                {"remove": {"index": self.name, "alias": engine.building}},
                {"add": {"index": self.name, "alias": engine.alias}},
            ]
        )
