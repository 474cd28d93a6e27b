"""What is marked of a title, whatever lexicon was served when it was first looked at."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search.analysis import analyzer_of, keys, using
from search.highlights import title, words
from search.queries import search


def _marked(text, wanted):
    return [piece.text for piece in title(text, wanted) if piece.marked]


def test_words_of_a_title_follow_the_lexicon_that_serves_now():
    text = "گسیل تکفوتونی در شهر"
    taught = analyzer_of(("c\tتکفوتونی\tتک فوتونی",))
    assert "فوتونی" not in {key for _, _, key in words(text)}
    with using(taught):
        assert {key for _, _, key in words(text)} >= {"تک", "فوتونی"}
        assert _marked(text, {"تک", "فوتونی"}) == ["تکفوتونی"]
    assert _marked(text, {"تک", "فوتونی"}) == []


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("تشکل‌های مردم‌نهاد شهر", "نهاد", ["مردم‌نهاد"]),
        ("تشکل‌های مردمنهاد شهر", "مردم", ["مردمنهاد"]),
        ("تشکل‌های مردم نهاد شهر", "نهاد", ["نهاد"]),
        ("نامه ۱۶۰/۱۸۱۸", "160", ["۱۶۰"]),
    ],
)
def test_marked_is_the_whole_written_word_though_half_of_it_was_asked_for(text, asked, marked):
    assert _marked(text, set(keys(asked))) == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("سرای محله و محله", ["سرای", "محله"]),
        ("سازمان و نهاد و سازمان‌های مردم‌نهاد", ["سازمان‌های", "مردم‌نهاد"]),
        ("سازمان شهر", []),
    ],
)
def test_marked_of_several_words_is_the_whole(text, marked):
    assert _marked(text, {" ".join(keys(run)) for run in ("سرای محله", "سازمان مردم‌نهاد")}) == marked


def test_snippet_marks_half_of_what_belongs_together_only_where_the_whole_is_not(add):
    add("یک", "محله و سرای محله مشارکت")
    add("دو", "مشارکت محله")
    whole, half = (
        [piece.text for piece in hit.pieces if piece.marked]
        for results in [search("«سرای محله» | مشارکت", AnonymousUser())]
        for hit in sorted(results.hits, key=lambda hit: hit.object_title, reverse=True)
    )
    assert whole == ["سرای", "محله", "مشارکت"]
    assert half == ["مشارکت"]
