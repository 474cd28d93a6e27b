"""What is offered as one types: by beginnings, the shortest titles first, and nothing that the reader may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search.beginnings import LONGEST, LONGEST_WORD, NUMBER, TITLE, Way, beginnings, ways
from search.engines.embedded import OFFERED
from search.suggestions import SIZE, suggest


def _titles(text):
    return [each["title"] for each in suggest(text, AnonymousUser())]


def test_beginnings_of_words_title_and_numbers():
    found = beginnings("شورای شهر", ["12/3"]).split()
    assert found[:4] == ["شو", "شور", "شورا", "شورای"]
    assert {"شه", "شهر", f"{TITLE}شو", f"{TITLE}شورایشهر", f"{NUMBER}12", f"{NUMBER}12/3"} <= set(found)
    assert beginnings("", []) == ""


@pytest.mark.parametrize("text", ["", " ", "ش", "شورا ش", "«»"])
def test_ways_nothing_while_too_short(text):
    assert ways(text) == []


def test_ways_number_then_title_then_word():
    assert ways("شورای شه") == [Way(f"{TITLE}شورایشه"), Way("شه", ("شورا",))]
    assert ways("۱۶۰ / ۱۸") == [Way(f"{NUMBER}160/18"), Way(f"{TITLE}16018"), Way("18")]


def test_suggest_longer_than_what_is_kept(add):
    title = "ب" * (LONGEST_WORD + 3) + " " + "پ" * LONGEST
    add(title, "متن")
    assert _titles(title) == _titles(title[:-1]) == _titles(title[:5]) == [title]


def test_suggest_last_word_goes_on_and_the_others_stand_in_the_title(add):
    add("گزارش شورای شهر", "متن")
    add("گزارش شهرداری", "متن")
    assert _titles("شورای شه") == ["گزارش شورای شهر"]
    assert set(_titles("شه")) == {"گزارش شهرداری", "گزارش شورای شهر"}


def test_suggest_more_hidden_titles_than_are_looked_at(add):
    add.held = True
    for number in range(OFFERED + 5):
        add(f"شورا {number}", "متن", tokens=("org:1",))
    for number in range(SIZE + 2):
        add(f"شورای آشکار {number}", "متن")
    add.flush()
    found = _titles("شورا")
    assert len(found) == SIZE
    assert all("آشکار" in title for title in found)


def test_suggest_a_text_within_an_object_by_its_own_number_alone(add):
    add("مصوبه", "متن", numbers=["160/18"], passages=[("a", "بند یک", "متن")])
    assert _titles("160/1") == ["مصوبه"]
    assert _titles("بند") == []
