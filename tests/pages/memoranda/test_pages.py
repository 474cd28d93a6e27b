"""The pages of memoranda as people read and write them."""

import datetime

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests import factories
from tests.pages.base import PageFamily

COMMENTS = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}


class TestMemorandumPage(PageFamily):
    words = "تجهیز مکان دائمی"

    @pytest.fixture
    def page(self, make_memorandum):
        return make_memorandum(number="1394/130/73", signed_on=datetime.date(2015, 6, 1))

    def form_data(self, page):
        owed = [
            {"id": each.pk, "obligor": each.obligor, "text": each.text} for each in page.obligations.all()
        ]
        return {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "aims": page.aims,
            "source": page.source,
            "obligations": inline_formset(owed, initial=len(owed)),
            **COMMENTS,
        }


class TestMemorandumIndexPage(PageFamily):
    @pytest.fixture
    def page(self, make_memorandum):
        return make_memorandum().get_parent().specific

    def form_data(self, page):
        return {"title": page.title, "slug": page.slug, "summary": page.summary, **COMMENTS}


def test_sides_come_in_order_with_their_parties(make_memorandum, client):
    sides = client.get(make_memorandum().get_url()).context["sides"]
    assert [(side.code, side.party) for side in sides] == [
        ("first", "ستاد سمن‌ها"),
        ("second", "معاونت اجتماعی"),
        ("joint", ""),
    ]


def test_aims_lose_the_marks_they_were_typed_with(make_memorandum):
    assert make_memorandum().aim_list == ["هم‌افزایی دو نهاد", "پیشگیری از موازی‌کاری"]


def test_passages_are_page_clauses_and_obligations(make_memorandum):
    kinds = [(each.kind, each.anchor) for each in make_memorandum().get_passages()]
    assert kinds[:3] == [("memorandum", ""), ("provision", "art_1"), ("provision", "art_2")]
    assert [kind for kind, _ in kinds[3:]] == ["obligation"] * 3
    assert len({anchor for _, anchor in kinds}) == 6


def test_private_memorandum_is_for_those_who_sign_in(make_memorandum, client, client_of):
    page = make_memorandum(title="تفاهم‌نامه درونی", is_public=False)
    closed = client.get(page.get_url())
    assert closed.status_code == 404
    assert "درونی" not in closed.content.decode()
    assert "درونی" not in client.get("/memoranda/").content.decode()
    member = client_of("ngo_member")
    assert "درونی" in member.get("/memoranda/").content.decode()
    assert member.get(page.get_url()).status_code == 200


def test_edit_with_impossible_dates_and_same_parties_is_refused(make_memorandum, client_of):
    page = make_memorandum()
    party = factories.make_organization()
    data = TestMemorandumPage().form_data(page) | {
        "first_party": party.pk,
        "second_party": party.pk,
        "signed_on": "1394/03/11",
        "ends_on": "1394/03/10",
    }
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client_of("editor").post(url, nested_form_data(data)).context["form"]
    assert sorted(form.errors) == ["ends_on", "second_party"]


def test_index_counts_by_year(make_memorandum, client):
    make_memorandum(signed_on=datetime.date(2015, 6, 1))
    make_memorandum(signed_on=datetime.date(2022, 6, 1))
    assert client.get("/memoranda/").context["years"] == [
        {"year": 1401, "count": 1},
        {"year": 1394, "count": 1},
    ]
    assert len(client.get("/memoranda/", {"year": 1394}).context["memoranda"]) == 1
