"""`search_benchmark`: a set made here, figures counted by hand, sets that are broken."""

import json
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import benchmark
from search.benchmark import Ranked

CORPUS = {
    "d1": ("بودجه", "بودجهٔ سازمان‌های مردم‌نهاد در سال تازه دو برابر شد."),
    "d2": ("بوستان", "بوستان‌های شهر تا نیمه‌شب باز است."),
    "d3": ("کتابخانه", "کتابخانهٔ محله برای کودکان قصه می‌خواند."),
}
QUESTIONS = {
    "q1": "بودجه سازمان‌های مردم‌نهاد",
    "q1#a": "بودجه سازمان‌هاي مردم‌نهاد",
    "q1#b": "بودجه سازمانهای مردمنهاد",
    "q2": "قصه برای کودکان کتابخانه",
    "q3": "؟",
}
ANSWERS = [("q1", "d1"), ("q1#a", "d1"), ("q1#b", "d1"), ("q2", "d3")]


def _lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    _lines(folder / "corpus.jsonl", [{"_id": i, "title": t, "text": b} for i, (t, b) in CORPUS.items()])
    _lines(folder / "queries.jsonl", [{"_id": i, "text": text} for i, text in QUESTIONS.items()])
    rows = "".join(f"{question}\t{document}\t1\n" for question, document in ANSWERS)
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}", "utf-8")
    return folder


@pytest.fixture
def run(settings):
    def call(folder, **options):
        out = StringIO()
        call_command("search_benchmark", folder, stdout=out, **options)
        return out.getvalue()

    return call


def test_benchmark_prints_figures_and_writes_the_run(folder, run, tmp_path):
    file = tmp_path / "run.tsv"
    printed = run(folder, run=file, engine="embedded")
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    assert {(row[0], row[1]) for row in rows if row[2] == "1"} == set(ANSWERS)
    assert all(len(row) == 4 for row in rows)
    assert all(float(row[3]) > 0 for row in rows)
    assert "queries a second" in printed
    table = {line.split()[0]: line.split() for line in printed.splitlines() if line.strip()}
    assert table["clean"][1:3] == ["2", "1.0000"]
    assert table["#a"][1:3] == ["1", "1.0000"]
    assert table["#b"][-1] == "0.00%"


def test_benchmark_runs_on_the_engine_of_the_site(folder, run):
    assert "1.0000" in run(folder)


@pytest.mark.elasticsearch
def test_benchmark_on_elasticsearch_leaves_nothing_there(folder, run, index):
    def thrown_away():
        return set(index.client.indices.get(index="throw-away-*").body)

    before = thrown_away()
    assert "engine elasticsearch" in run(folder, engine="elasticsearch")
    until = time.monotonic() + 30
    while left := thrown_away() - before:  # those of another worker of this run go when its test ends
        assert time.monotonic() < until, left
        time.sleep(0.2)


def test_benchmark_elasticsearch_without_a_server_is_refused(folder, run, settings):
    settings.SEARCH_URL = ""
    with pytest.raises(CommandError, match="SEARCH_URL"):
        run(folder, engine="elasticsearch")


def test_benchmark_run_in_a_missing_folder_is_refused(folder, run, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(folder, run=tmp_path / "none" / "run.tsv")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("corpus.jsonl", None, "corpus.jsonl: No such file"),
        ("corpus.jsonl", "", "nothing in it"),
        ("corpus.jsonl", "not json\n", "corpus.jsonl, line 1: not JSON"),
        ("corpus.jsonl", '["d1"]\n', 'line 1: an object with a text "_id"'),
        ("corpus.jsonl", '{"_id": "d1", "text": 7}\n', '"text" is not text'),
        ("corpus.jsonl", '{"_id": "d1"}\n{"_id": "d1"}\n', "line 2: a second 'd1'"),
        ("corpus.jsonl", '{"_id": "other"}\n', "no document 'd1'"),
        ("queries.jsonl", '{"_id": "other"}\n', "no question 'q1'"),
        ("qrels/test.tsv", None, "test.tsv: No such file"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "no judgement"),
        ("qrels/test.tsv", "q1 d1 1\n", "line 1: query-id, corpus-id and a whole number"),
        ("qrels/test.tsv", "q1\td1\tgood\n", "line 1: query-id, corpus-id and a whole number"),
    ],
)
def test_benchmark_of_a_broken_set_says_where(folder, run, name, text, said):
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(CommandError, match=said.replace("(", r"\(")):
        run(folder, engine="embedded")


def test_benchmark_of_no_folder_or_bytes_says_so(folder, run, tmp_path):
    with pytest.raises(CommandError, match="no such folder"):
        run(tmp_path / "none", engine="embedded")
    (folder / "corpus.jsonl").write_bytes(b'{"_id": "\xff"}\n')
    with pytest.raises(CommandError, match="not UTF-8"):
        run(folder, engine="embedded")


def test_figures_are_what_the_formulas_say():
    run = {
        "a": [Ranked("x", 1), Ranked("y", 0.5)],
        "b": [Ranked(f"z{place}", 1 / place) for place in range(1, 11)] + [Ranked("x", 0.01)],
        "c": [],
        "unjudged": [Ranked("x", 1)],
    }
    found = benchmark.figures(run, {"a": {"y": 1}, "b": {"x": 1}, "c": {"x": 1}})
    assert found.questions == 3
    assert found.mrr == pytest.approx((0.5 + 0 + 0) / 3)
    assert found.ndcg == pytest.approx(0.6309297 / 3)
    assert found.recall10 == pytest.approx(1 / 3)
    assert found.recall100 == pytest.approx(2 / 3)
    graded = benchmark.figures({"a": [Ranked("x", 1), Ranked("y", 0.5)]}, {"a": {"x": 1, "y": 2}})
    assert graded.ndcg == pytest.approx((1 + 3 * 0.6309297) / (3 + 0.6309297))


def test_loss_compares_the_same_questions_only():
    clean = {"a": [Ranked("x", 1)], "b": []}
    answers = {"a": {"x": 1}, "b": {"x": 1}, "a#b": {"x": 1}, "c#b": {"x": 1}}
    assert benchmark.loss({"a#b": [Ranked("z", 1), Ranked("x", 0.5)]}, clean, answers) == pytest.approx(0.5)
    assert benchmark.loss({"c#b": []}, clean, answers) is None
