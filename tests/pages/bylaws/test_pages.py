"""The pages of bylaws as people read them."""

import datetime

import pytest
from django.utils import timezone

from pages.bylaws.models import BylawPage
from tests.pages.base import PageFamily
from tests.pages.conftest import articles


class TestBylawPage(PageFamily):
    words = "سازمان مردم‌نهاد تشکلی غیرانتفاعی است"

    @pytest.fixture
    def page(self, make_bylaw):
        return make_bylaw(approved_on=datetime.date(2020, 3, 20), number="1398/110/5")

    def form_data(self, page):
        return {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "bylaw_kind": "directive",
            "source": page.source,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }


class TestBylawIndexPage(PageFamily):
    @pytest.fixture
    def page(self, make_bylaw):
        return make_bylaw().get_parent().specific

    def form_data(self, page):
        return {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }


def test_read_bylaw_anonymous_has_anchors_and_contents(make_bylaw, client):
    html = client.get(make_bylaw(number="1398/110/5").get_url()).content.decode()
    assert 'id="art_1__proviso_1"' in html
    assert 'href="#art_2"' in html
    assert "۱۶۰/۱۸۱۸/۱۸۰۶۶" in html
    assert "۱۳۹۸/۱۱۰/۵" in html


def test_markup_in_text_is_shown_as_typed(make_bylaw, client):
    html = client.get(make_bylaw(source="ماده ۱ ـ <script>alert(1)</script>").get_url()).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_read_earlier_version_says_so(make_bylaw, client):
    page = make_bylaw(source="ماده ۱ ـ متن کهنه")
    page.source = "ماده ۱ ـ متن نو"
    page.save_revision().publish(skip_permission_checks=True)
    assert "متن نو" in client.get(page.get_url()).content.decode()
    old = client.get(page.get_url(), {"version": 1})
    assert "متن کهنه" in old.content.decode()
    assert old.context["old_version"].number == 1
    assert client.get(page.get_url(), {"version": 9}).status_code == 404


def test_read_withdrawn_shows_notice_without_text(make_bylaw, client):
    page = make_bylaw(withdrawn_on=timezone.localdate(), withdrawal_note="به دستور شورا پس گرفته شد.")
    for query in ({}, {"version": 1}):
        html = client.get(page.get_url(), query).content.decode()
        assert "به دستور شورا پس گرفته شد." in html
        assert "غیرانتفاعی" not in html


@pytest.mark.parametrize("count", [5, 200])
def test_bylaw_page_takes_few_queries_whatever_its_size(
    make_bylaw, client_of, django_assert_max_num_queries, count
):
    make_bylaw(title="همسایه", subject="آزمون")
    page = make_bylaw(source=articles(count), subject="آزمون", approved_on=datetime.date(2020, 1, 1))
    client = client_of("hq_staff")
    with django_assert_max_num_queries(20):  # by the first of all readers
        client.get(page.get_url())
    with django_assert_max_num_queries(8):
        html = client.get(page.get_url()).content.decode()
    assert f'id="art_{count}__proviso_1"' in html


def test_index_takes_few_queries_whatever_its_size(make_bylaw, client, django_assert_max_num_queries):
    for _ in range(12):
        make_bylaw(source="")
    client.get("/bylaws/")
    with django_assert_max_num_queries(3):
        client.get("/bylaws/")


def test_index_sorts_as_persian_readers_expect(make_bylaw, client):
    for title in ("گام", "پیوند", "باران", "کار", "آب", "چراغ", "ژرفا"):
        make_bylaw(title=title, source="")
    titles = [page.title for page in client.get("/bylaws/").context["bylaws"]]
    assert titles == ["آب", "باران", "پیوند", "چراغ", "ژرفا", "کار", "گام"]


def test_index_filters_count_within_each_other(make_bylaw, client):
    make_bylaw(title="الف", bylaw_kind="bylaw", approved_on=datetime.date(2020, 5, 1))
    make_bylaw(title="ب", bylaw_kind="directive", approved_on=datetime.date(2020, 5, 1))
    make_bylaw(title="پ", bylaw_kind="directive", approved_on=datetime.date(2022, 5, 1))
    context = client.get("/bylaws/", {"kind": "directive"}).context
    assert [page.title for page in context["bylaws"]] == ["ب", "پ"]
    assert context["years"] == [{"year": 1401, "count": 1}, {"year": 1399, "count": 1}]
    kinds = {choice.label: choice.count for choice in context["facets"][0].choices}
    assert sorted(kinds.values()) == [1, 2]
    narrowed = client.get("/bylaws/", {"kind": "directive", "year": "1401", "order": "year"})
    assert [page.title for page in narrowed.context["bylaws"]] == ["پ"]
    assert [page.title for page in client.get("/bylaws/", {"letter": "ب"}).context["bylaws"]] == ["ب"]


def test_index_bears_nonsense_in_its_address(make_bylaw, client):
    make_bylaw()
    odd = {"year": "۱۴۰۱", "page": "x", "status": "?", "kind": "'", "letter": "<"}
    assert client.get("/bylaws/", odd).status_code == 200


def test_index_leaves_out_drafts_and_restricted(make_bylaw, client):
    from wagtail.models import PageViewRestriction

    make_bylaw(live=False)
    closed = make_bylaw(title="محرمانه")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    context = client.get("/bylaws/").context
    assert list(context["bylaws"]) == []
    assert context["years"] == []
    assert all(not facet.choices for facet in context["facets"])


def test_related_are_of_same_subject_and_visible(make_bylaw, client):
    page = make_bylaw(subject="مشارکت")
    near = make_bylaw(subject="مشارکت")
    make_bylaw(subject="دیگر")
    make_bylaw(subject="مشارکت", live=False)
    assert client.get(page.get_url()).context["related"] == [near]


def test_edit_warns_of_doubts_and_saves(make_bylaw, client_of):
    from django.urls import reverse
    from wagtail.test.utils.form_data import nested_form_data

    page = make_bylaw()
    data = TestBylawPage().form_data(page) | {"source": "ماده ۱ ـ متن\nماده ۴ ـ متن «باز"}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client_of("editor").post(url, nested_form_data(data), follow=True)
    assert "۲…۳" in response.content.decode()
    assert BylawPage.objects.get(pk=page.pk).has_unpublished_changes
