"""What is measured on an engine, each as plain numbers."""

import gc
import json
import re
import time
from itertools import combinations
from pathlib import Path
from statistics import median

from bench.search import corpus, site
from search import benchmark, engines
from search.entries import make_all

SPELLINGS = corpus.SHARED / "data" / "spellings.txt"
OWN_SPELLINGS = site.ROOT / "tests" / "search" / "spellings.txt"
FAMILIES = site.ROOT / "tests" / "search" / "families.txt"


class Clock:
    """Seconds of this thread's processor time, or of the wall where a server does the work."""

    def __init__(self, *, server):
        self.now = time.perf_counter if server else time.thread_time

    def each(self, act, items):
        """Seconds for `act` on each of `items`."""
        taken = []
        for item in items:
            began = self.now()
            act(item)
            taken.append(self.now() - began)
        return taken


def retrieval(folder, server=""):
    """MRR and the like on a retrieval set, by way of typing."""
    given = benchmark.read(folder)
    with engines.throw_away(server) as engine:
        benchmark.fill(engine, benchmark.records(given.corpus), lambda done: None)
        run = {name: benchmark.best(engine, text) for name, text in given.questions.items()}
    groups = benchmark.by_suffix(run)
    clean = groups.get("", {})
    others = {name: ranked for name, ranked in run.items() if benchmark.suffix(name)}
    figures = benchmark.figures(clean, given.answers)
    return {
        "mrr": figures.mrr,
        "recall": figures.recall10,
        "loss": benchmark.loss(others, clean, given.answers),
        "losses": {
            name: benchmark.loss(group, clean, given.answers) for name, group in groups.items() if name
        },
        "mrr_all": benchmark.figures(run, given.answers).mrr,
    }


def phrases():
    """Phrases, each in several spellings."""
    found = []
    for file in (SPELLINGS, OWN_SPELLINGS, FAMILIES):
        if not file.exists():
            continue
        for line in file.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                spelt = [item.strip() for item in line.split("|")]
                if file == OWN_SPELLINGS:
                    spelt += varied(spelt[0])
                found.append(list(dict.fromkeys(spelt)))
    return [spelt for spelt in found if len(spelt) > 1]


def varied(phrase):
    """A phrase as other people type it, by rule."""
    return [
        phrase.replace("\u200c", ""),
        phrase.replace("\u200c", " "),
        phrase.replace("ی", "ي").replace("ک", "ك"),
        re.sub(r"(?<=[بپتثجچسشصضطظعغفقکگلمنهی])(?=[آ-ی])", "ـ", phrase, count=1),
        phrase.replace("آ", "ا"),
        phrase.replace("أ", "ا").replace("ؤ", "و").replace("ئ", "ی"),
    ]


def spellings(server=""):
    """The overlap of the top ten among spellings of one phrase, and how many found nothing."""
    texts = [piece for text in corpus.source_text() for piece in _paragraphs(text)]
    texts += [
        spelt[index % len(spelt)] + " در متن." for spelt in phrases() for index in range(12)
    ]  # every phrase is there, in several spellings
    documents = {str(number): ("", text) for number, text in enumerate(texts)}
    overlaps, empty, asked = [], 0, 0
    with engines.throw_away(server) as engine:
        benchmark.fill(engine, benchmark.records(documents), lambda done: None)
        for spelt in phrases():
            tops = [{item.document for item in benchmark.best(engine, one)[:10]} for one in spelt]
            empty += sum(not top for top in tops)
            asked += len(tops)
            overlaps += [len(a & b) / max(len(a), len(b), 1) for a, b in combinations(tops, 2)]
    return {"overlap": sum(overlaps) / len(overlaps), "empty": empty, "spellings": asked}


def _paragraphs(text):
    return [text[start : start + 600] for start in range(0, len(text), 600)]


def indexing(groups, *, server):
    """Passages a second, analysis included, of the engine that serves; it then holds them."""
    clock = time.perf_counter if server else time.process_time
    began = clock()
    generation = engines.current().new_generation()
    count = 0
    for group in groups:
        for entry in make_all(group):
            generation.add(entry)
            count += 1
    generation.finish(lambda uid: [])
    return count / (clock() - began)


def first_page(question):
    """All that a page of results needs, as the API makes it: permission, facets, ranking, ten marked hits."""
    from search.queries import search

    results = search(question, site.reader())
    return [(hit.marked_title, hit.snippet) for hit in results.hits + results.weaker]


def searching(questions, *, server):
    """Queries a second and latency of whole questions, everything included."""
    clock = Clock(server=server)
    clock.each(first_page, questions[:50])
    gc.collect()
    rounds = [clock.each(first_page, questions) for _ in range(3)]
    taken = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "rate": len(taken) / sum(taken),
        "median": median(taken),
        "p95": benchmark.percentile(taken, 0.95),
    }


def bare(questions):
    """Queries a second of tantivy alone on the embedded index: any word, ten hits, nothing else."""
    import tantivy
    from tantivy import Occur

    from search.query import parse

    engine = engines.current()
    searcher = engine._searcher()

    def ask(keys):
        words = [(Occur.Should, tantivy.Query.term_query(engine.schema, "text", key)) for key in keys]
        for _, address in searcher.search(tantivy.Query.boolean_query(words), limit=10, count=False).hits:
            searcher.doc(address)

    asked = [dict.fromkeys(parse(question).keys) for question in questions]
    clock = Clock(server=False)
    clock.each(ask, asked[:50])
    rounds = [clock.each(ask, asked) for _ in range(3)]
    taken = [min(times) for times in zip(*rounds, strict=True)]
    return len(taken) / sum(taken)


def suggesting(prefixes, *, server):
    """Seconds for a list of suggestions, at the median."""
    from search.suggestions import suggest

    clock = Clock(server=server)
    rounds = [clock.each(lambda text: suggest(text, site.reader()), prefixes) for _ in range(3)]
    taken = [min(times) for times in zip(*rounds, strict=True)]
    return {"mean": sum(taken) / len(taken), "median": median(taken)}


def resident():
    """Megabytes of this process that are in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def memory(questions, searches):
    """Megabytes before and after many requests to the API, from when its caches are warm."""
    from django.conf import settings
    from django.test import RequestFactory

    from search import api

    settings.API_RATE_SIGNED_IN = 100 * searches  # the one reader asks more than a reader may
    factory = RequestFactory()

    def ask(number):
        request = factory.get("/api/search", {"q": questions[number % len(questions)]})
        request.user = site.reader()
        answer = api.results(request)
        assert answer.status_code == 200
        json.loads(answer.content)

    for number in range(max(searches // 10, len(questions))):
        ask(number)
    before = resident()
    for number in range(searches):
        ask(number)
    return {"before": before, "after": resident(), "searches": searches}
