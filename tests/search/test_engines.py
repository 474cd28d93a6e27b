"""What every engine does. All of this folder's tests are the contract: CI runs them on each engine."""

import datetime
import random

import pytest
from django.contrib.auth.models import AnonymousUser

from intranet.access.queries import audiences_of
from search import engines
from search.engines.base import COLUMNS, Filters, Request
from search.entries import object_number
from search.kinds import code_of
from search.queries import search
from search.query import Concept, Query, parse

WORDS = ["بودجه", "شهر", "سازمان‌های", "مردم‌نهاد", "منطقه‌ای", "کارگروه", "نشست", "آیین‌نامه", "محله", "مشارکت"]


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_engines_give_the_same_hits_in_the_same_order(add, settings, tmp_path):
    rng = random.Random(3)
    add.held = True
    for number in range(200):
        add(f"متن {number} {rng.choice(WORDS)}", " ".join(rng.choices(WORDS, k=rng.randint(5, 60))))
    waiting = add.waiting
    add.flush()
    server = settings.SEARCH_URL
    settings.SEARCH_URL = f"embedded://{tmp_path}/other"
    engines.current().replace(waiting)
    for question in (
        "بودجه منطقه اي",
        "سازمانهاي مردمنهاد",
        "کار گروه مشارکت محله",
        "آیین نامه نشست شهر بودجه",
    ):
        found = []
        for url in (server, f"embedded://{tmp_path}/other"):
            settings.SEARCH_URL = url
            results = search(question, AnonymousUser(), size=20)
            found.append((results.total, [hit.candidate.uid for hit in results.hits]))
        assert found[0] == found[1], question
        assert found[0][0] > 10
    settings.SEARCH_URL = server


def _ask(query, **fields):
    query = parse(query) if isinstance(query, str) else query
    return engines.current().search(Request(query, audiences_of(AnonymousUser()), **fields))


@pytest.mark.django_db
def test_engine_reads_a_passage_anew_after_each_change(add):
    uid = add("بودجه شهر", "بودجه نخست")
    assert [found.body for found in _ask("بودجه").candidates] == ["بودجه نخست"]
    first = _ask("بودجه").candidates[0]
    assert first.body_keys == _ask("بودجه شهر").candidates[0].body_keys
    assert first.score != _ask("بودجه شهر").candidates[0].score
    add("بودجه شهر", "بودجه دوم", uid=uid)
    assert [found.body for found in _ask("بودجه").candidates] == ["بودجه دوم"]


def _names(answer):
    return {candidate.meta["title"] for candidate in answer.candidates}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(kinds=frozenset({code_of("bylaw")})), {"الف"}),
        (Filters(bodies=frozenset({7})), {"الف", "ب"}),
        (Filters(bodies=frozenset({7, 8})), {"الف", "ب", "پ"}),
        (Filters(organizations=frozenset({4})), {"پ"}),
        (Filters(districts=frozenset({3}), bodies=frozenset({7})), {"الف"}),
        (Filters(statuses=frozenset({code_of("repealed")})), {"ب"}),
        (Filters(years=frozenset({1390})), {"پ"}),
        (Filters(languages=frozenset({code_of("en")})), {"پ"}),
        (Filters(since=datetime.date(2022, 4, 6).toordinal()), {"الف"}),
        (Filters(until=datetime.date(2022, 4, 5).toordinal()), {"ب", "پ"}),
        (
            Filters(
                since=datetime.date(2011, 5, 15).toordinal(), until=datetime.date(2011, 5, 15).toordinal()
            ),
            {"پ"},
        ),
    ],
)
def test_engine_filters_candidates_and_not_what_is_counted(add, filters, names):
    add(
        "الف", "بودجه", kind="bylaw", body_id=7, district=3, status="in-force", date=datetime.date(2022, 4, 6)
    )
    add("ب", "بودجه", body_id=7, status="repealed", date=datetime.date(2022, 4, 5))
    add("پ", "بودجه", body_id=8, organization=4, language="en", date=datetime.date(2011, 5, 15))
    add("ت", "بودجه", date=None)
    answer = _ask("بودجه", filters=filters)
    assert _names(answer) == names
    assert len(answer.found) == 4


@pytest.mark.django_db
def test_engine_gives_the_columns_of_what_matches_well_enough(add):
    uid = add(
        "الف", "بودجه شهر", kind="bylaw", body_id=7, organization=4, district=3, status="in-force",
        date=datetime.date(2022, 4, 6),
    )  # fmt: skip
    add("ب", "بودجه")
    answer = _ask("بودجه شهر")
    assert {name: answer.found[name] for name in COLUMNS} == {
        "object": [object_number(uid)],
        "kind": [code_of("bylaw")],
        "body_id": [7],
        "organization": [4],
        "district": [3],
        "status": [code_of("in-force")],
        "year": [1401],
        "day": [datetime.date(2022, 4, 6).toordinal()],
        "language": [code_of("fa")],
    }
    assert _names(answer) == {"الف", "ب"}
    assert next(candidate.meta["title"] for candidate in answer.candidates) == "الف"


@pytest.mark.django_db
def test_engine_finds_by_title_number_and_among_objects(add):
    first = add("بودجه شهر", "متن", numbers=["160/1818"])
    add("متن دیگر", "بودجه شهر", numbers=["161/1818"])
    filters = Filters(years=frozenset({1401}))
    assert _names(_ask(Query(titled=(Concept(("بودجه",)),)), filters=filters)) == {"بودجه شهر"}
    assert _names(_ask(Query(titled=(Concept(("بودجه", "شهر")),)))) == {"بودجه شهر"}
    assert _names(_ask(Query(titled=(Concept(("شهر", "بودجه")),)))) == set()
    assert _names(_ask(Query(numbered=("160/1818",)))) == {"بودجه شهر"}
    assert _names(_ask(Query(), filters=filters)) == {"بودجه شهر", "متن دیگر"}
    assert _names(_ask("متن", objects=frozenset({object_number(first)}))) == {"بودجه شهر"}


@pytest.mark.django_db
def test_engine_shows_no_candidate_and_counts_nothing_that_is_closed(add):
    add("بسته", "بودجه", tokens=["role:auditor"])
    waiting = add("در راه", "بودجه")
    add("باز", "بودجه")
    answer = _ask("بودجه", excluded=frozenset({object_number(waiting)}))
    assert _names(answer) == {"باز"}
    assert len(answer.found) == 1


@pytest.mark.django_db
def test_engine_names_what_has_a_word_in_its_own_title_to_those_who_may_see_it(add):
    add("کانون تیردخت", "متن", passages=[("art_1", "ماده تیردخت", "متن")])
    add("متن", "کانون تیردخت")
    add("کانون تیردخت نهان", "متن", tokens=["role:auditor"])
    closed = object_number(add("کانون در راه", "متن"))
    audiences = audiences_of(AnonymousUser())

    def entitled(*words):
        found = engines.current().entitled(words, audiences, frozenset({closed}))
        return [candidate.meta["title"] for candidate in found]

    assert entitled("تیردخت", "ناشناس") == entitled("کانون") == ["کانون تیردخت"]
    assert entitled("ناشناس") == entitled() == []
