"""Measure everything that the search is measured by, one after another, and print it beside what is to be reached."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.search import site

ZIP = "~/.m2/repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch"
PARTS = ("retrieval", "spellings", "speed", "large", "memory")


class Table:
    """The marks as they are printed."""

    def __init__(self):
        self.missed = 0

    def head(self, title):
        """A heading."""
        print(f"\n{title}\n{'-' * len(title)}")

    def row(self, name, shown, target="", reached=None):
        """One mark."""
        word = "" if reached is None else "reached" if reached else "NOT reached"
        self.missed += reached is False
        print(f"{name:<52}{shown:>22}   {target:<22}{word}", flush=True)


def show_retrieval(table, name, found):
    """The marks of one engine on the retrieval set."""
    table.row(f"{name}: MRR@10, clean", f"{found['mrr']:.4f}", "≥ 0.965", found["mrr"] >= 0.965)
    table.row(f"{name}: R@10, clean", f"{found['recall']:.4f}", "≥ 0.994", found["recall"] >= 0.994)
    loss = found["loss"] or 0.0
    table.row(f"{name}: loss, all other ways of typing", f"{loss:.2%}", "≤ 0.5 %", loss <= 0.005)
    worst = max(found["losses"], key=lambda way: found["losses"][way] or 0.0, default="")
    loss = (found["losses"].get(worst) or 0.0) if worst else 0.0
    table.row(f"{name}: loss, the worst way (#{worst})", f"{loss:.2%}", "≤ 1.5 %", loss <= 0.015)


def show_spellings(table, name, found):
    """The marks of one engine on spellings."""
    table.row(
        f"{name}: overlap of the top ten ({found['spellings']} spellings)",
        f"{found['overlap']:.4f}",
        "≥ 0.97, none empty",
        found["overlap"] >= 0.97 and not found["empty"],
    )


def show_searching(table, name, found, yardstick):
    """Speed and latency of one engine."""
    times = found["rate"] / yardstick
    table.row(
        f"{name}: whole questions a second, everything included",
        f"{found['rate']:,.0f} ({times:.0f} × FTS5)",
        "≥ 20 × FTS5",
        times >= 20,
    )
    ratio = found["p95"] / found["median"]
    table.row(
        f"{name}: latency, median and p95",
        f"{found['median'] * 1000:.2f} and {found['p95'] * 1000:.2f} ms ({ratio:.1f} ×)",
        "p95 ≤ 3 × median",
        ratio <= 3,
    )


def show_suggesting(table, name, suggested, searched):
    """Suggestions beside searches."""
    share = suggested["mean"] * searched["rate"]
    table.row(f"{name}: a suggestion's share of a search", f"{share:.2f}", "≤ 0.10", share <= 0.1)


def ask_server(options, folder):
    """What the server engine reaches, or why it could not be measured."""
    if not shutil.which("java") or not (shutil.which("mvn") or Path(ZIP).expanduser().exists()):
        return None, "Java and Maven, with which scripts/elasticsearch.sh starts one, are not there"
    file = folder / "server.json"
    command = [site.ROOT / "scripts" / "elasticsearch.sh", sys.executable, "-m", "bench.search.server"]
    ended = subprocess.run(
        [*command, file, json.dumps(options)], cwd=site.ROOT, stdout=sys.stderr, check=False
    )
    if ended.returncode:
        return None, f"scripts/elasticsearch.sh ended with {ended.returncode}"
    return json.loads(file.read_text("utf-8")), ""


def speed(table, options, folder):
    """Indexing, searching, suggesting at the first size, beside FTS5 and bare tantivy."""
    from bench.search import corpus, measures
    from bench.search.fts5 import Fts5

    table.head(f"Speed at {options.passages:,} passages, one thread, processor time")
    groups = list(corpus.objects(options.passages, site.audiences()))
    asked = corpus.questions(options.questions, groups)
    yardstick = Fts5(str(folder / "fts5.sqlite3"), groups).rate(asked[: max(20, options.questions // 5)])
    table.row("FTS5: whole questions a second, any word, raw text", f"{yardstick:,.1f}")
    site.use(f"embedded://{folder}/index")
    rate = measures.indexing(groups, server=False)
    table.row("embedded: passages indexed a second", f"{rate:,.0f}", "≥ 3,000", rate >= 3000)
    found = measures.searching(asked, server=False)
    show_searching(table, "embedded", found, yardstick)
    suggested = measures.suggesting(corpus.prefixes(options.questions, groups), server=False)
    show_suggesting(table, "embedded", suggested, found)
    bare = measures.bare(asked)
    share = bare / found["rate"]
    table.row(
        "bare tantivy: any word, ten hits, nothing else a second", f"{bare:,.0f} (ours takes {share:.1f} ×)"
    )
    return yardstick, share, asked


def large(table, options, folder, share):
    """The same at the second size: what we add to bare tantivy does not grow."""
    from bench.search import corpus, measures

    table.head(f"Speed at {options.large:,} passages")
    site.use(f"embedded://{folder}/large")
    rate = measures.indexing(corpus.objects(options.large, site.audiences()), server=False)
    table.row("embedded: passages indexed a second", f"{rate:,.0f}", "≥ 3,000", rate >= 3000)
    few = list(corpus.objects(3000, site.audiences()))
    asked = corpus.questions(options.questions, few)
    found = measures.searching(asked, server=False)
    bare = measures.bare(asked)
    table.row("embedded: whole questions a second", f"{found['rate']:,.0f}")
    grown = bare / found["rate"]
    table.row(
        "embedded: time over bare tantivy's",
        f"{grown:.1f} ×",
        f"≤ {share:.1f} ×" if share else "",
        grown <= share * 1.05 if share else None,
    )


def main():
    """Print the table; end badly when a mark is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--large", type=int, default=500_000)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--searches", type=int, default=20_000, help="for memory")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part; may be repeated")
    parser.add_argument("--no-server", action="store_true", help="leave Elasticsearch out")
    parser.add_argument("--set", type=Path, help="another retrieval set in BEIR's format")
    parser.add_argument("--keep-going", action="store_true", help="end well although marks are missed")
    options = parser.parse_args()
    parts = set(options.only or PARTS)

    site.begin()
    from bench.search import corpus, measures

    table = Table()
    given = options.set or corpus.SHARED / "data" / "retrieval-dev"
    given = given if "retrieval" in parts and given.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="bench-search-") as name:
        folder = Path(name)
        table.head("Finding")
        embedded = {}
        if given:
            embedded = measures.retrieval(given)
            show_retrieval(table, "embedded", embedded)
        elif "retrieval" in parts:
            table.row("no retrieval set at hand (--set DIR)", "–")
        if "spellings" in parts:
            show_spellings(table, "embedded", measures.spellings())
        yardstick, share, asked = 0.0, 0.0, []
        if parts & {"speed", "memory"}:
            yardstick, share, asked = speed(table, options, folder)
        if "memory" in parts:
            found = measures.memory(asked, options.searches)
            growth = found["after"] / found["before"] - 1
            table.row(
                f"memory before and after {found['searches']:,} searches",
                f"{found['before']:,.0f} and {found['after']:,.0f} MB",
                "flat (≤ 2 %)",
                growth <= 0.02,
            )
        if "large" in parts:
            large(table, options, folder, share)
        if not options.no_server:
            server(table, options, parts, given, folder=folder, embedded=embedded, yardstick=yardstick)
    if table.missed:
        print(f"\n{table.missed} marks are not reached.")
        sys.exit(0 if options.keep_going else 1)


def server(table, options, parts, given, *, folder, embedded, yardstick):
    """The same on Elasticsearch, and how far the engines differ."""
    table.head("Elasticsearch (wall-clock time)")
    found, why = ask_server(
        {
            "set": str(given.resolve()) if given else "",
            "spellings": "spellings" in parts,
            "passages": options.passages if "speed" in parts else 0,
            "questions": options.questions,
        },
        folder,
    )
    if found is None:
        table.row(f"not measured: {why}", "–")
        return
    if "retrieval" in found:
        show_retrieval(table, "elasticsearch", found["retrieval"])
        apart = max(abs(found["retrieval"][name] - embedded[name]) for name in ("mrr", "mrr_all"))
        table.row("the engines' MRR@10 differ by", f"{apart:.4f}", "≤ 0.003", apart <= 0.003)
    if "spellings" in found:
        show_spellings(table, "elasticsearch", found["spellings"])
    if "searching" in found:
        table.row("elasticsearch: passages indexed a second", f"{found['indexing']:,.0f}")
        show_searching(table, "elasticsearch", found["searching"], yardstick)
        show_suggesting(table, "elasticsearch", found["suggesting"], found["searching"])


main()
