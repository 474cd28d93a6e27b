"""The parser on bylaws in the manners of different issuers."""

import pytest

from documents.structure.provisions import parse
from tests.documents.structure.texts import EXPECTED, TEXTS


def by_eid(name):
    return {each.eid: each for each in parse(TEXTS[name]).provisions}


@pytest.mark.parametrize("name", TEXTS)
def test_parse_finds_every_provision(name):
    assert [each.eid for each in parse(TEXTS[name]).provisions] == EXPECTED[name][0].split()


@pytest.mark.parametrize("name", TEXTS)
def test_parse_doubts_what_is_doubtful_alone(name):
    assert [each.code for each in parse(TEXTS[name]).doubts] == EXPECTED[name][1].split()


@pytest.mark.parametrize("name", TEXTS)
def test_parse_sets_apart_what_is_no_provision(name):
    assert (
        sorted({each.kind for each in parse(TEXTS[name]).residue if each.text}) == EXPECTED[name][2].split()
    )


@pytest.mark.parametrize("name", TEXTS)
def test_parse_reads_the_same_with_other_letters_and_digits(name):
    latin = TEXTS[name].translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    arabic = latin.replace("ی", "ي").replace("ک", "ك").replace("\n", "\r\n")
    for text in (latin, arabic):
        assert [each.eid for each in parse(text).provisions] == EXPECTED[name][0].split()


def test_parse_finds_the_headings_that_a_text_gives_its_articles():
    found = by_eid("registered statute")
    assert found["art_1"].heading == "نام موسسه"
    assert (found["art_5"].heading, found["art_5"].text) == ("مدت فعالیت", "از تاریخ تاسیس نامحدود است.")
    assert by_eid("statute")["art_3"].heading == "محل"
    assert by_eid("contents")["art_2"].heading == "دامنه"


def test_parse_keeps_a_quoted_article_in_the_amending_one():
    assert by_eid("amending quoted")["art_4"].text == (
        "متن ماده (۷) به شرح زیر جایگزین می‌شود:\n«ماده ۷ـ شرایط:\nالف ـ یک\nب ـ دو\nتبصره ـ متن.»"
    )
    assert by_eid("amending")["art_1"].text.endswith("\nتبصره ـ جلسه فوق‌العاده با درخواست سه عضو است.")


@pytest.mark.parametrize(
    ("name", "eid", "status", "number"),
    [
        ("books", "art_3bis2", "in-force", "3bis2"), ("books", "art_3bis", "added", "3bis"),
        ("books", "art_6", "repealed", "6"), ("brackets", "art_2", "amended", "2"),
        ("brackets", "art_2__proviso_1", "added", "1"), ("glued", "art_single", "in-force", "single"),
    ],
)  # fmt: skip
def test_parse_says_status_and_canonical_number(name, eid, status, number):
    assert (by_eid(name)[eid].status, by_eid(name)[eid].number) == (status, number)
