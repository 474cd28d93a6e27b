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
