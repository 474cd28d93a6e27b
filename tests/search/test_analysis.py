"""The analysis: one key for every spelling, offsets into the original, and no text that breaks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import (
    ALSO,
    PART,
    STOP,
    STOP_WORDS,
    WORD,
    analyze,
    columns,
    current,
    fold,
    key,
    keys,
    placed,
)
from search.analysis.folding import fold_with_origins
from search.analysis.places import spans

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "spellings.txt"
OWN = Path(__file__).parent / "spellings.txt"
LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكىةۀأإآؤئءـًَُِّ\u200c\u200f\u00ad 0۱٢/.-‌هامی"


def _lines(path: Path) -> list[list[str]]:
    return [
        [spelling.strip() for spelling in line.split("|")]
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def _typings(phrase: str) -> Iterator[str]:
    """The phrase as other typists write it."""
    arabic = str.maketrans("یک", "يك")
    yield phrase
    yield phrase.replace("\u200c", "")
    yield phrase.replace("\u200c", " ")
    yield phrase.translate(arabic)
    yield phrase.replace("\u200c", "").translate(arabic)
    yield phrase[:2] + "ـــ" + phrase[2:]
    yield phrase[:1] + "َ" + phrase[1:]
    yield phrase.replace("ایی", "ائی")
    yield phrase.replace("ئی", "یی")
    yield phrase.replace("آ", "ا")
    yield phrase.replace("\u200c", "\u200c\u200c")
    yield phrase.replace("\u200c", "¬")
    yield "\u202b" + phrase + "\u202c"


@pytest.mark.parametrize("spellings", _lines(OWN), ids=lambda spellings: spellings[0])
def test_key_of_our_phrases_is_one_for_every_typing(spellings: list[str]) -> None:
    found = {key(typing) for spelling in spellings for typing in _typings(spelling)}
    assert len(found) == 1
    assert found != {""}


@pytest.mark.beside
def test_key_of_shared_phrases_is_one_for_every_spelling() -> None:
    differing = {line[0]: found for line in _lines(SHARED) if len(found := {key(item) for item in line}) != 1}
    assert differing == {}


def test_keys_of_different_phrases_differ() -> None:
    phrases = [line[0] for line in _lines(OWN)]
    assert len({key(phrase) for phrase in phrases}) > 0.9 * len(phrases)


def test_analyze_stray_zwnj_is_joined() -> None:
    assert key("عبا‌رات و‌زارت") == key("عبارات وزارت")


def test_analyze_presentation_forms_from_a_pdf() -> None:
    assert key("ﺳﺎﺯﻣﺎﻥ") == key("سازمان")
    assert key("ﻻزم") == key("لازم")


@pytest.mark.parametrize(
    "number", ["۱۶۰/۱۸۱۸/۱۸۰۶۶", "160 / 1818 / 18066", "١٦٠/١٨١٨/١٨٠٦٦", "160⁄1818⁄18066"]
)
def test_analyze_number_with_slashes_is_one_token_and_its_parts(number: str) -> None:
    tokens = analyze(f"شماره {number} مورخ")
    assert [token.key for token in tokens if token.key[0].isdigit()] == [
        "160/1818/18066",
        "160",
        "1818",
        "18066",
    ]
    assert [token.kind for token in tokens].count(PART) == 3
    assert key(number) == "160/1818/18066"


def test_analyze_offsets_are_of_the_written_words() -> None:
    text = "«سازمانهای مردمنهاد» و مي‌شود، آييننامه هاي (22) Café"
    written = [(text[token.start : token.end], token.key) for token in analyze(text) if token.kind != STOP]
    assert written == [
        ("سازمانهای", "سازمان"), ("مردم", "مردم"), ("نهاد", "نهاد"), ("آيين", "ایین"), ("نامه هاي", "نامه"),
        ("22", "22"), ("Café", "cafe"),
    ]  # fmt: skip


def test_key_of_function_words_alone_keeps_them() -> None:
    assert keys("از این به آن") == []
    assert key("از این") != ""


def test_stop_words_hold_no_noun_of_ours() -> None:
    assert not STOP_WORDS & {fold(word) for word in ("مردم", "نخست", "راه", "آیین", "مقام", "بخش", "سازمان")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("تنها", "تن"),
        ("بها", "ب"),
        ("دفتر", "دف"),
        ("میدان", "دان"),
        ("استان", "است"),
        ("پایان", "پای"),
        ("آیین", "این"),
    ],
)
def test_key_of_words_that_only_look_inflected(one: str, other: str) -> None:
    assert key(one) != key(other)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text(alphabet=LETTERS, max_size=60)))
def test_analyze_any_text_has_offsets_of_its_own_letters(text: str) -> None:
    place = 0
    for token in analyze(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.key
        assert token.key[0].isalnum()
        assert any(character.isalnum() for character in text[token.start : token.end])
        if token.kind != PART:
            assert token.start >= place
            place = token.start


WORDS = "بی سی ام ای می ها های گی ساز مان سازمان گفت وگو خانه حرفهای آیین نامه از « ١٦٠/ /۱۸ 12 - بببببببب"
WRITTEN = st.sampled_from([*WORDS.split(" "), *", \u200c\u00a0\n", *("ب" * 70, " ", " ", "  ")])


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.text(alphabet=LETTERS, max_size=60), st.lists(WRITTEN, max_size=20).map("".join)))
def test_analyze_any_text_as_the_rules_read_it_word_by_word(text: str) -> None:
    tokens = current().words.tokens(text)
    assert analyze(text) == tokens
    assert keys(text) == [
        *(token.key for token in tokens if token.kind in (WORD, PART)),
        *(token.key for token in tokens if token.kind == ALSO),
    ]
    said = columns(text).said()
    assert said.keys == keys(text)
    packed_keys, places = placed(text)
    assert packed_keys.split(" ") == (said.keys or [""])
    assert spans(places, range(len(said.keys))) == list(zip(said.starts, said.ends, strict=True))
    assert [text[start:end] for start, end in zip(said.starts, said.ends, strict=True)] == [
        text[token.start : token.end]
        for token in sorted(tokens, key=lambda token: token.kind == ALSO)
        if token.kind != STOP
    ]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet=LETTERS, max_size=40)))
def test_key_of_a_key_is_itself(text: str) -> None:
    once = key(text)
    assert key(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_fold_any_text_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet=LETTERS + "ئوؤ", max_size=40)))
def test_fold_any_text_is_what_its_origins_say(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(folded) == len(origins)
    assert all(0 <= origin < len(text) for origin in origins)
