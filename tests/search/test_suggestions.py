"""What is offered as one types: by beginnings, the shortest titles first, and nothing that the reader may not see."""

from urllib.parse import unquote_plus

import pytest
from django.contrib.auth.models import AnonymousUser

from search import engines, indexing, lexicons
from search.analysis import serve
from search.beginnings import LONGEST, LONGEST_WORD, NUMBER, TITLE, Way, beginnings, ways
from search.engines.embedded import OFFERED
from search.records import SearchRecord
from search.suggestions import SIZE, suggest
from tests import factories


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


class Titles:
    """A source of texts by number: (audience, title)."""

    def __init__(self, titles):
        self.titles = titles

    def all_pks(self):
        return list(self.titles)

    def records_for(self, pk):
        if pk in self.titles:
            audience, title = self.titles[pk]
            uid = f"text:{pk}"
            yield SearchRecord(
                uid=uid, object_uid=uid, kind="news", title=title, trail="", body="", url="/", numbers=(), date=None,
                district=None, organization=None, status="", language="fa", audience=audience,
            )  # fmt: skip


@pytest.fixture
def titled(index, audience, monkeypatch):
    """A function of (title, tokens) that makes them all of the site, indexed anew; its source."""

    def only(*titles):
        source = Titles({place: (audience(*tokens), title) for place, (title, *tokens) in enumerate(titles)})
        for module in (indexing, lexicons):
            monkeypatch.setattr(module, "sources", {"text": source})
        indexing.rebuild()
        return source

    yield only
    serve(None)


def _phrases(text, user=None):
    return [each["title"] for each in suggest(text, user or AnonymousUser()) if each["kind"] == "phrase"]


def test_suggest_a_phrase_that_titles_repeat_as_they_write_it(titled):
    titled(
        *[(f"گزارش سازمان‌های مردم‌نهاد شهر {number}",) for number in range(2)],
        ("نشست سازمان‌های مردم‌نهاد",),
        ("سازمان ملی",),
    )
    assert _phrases("سازمان") == ["سازمان‌های مردم‌نهاد"]
    assert _phrases("سازمان هاي مردم") == ["سازمان‌های مردم‌نهاد"]
    (phrase,) = [each for each in suggest("سازمان", AnonymousUser()) if each["kind"] == "phrase"]
    assert unquote_plus(phrase["url"]) == "/search/?q=سازمان‌های مردم‌نهاد"
    assert _phrases("گزارش سازمان") == []  # twice is not often


def test_suggest_no_phrase_of_titles_that_only_others_may_see(titled):
    titled(*[(f"پرونده ققنوس سفید {number}", "org:1") for number in range(5)])
    assert _phrases("پرونده") == []


def test_suggest_no_phrase_any_more_when_its_titles_were_closed(titled, audience):
    source = titled(*[(f"پرونده ققنوس سفید {number}",) for number in range(3)])
    assert _phrases("پرونده") == ["پرونده ققنوس سفید"]
    source.titles = {place: (audience("role:auditor"), title) for place, (_, title) in source.titles.items()}
    engines.current().replace({uid: indexing.entries_of(uid) for uid in indexing.all_objects()})
    assert _phrases("پرونده") == []
    assert _phrases("پرونده", factories.make_user("auditor")) == ["پرونده ققنوس سفید"]
