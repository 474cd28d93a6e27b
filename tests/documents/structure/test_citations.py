"""Citations found in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.structure.citations import citations


@pytest.mark.parametrize(
    ("text", "words", "eid", "item", "work"),
    [
        (
            "به موجب بند ب تبصره ۲ ماده ۵ آیین‌نامه مالی شهرداری‌ها مصوب ۱۳۴۶ عمل می‌شود.",
            "بند ب تبصره ۲ ماده ۵ آیین‌نامه مالی شهرداری‌ها",
            "art_5__proviso_2",
            "ب",
            "آیین‌نامه مالی شهرداری‌ها",
        ),
        ("با نقض تکالیف ماده ۸، شورا", "ماده ۸", "art_8", "", ""),
        ("کارگروه موضوع ماده 8 این آیین‌نامه است", "ماده 8 این آیین‌نامه", "art_8", "", ""),
        (
            "طبق تبصره ماده پنجم قانون شهرداری، پروانه",
            "تبصره ماده پنجم قانون شهرداری",
            "art_5__proviso_1",
            "",
            "قانون شهرداری",
        ),
        ("بند «الف» ماده (۷)", "بند «الف» ماده (۷)", "art_7", "الف", ""),
        ("تبصره (۲) ماده بیست و یکم", "تبصره (۲) ماده بیست و یکم", "art_21__proviso_2", "", ""),
        ("ماده ۵ مكرر قانون شوراها", "ماده ۵ مكرر قانون شوراها", "art_5bis", "", "قانون شوراها"),
        ("تبصره ۱ ذیل ماده ۳", "تبصره ۱ ذیل ماده ۳", "art_3__proviso_1", "", ""),
    ],
)
def test_citation_is_found(text, words, eid, item, work):
    (found,) = citations(text)
    assert text[found.start : found.end] == words
    assert (found.eid, found.item, found.work) == (eid, item, work)


@pytest.mark.parametrize(
    "text",
    [
        "ماده اولیه و مواد غذایی",
        "این ماده",
        "آماده ۵ نفر است",
        "بند ب",
        "ماده ۵ قانون",
        "ماده ۵ قانون و سایر مقررات",
        "",
    ],
)
def test_other_words_are_no_citation(text):
    assert citations(text) == []


def test_citation_within_the_name_of_a_work_is_part_of_it():
    (found,) = citations("ماده ۳ آیین‌نامه اجرایی ماده ۲ قانون شوراها، مصوب")
    assert (found.eid, found.work) == ("art_3", "آیین‌نامه اجرایی ماده ۲ قانون شوراها")


def test_several_are_found_in_their_order():
    found = citations("شرایط ماده ۳ یا تکالیف ماده ۸ و تبصره ۱ ماده ۹ قانون شهرداری")
    assert [(each.eid, each.work) for each in found] == [
        ("art_3", ""),
        ("art_8", ""),
        ("art_9__proviso_1", "قانون شهرداری"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ماده ۳ قانون تملک آپارتمان‌ها عبارت از",
        "ماده ۳ قانون تملک آپارتمان‌ها -مصوب ۱۳۴۳",
        "ماده ۳ قانون تملک آپارتمان‌ها و سایر مقررات",
    ],
)
def test_name_of_a_work_ends_where_the_sentence_goes_on(text):
    assert [each.work for each in citations(text)] == ["قانون تملک آپارتمان‌ها"]


@given(st.text("ماده تبصره بند۵8 ()«»قانون،\u200cآب", max_size=200))
def test_places_are_in_order_and_inside_the_text(text):
    last = 0
    for each in citations(text):
        assert last <= each.start < each.end <= len(text)
        last = each.end
