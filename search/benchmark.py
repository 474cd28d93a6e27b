"""Trying the search on a retrieval set in BEIR's format, through what serves the readers of the site.

A set is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`. A suffix of a query's id after «#» says
that it is the query before «#» as somebody else types it.
"""

import csv
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from search.analysis import analyzer_of, serve
from search.analysis.learning import learn
from search.engines.base import Engine
from search.entries import make_all
from search.permission import Reader
from search.queries import Narrowing, find
from search.query import parse
from search.records import SearchRecord

DEPTH = 100
READER = Reader(frozenset({1}))
_PREFIX = "set:"


class BrokenSet(Exception):  # noqa: N818  (it is what the person at the terminal is told)
    """A folder that is not a retrieval set; says where and why."""


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents (title, text), questions, and which documents answer which question."""

    corpus: dict[str, tuple[str, str]]
    questions: dict[str, str]
    answers: dict[str, dict[str, int]]


class Ranked(NamedTuple):
    """A document of a run and its place's worth: the higher, the nearer to the top."""

    document: str
    score: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a group of questions was answered."""

    questions: int
    mrr: float
    ndcg: float
    recall10: float
    recall100: float


# --- reading a set -----------------------------------------------------------------------------------------


def _open(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise BrokenSet(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BrokenSet(f"{path}: not UTF-8 text") from error


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: set[str] = set()
    for number, line in _open(path):
        where = f"{path}, line {number}"
        try:
            item = json.loads(line)
        except ValueError as error:
            raise BrokenSet(f"{where}: not JSON ({error})") from error
        if not isinstance(item, dict) or not isinstance(item.get("_id"), str) or not item["_id"]:
            raise BrokenSet(f'{where}: an object with a text "_id" is expected')
        for name in ("title", "text"):
            if not isinstance(item.get(name) or "", str):
                raise BrokenSet(f'{where}: "{name}" is not text')
        if item["_id"] in seen:
            raise BrokenSet(f"{where}: a second {item['_id']!r}")
        seen.add(item["_id"])
        yield item["_id"], item
    if not seen:
        raise BrokenSet(f"{path}: nothing in it")


def _judgements(folder: Path) -> Path:
    path = folder / "qrels" / "test.tsv"
    others = sorted((folder / "qrels").glob("*.tsv"))
    return path if path.exists() or len(others) != 1 else others[0]


def read(folder: Path) -> RetrievalSet:
    """The set in a folder; raises `BrokenSet`."""
    if not folder.is_dir():
        raise BrokenSet(f"{folder}: no such folder")
    corpus = {
        name: (item.get("title") or "", item.get("text") or "")
        for name, item in _objects(folder / "corpus.jsonl")
    }
    questions = {name: item.get("text") or "" for name, item in _objects(folder / "queries.jsonl")}
    answers: dict[str, dict[str, int]] = defaultdict(dict)
    path = _judgements(folder)
    for number, line in _open(path):
        row = next(csv.reader([line.rstrip("\r\n")], delimiter="\t", quoting=csv.QUOTE_NONE))
        if number == 1 and row[:1] == ["query-id"]:
            continue
        where = f"{path}, line {number}"
        if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
            raise BrokenSet(f"{where}: query-id, corpus-id and a whole number are expected, parted by tabs")
        question, document, worth = row
        if question not in questions:
            raise BrokenSet(f"{where}: no question {question!r} in queries.jsonl")
        if document not in corpus:
            raise BrokenSet(f"{where}: no document {document!r} in corpus.jsonl")
        if int(worth) > 0:
            answers[question][document] = int(worth)
    if not answers:
        raise BrokenSet(f"{path}: no judgement in it")
    return RetrievalSet(corpus, questions, dict(answers))


# --- searching ---------------------------------------------------------------------------------------------


def records(corpus: dict[str, tuple[str, str]]) -> Iterator[SearchRecord]:
    """Each document as an object of the site that the benchmark's reader may read."""
    for name, (title, text) in corpus.items():
        uid = _PREFIX + name
        yield SearchRecord(
            uid=uid,
            object_uid=uid,
            kind="page",
            title=title,
            trail="",
            body=text,
            url="/",
            numbers=(),
            date=None,
            district=None,
            organization=None,
            status="",
            language="fa",
            audience=1,
        )


def fill(engine: Engine, given: Iterable[SearchRecord], report: Callable[[int], None]) -> None:
    """Index records, each an object, as a rebuild does; what they teach is in force in this process from then on."""
    gathered = list(given)
    analyzer = analyzer_of(tuple(learn(text for record in gathered for text in (record.title, record.body))))
    serve(analyzer)
    generation = engine.new_generation(analyzer.lexicon.digest)
    for done, record in enumerate(gathered, 1):
        for entry in make_all([record]):
            generation.add(entry)
        report(done)
    generation.finish(lambda uid: [])


def best(engine: Engine, question: str) -> list[Ranked]:
    """The first documents for a question, in the order that a reader would see."""
    query = parse(question)
    if not query.clauses:
        return []
    results = find(query, READER, Narrowing(), size=DEPTH, engine=engine)
    return [
        Ranked(hit.candidate.object_uid.removeprefix(_PREFIX), 1 / (place + 1))
        for place, hit in enumerate(results.hits + results.weaker)
    ]


def first_page(engine: Engine, question: str) -> int:
    """All that a page of results asks for: ten hits with their marks, total and facets. How many hits."""
    query = parse(question)
    if not query.clauses:
        return 0
    results = find(query, READER, Narrowing(), engine=engine)
    return sum(1 for hit in results.hits + results.weaker if hit.marked_title or hit.snippet)


def latencies(engine: Engine, questions: Iterable[str]) -> list[float]:
    """Seconds for the first page of each question."""
    taken = []
    for question in questions:
        began = time.perf_counter()
        first_page(engine, question)
        taken.append(time.perf_counter() - began)
    return taken


# --- counting ----------------------------------------------------------------------------------------------


def suffix(question: str) -> str:
    """The way of typing that a question's id names; empty for the clean ones."""
    return question.partition("#")[2]


def figures(run: dict[str, list[Ranked]], answers: dict[str, dict[str, int]]) -> Figures:
    """The figures over the questions of a run that have a right answer."""
    judged = [(run[name], answers[name]) for name in run if name in answers]
    if not judged:
        return Figures(0, 0.0, 0.0, 0.0, 0.0)
    mrr = ndcg = recall10 = recall100 = 0.0
    for ranked, right in judged:
        names = [item.document for item in ranked]
        places = [place for place, name in enumerate(names) if name in right]
        if places and places[0] < 10:
            mrr += 1 / (places[0] + 1)
        gained = sum((2 ** right[names[place]] - 1) / log2(place + 2) for place in places if place < 10)
        ideal = sum(
            (2**worth - 1) / log2(place + 2)
            for place, worth in enumerate(sorted(right.values(), reverse=True)[:10])
        )
        ndcg += gained / ideal
        recall10 += sum(place < 10 for place in places) / len(right)
        recall100 += sum(place < DEPTH for place in places) / len(right)
    count = len(judged)
    return Figures(count, mrr / count, ndcg / count, recall10 / count, recall100 / count)


def by_suffix(run: dict[str, list[Ranked]]) -> dict[str, dict[str, list[Ranked]]]:
    """The run by way of typing, the clean one first."""
    groups: dict[str, dict[str, list[Ranked]]] = defaultdict(dict)
    for name, ranked in run.items():
        groups[suffix(name)][name] = ranked
    return dict(sorted(groups.items()))


def loss(
    group: dict[str, list[Ranked]], clean: dict[str, list[Ranked]], answers: dict[str, dict[str, int]]
) -> float | None:
    """How much of MRR@10 is lost against the same questions typed cleanly; none when they are not there."""
    cleanly = {name: clean[base] for name in group if (base := name.partition("#")[0]) in clean}
    typed = {name: group[name] for name in cleanly}
    before = figures(cleanly, answers).mrr
    return 1 - figures(typed, answers).mrr / before if before else None


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def median(values: list[float]) -> float:
    """The middle value."""
    return statistics.median(values) if values else 0.0
