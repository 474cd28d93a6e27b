"""The page and the JSON doors."""

import datetime
import re
from urllib.parse import quote_plus

import pytest
from django.test import Client

from search.engines.base import EngineDown
from search.engines.embedded import EmbeddedEngine
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(site, add):
    add.held = True
    add("آیین‌نامه بودجه", "کلیات", kind="bylaw", district=3, numbers=["12/1401"], passages=[
        ("art_1", "ماده ۱", "بودجه هر سال تعیین می‌شود."), ("art_2", "ماده ۲", "بودجه منطقه‌ها <b>جدا</b> است."),
    ])  # fmt: skip
    for number in range(24):
        add(f"خبر بودجه {number}", "بودجه شهر", kind="news")
    add("بودجه محرمانه", "بودجه", tokens=["role:auditor"])
    add.flush()
    return add


def test_page_without_a_query_advises(client, site):
    response = client.get("/search/")
    assert response.status_code == 200
    assert 'name="q"' in response.content.decode()


def test_page_shows_marked_hits_facets_and_paging(client, filled):
    page = client.get("/search/", {"q": "بودجه"}).content.decode()
    assert "<mark>بودجه</mark>" in page
    assert "محرمانه" not in page
    assert "page=2" in page
    assert "kind=bylaw" in page
    assert "&lt;b&gt;" in page or "<b>جدا" not in page


def test_page_leads_to_the_article_and_escapes(client, filled):
    page = client.get("/search/", {"q": "بودجه منطقه جدا"}).content.decode()
    assert "#art_2" in page
    assert "<b>" not in page.split("<main")[1]
    assert "&lt;b&gt;" in page


def test_page_shows_what_narrows_as_chips_that_can_be_taken_back(client, filled):
    page = client.get(
        "/search/", {"q": "بودجه نوع:آیین‌نامه", "district": "3", "from": "1401"}
    ).content.decode()
    chips = page.split('class="filters search-chips"')[1].split("</ul>")[0]
    assert [label in chips for label in ("آیین‌نامه", "منطقه ۳", "از ۱۴۰۱/۰۱/۰۱")] == [True] * 3
    assert 'href="?q=%D8%A8%D9%88%D8%AF%D8%AC%D9%87&amp;district=3&amp;from=1401%2F01%2F01"' in chips
    assert "style=" not in page.split("<main")[1].split("</main")[0]


def test_page_has_a_histogram_of_years_as_links(client, filled):
    filled.held = False
    filled("بودجه کهنه", "بودجه", date=datetime.date(2011, 5, 15))
    page = client.get("/search/", {"q": "بودجه"}).content.decode()
    bars = page.split('class="histogram"')[1].split("</ol>")[0]
    assert bars.count("<li>") == 12  # 1390 to 1401
    assert bars.count("<a ") == 2
    assert "histogram__bar--12" in bars
    assert "۱۳۹۰: ۱ متن" in bars


def test_page_with_weaker_matches_has_them_under_a_line_of_their_own(client, filled):
    page = client.get("/search/", {"q": "بودجه منطقه جدا", "kind": "bylaw"}).content.decode()
    assert 'id="weaker"' not in page
    page = client.get("/search/", {"q": "بودجه جدا"}).content.decode()
    found, weaker = page.split('id="weaker"')
    assert "آیین‌نامه" in found
    assert weaker.count('class="hit"') == 9


def test_page_with_nothing_found_tells_how_it_was_understood_and_what_is_near(client, filled):
    page = client.get("/search/", {"q": "بودجه «ققنوس سفید» -محله نوع:خبر"}).content.decode()
    main = page.split("<main")[1]
    for shown in ("بودجه", "ققنوس سفید", "محله", "خبر", "۲۴ متن"):
        assert shown in main


def test_page_of_function_words_alone_says_that_they_are_not_searched(client, filled):
    page = client.get("/search/", {"q": "از این به آن"}).content.decode()
    assert "به‌تنهایی جستجو نمی‌شود" in page
    assert "به‌تنهایی جستجو نمی‌شود" not in client.get("/search/").content.decode()


def test_page_offers_another_reading_under_the_same_filters(client, filled):
    found = client.get("/search/", {"q": "بودجع", "kind": "news"})
    assert found.context["results"].meant == "بودجه"
    (again,) = re.findall(r'href="(\?q=[^"]*)"><strong>', found.content.decode())
    kinds = client.get(f"/search/{again.replace('&amp;', '&')}").context["results"]
    assert (kinds.total, kinds.query.text, kinds.narrowing.kinds) == (24, "بودجه", ("news",))
    typed = client.get("/search/", {"q": "f,n[i", "kind": "news"}).content.decode()
    assert "kind=news&amp;as_typed=1" in typed


def test_page_query_comes_back_escaped(client, site, index):
    page = client.get("/search/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize(
    "query",
    [
        {"page": "9999"},
        {"page": "-1"},
        {"page": "x"},
        {"kind": "nothing"},
        {"district": "۳"},
        {"year": "x" * 50},
        {"from": "خرداد", "to": "۱۳۹۹/۱۳/۱", "sort": "x"},
        {"body": "999", "organization": ["1", "2"], "status": "passed", "language": "en"},
    ],
)
def test_page_with_odd_parameters_is_a_page(client, filled, query):
    assert client.get("/search/", {"q": "بودجه", **query}).status_code == 200


def test_page_beyond_the_last_shows_the_last(client, filled):
    assert 'aria-current="page">۳' in client.get("/search/", {"q": "بودجه", "page": "99"}).content.decode()


def test_page_with_nothing_found_says_so(client, filled):
    page = client.get("/search/", {"q": "ققنوس"}).content.decode()
    assert "ققنوس" in page
    assert "empty" in page


@pytest.mark.parametrize("role", ["", "hq_staff"])
def test_page_takes_few_queries_whatever_it_finds(client, filled, role, django_assert_max_num_queries):
    if role:
        client.force_login(factories.make_user(role))
    client.get("/search/", {"q": "بودجه"})
    with django_assert_max_num_queries(25):
        client.get("/search/", {"q": "بودجه"})


def test_page_while_the_engine_is_down_says_so(client, site, folder, monkeypatch):
    def fail(*_):
        raise EngineDown("no")

    monkeypatch.setattr(EmbeddedEngine, "search", fail)
    assert client.get("/search/", {"q": "بودجه"}).status_code == 503
    assert client.get("/api/search", {"q": "بودجه"}).status_code == 503


def test_api_gives_hits_and_facets_to_whom_they_belong(client, filled):
    found = client.get("/api/search", {"q": "بودجه", "size": "5"}).json()
    assert found["total"] == 25
    assert len(found["hits"]) == 5
    assert {"value": "bylaw", "label": "آیین‌نامه", "count": 1} in found["facets"]["kind"]
    auditor = Client()
    auditor.force_login(factories.make_user("auditor"))
    assert auditor.get("/api/search", {"q": "بودجه"}).json()["total"] == 26


def test_suggestions_are_titles_the_reader_may_see(client, filled):
    found = client.get("/search/suggest", {"q": "آيين"}).json()["suggestions"]
    assert [item["title"] for item in found] == ["آیین‌نامه بودجه"]
    assert client.get("/search/suggest", {"q": "محرم"}).json()["suggestions"] == []


def test_opensearch_description_is_xml(client, site):
    response = client.get("/search/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    assert "{searchTerms}" in response.content.decode()


def _days(client, **given):
    page = client.get("/search/", {"q": "بودجه", **given}).content.decode()
    return page, dict(re.findall(r'name="(from|to)"[^>]*? value="([^"]*)"', page.split("search-days")[-1]))


@pytest.mark.parametrize(
    ("typed", "first", "shown"),
    [
        ("۱۴۰۱/۱/۱۷", "1401/01/17", "1401/01/17"),
        ("۱۷ فروردین ۱۴۰۱", "1401/01/17", "1401/01/17"),
        ("۱۷ فروردین ۰۱", "1401/01/17", "1401/01/17"),
        ("فروردین ۱۴۰۱", "1401/01/01", "فروردین ۱۴۰۱"),
        ("1401", "1401/01/01", "1401"),
        ("2022-04-06", "1401/01/17", "1401/01/17"),
    ],
)
def test_page_takes_a_first_day_as_people_write_it(client, filled, typed, first, shown):
    page, days = _days(client, **{"from": typed})
    assert days["from"] == shown
    assert "search-problem" not in page
    assert f"from={quote_plus(first)}" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"from": "خردادماه"}, "«خردادماه» تاریخ نیست"),
        ({"to": "۱۳۹۹/۱۳/۱"}, "«۱۳۹۹/۱۳/۱» تاریخ نیست"),
        ({"from": "1402", "to": "1401"}, "تاریخ آغاز پس از تاریخ پایان است"),
    ],
)
def test_page_says_in_persian_what_is_wrong_with_a_day_and_keeps_it(client, filled, given, said):
    page, days = _days(client, **given)
    assert said in page
    if len(given) == 1:
        ((name, typed),) = given.items()
        assert days[name] == typed
        assert 'aria-invalid="true"' in page
        assert "۲۵ متن یافت شد" in page


def test_page_asked_for_its_changing_part_is_the_same_without_the_frame(client, filled):
    asked = {"q": "بودجه", "kind": "news", "page": "2"}
    whole = client.get("/search/", asked).content.decode()
    part = client.get("/search/", asked, headers={"X-Search-Part": "1"}).content.decode()
    body = part.split('data-part="body"')[1]
    assert '<header class="site' not in part
    assert "<title>" in part
    assert 'class="hits"' in body
    assert body.strip() in whole
