"""Citations linked in the text and shown at both ends, to those who may read the other end."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from pages.bylaws.links import unknown_works
from pages.bylaws.models import Amendment, BylawPage, Citation
from tests import factories

FIRST, SECOND = datetime.date(2011, 7, 23), datetime.date(2015, 7, 23)
FINANCE = """ماده ۱ ـ معاملات سه دسته‌اند.
ماده ۵ ـ کمیسیون تشکیل می‌شود.
تبصره ۲ ـ اعضا چنین‌اند:
الف ـ شهردار
ب ـ ذی‌حساب
ماده ۶ ـ تصمیم کمیسیون موضوع بند ب تبصره ۲ ماده ۵ و ماده ۹ قطعی است."""
OTHER = "ماده ۱ ـ برابر تبصره ۲ ماده ۵ آیین‌نامه مالی شهرداری‌ها و ماده ۳ قانون نوسازی عمل می‌شود."


@pytest.fixture
def finance(make_bylaw):
    return make_bylaw(title="آیین‌نامه مالی شهرداری‌ها", slug="finance", source=FINANCE, approved_on=FIRST)


@pytest.fixture
def other(make_bylaw, finance):
    return make_bylaw(title="شیوه‌نامه کمیسیون", slug="other", source=OTHER, approved_on=FIRST)


def ends(response, name):
    return [(each.name, each.title, each.url) for each in getattr(response.context["ends"], name)]


def test_citation_of_own_provision_is_linked_where_it_exists(finance, client):
    html = client.get("/bylaws/finance/").content.decode()
    assert '<a class="citation" href="#art_5__proviso_2__para_2">بند ب تبصره ۲ ماده ۵</a>' in html
    assert 'href="#art_9"' not in html


def test_own_citation_is_shown_at_the_other_end(finance, client):
    response = client.get("/bylaws/finance/art_5/")
    assert ends(response, "cited_by") == [("ماده ۶", finance.title, "/bylaws/finance/art_6/")]
    assert ends(client.get("/bylaws/finance/art_1/"), "cited_by") == []


def test_citation_of_another_work_is_shown_at_both_ends(finance, other, client):
    assert 'href="/bylaws/other/art_1/#cites"' in client.get("/bylaws/other/").content.decode()
    assert ends(client.get("/bylaws/other/art_1/"), "cites") == [
        ("تبصره ۲ ماده ۵", finance.title, "/bylaws/finance/art_5__proviso_2/"),
        ("ماده ۳", "قانون نوسازی", ""),
    ]
    cited = ends(client.get("/bylaws/finance/art_5__proviso_2/"), "cited_by")
    assert ("ماده ۱", other.title, "/bylaws/other/art_1/") in cited


def test_closed_end_is_not_shown(finance, other, client, client_of):
    restrict = PageViewRestriction.objects.create
    restrict(page=other, restriction_type=PageViewRestriction.LOGIN)
    titles = {title for _, title, _ in ends(client.get("/bylaws/finance/art_5/"), "cited_by")}
    assert titles == {finance.title}
    restrict(page=finance, restriction_type=PageViewRestriction.LOGIN)
    signed_in = client_of("editor")
    assert len(ends(signed_in.get("/bylaws/finance/art_5/"), "cited_by")) == 2


def test_only_present_texts_cite(finance, other, amend, client):
    amend(other, "ماده ۱ ـ ارجاعی نیست.", SECOND)
    titles = {title for _, title, _ in ends(client.get("/bylaws/finance/art_5/"), "cited_by")}
    assert titles == {finance.title}


def test_work_that_comes_later_is_found_by_what_cited_it(make_bylaw, client):
    make_bylaw(title="شیوه‌نامه", slug="other", source=OTHER)
    make_bylaw(title="قانون نوسازی و عمران شهری", slug="renewal", source="ماده ۳ ـ متن.")
    assert ends(client.get("/bylaws/other/art_1/"), "cites")[1][2] == "/bylaws/renewal/art_3/"
    assert ends(client.get("/bylaws/renewal/art_3/"), "cited_by")[0][2] == "/bylaws/other/art_1/"


def test_unknown_works_are_listed_until_they_are_here(other, client_of):
    assert unknown_works(BylawPage.objects.all()) == [("قانون نوسازی", 1)]
    client = client_of("editor")
    assert client.get(reverse("amendments:waiting")).context["unknown"] == [("قانون نوسازی", 1)]
    client.post(reverse("amendments:stub"), {"work": "قانون نوسازی"})
    stub = BylawPage.objects.get(title="قانون نوسازی")
    assert (stub.live, stub.source) == (False, "")
    assert unknown_works(BylawPage.objects.all()) == []


def test_stub_is_made_of_a_cited_work_only(other, client_of):
    response = client_of("editor").post(reverse("amendments:stub"), {"work": "قانونی دیگر"})
    assert response.status_code == 404
    assert (
        client_of("legal_reviewer").post(reverse("amendments:stub"), {"work": "قانون نوسازی"}).status_code
        == 404
    )


def test_before_repeal_all_that_cites_is_listed(finance, other, client_of):
    amendment = Amendment.objects.create(bylaw=finance, verb="repeal", eid="art_5", on=SECOND, title="مصوبه")
    response = client_of("editor").get(reverse("amendments:amendment", args=[amendment.pk]))
    assert {each.name for each in response.context["cited_by"]} == {"ماده ۶", "ماده ۱"}


def test_citations_are_derived_again_with_their_text(finance):
    from pages.bylaws.actions import derive_again

    before = list(Citation.objects.values_list("eid", "target", "work"))
    derive_again(BylawPage.objects.get(pk=finance.pk))
    assert (
        list(Citation.objects.values_list("eid", "target", "work"))
        == before
        == [("art_6", "art_5__proviso_2__para_2", "")]
    )


def test_queries_do_not_grow_with_citations(make_bylaw, client, django_assert_max_num_queries):
    source = "\n".join(f"ماده {n} ـ موضوع ماده ۱ است." for n in range(1, 120))
    make_bylaw(slug="much", source=source)
    factories.make_user("editor")
    with django_assert_max_num_queries(20):
        response = client.get("/bylaws/much/art_1/")
    assert len(response.context["ends"].cited_by) == 118
