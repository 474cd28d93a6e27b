import sys
import time
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import benchmark, engines
from search.benchmark import Figures, Ranked, RetrievalSet
from search.engines.base import Engine, EngineDown


class Command(BaseCommand):
    """Try the search on a retrieval set, in an index of its own that is thrown away."""

    help = (
        "Index a retrieval set in BEIR's format (corpus.jsonl, queries.jsonl, qrels/test.tsv) into a throw-away "
        "index by the analysis, engine and ranking of this site, ask its questions, and print how well and how "
        "fast they are answered."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The set, the engine, the file of the run."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--engine", choices=("embedded", "elasticsearch"), help="default: this site's")
        parser.add_argument(
            "--run", metavar="FILE", type=Path, help="write query-id, doc-id, rank, score of the first 100"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, ask, print."""
        url = settings.SEARCH_URL or ""
        server = url if url.startswith(("http://", "https://")) else ""
        chosen = options["engine"] or ("elasticsearch" if server else "embedded")
        if chosen == "elasticsearch" and not server:
            raise CommandError(
                "SEARCH_URL names no Elasticsearch (http://…:9200); "
                "scripts/elasticsearch.sh COMMAND runs a command with one."
            )
        with ExitStack() as opened:
            try:
                given = benchmark.read(options["folder"])
                file = self._file(options["run"], opened)
                engine = opened.enter_context(engines.throw_away(server if chosen == "elasticsearch" else ""))
                self._measure(engine, chosen, given, file)
            except benchmark.BrokenSet as error:
                raise CommandError(str(error)) from error
            except EngineDown as error:
                raise CommandError(f"The search engine does not answer: {error}") from error

    @staticmethod
    def _file(path: Path | None, opened: ExitStack) -> TextIO | None:
        try:
            return opened.enter_context(path.open("w", encoding="utf-8")) if path else None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def _measure(self, engine: Engine, chosen: str, given: RetrievalSet, file: TextIO | None) -> None:
        cpu, began = time.process_time(), time.perf_counter()
        benchmark.fill(engine, benchmark.records(given.corpus), self._progress(len(given.corpus)))
        taken, used = time.perf_counter() - began, time.process_time() - cpu
        self.stdout.write(
            f"engine {chosen}: {len(given.corpus):,} documents indexed in {taken:.1f} s "
            f"({len(given.corpus) / max(used, 1e-9):,.0f} a second of processor time)"
        )
        run = {name: benchmark.best(engine, text) for name, text in given.questions.items()}
        if file:
            for name, ranked in run.items():
                file.writelines(
                    f"{name}\t{item.document}\t{rank}\t{item.score:.6f}\n"
                    for rank, item in enumerate(ranked, 1)
                )
        self._print(run, given)
        seconds = benchmark.latencies(engine, given.questions.values())
        self.stdout.write(
            f"{len(seconds) / max(sum(seconds), 1e-9):,.0f} queries a second in one thread; "
            f"latency median {benchmark.median(seconds) * 1000:.2f} ms, "
            f"p95 {benchmark.percentile(seconds, 0.95) * 1000:.2f} ms (first page with marks, total and facets)"
        )

    def _progress(self, count: int) -> Any:
        alive = sys.stdout.isatty()

        def report(done: int) -> None:
            if alive and (done % 200 == 0 or done == count):
                self.stdout.write(f"\r{done} of {count}", ending="\n" if done == count else "")
                self.stdout.flush()

        return report

    def _print(self, run: dict[str, list[Ranked]], given: RetrievalSet) -> None:
        groups = benchmark.by_suffix(run)
        clean = groups.get("", {})
        line = "{:<12}{:>10}{:>9}{:>9}{:>9}{:>9}{:>9}"
        self.stdout.write(line.format("typed", "questions", "MRR@10", "nDCG@10", "R@10", "R@100", "loss"))

        def show(name: str, group: dict[str, list[Ranked]], *, is_clean: bool = False) -> None:
            found: Figures = benchmark.figures(group, given.answers)
            lost = None if is_clean else benchmark.loss(group, clean, given.answers)
            self.stdout.write(
                line.format(
                    name,
                    found.questions,
                    *(f"{value:.4f}" for value in (found.mrr, found.ndcg, found.recall10, found.recall100)),
                    "–" if lost is None else f"{lost:.2%}",
                )
            )

        for name, group in groups.items():
            show(f"#{name}" if name else "clean", group, is_clean=not name)
        others = {name: ranked for name, ranked in run.items() if benchmark.suffix(name)}
        if others:
            show("all others", others)
