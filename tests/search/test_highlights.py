"""What is marked of a title, whatever lexicon was served when it was first looked at."""

from search.analysis import analyzer_of, using
from search.highlights import title, words


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
