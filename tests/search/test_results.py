"""What is counted, in which order it stands, what comes weaker, and what is nearest to nothing."""

import datetime
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from organizations.models import Body, Organization
from search.addresses import address, links
from search.narrowing import Narrowing
from search.nearest import nearest
from search.queries import narrow, narrow_by, search
from tests import factories

pytestmark = pytest.mark.django_db


def _titles(hits):
    return [hit.object_title for hit in hits]


def _counts(results, name):
    return {choice.value: choice.count for choice in results.facets[name].choices}


def test_weaker_matches_follow_and_are_not_counted(add):
    add("الف", "بودجه محله", kind="news")
    add("ب", "بودجه", kind="bylaw")
    add("پ", "محله", kind="bylaw")
    add("ت", "خیابان")
    results = search("بودجه محله", AnonymousUser())
    assert (results.total, results.weaker_total) == (1, 2)
    assert _titles(results.hits) == ["الف"]
    assert set(_titles(results.weaker)) == {"ب", "پ"}
    assert _counts(results, "kind") == {"news": 1}


def test_pages_of_matches_and_weaker_ones_hold_each_object_once(add):
    add.held = True
    for number in range(13):
        add(f"خوب {number}", "بودجه محله", passages=[("art_1", "ماده ۱", "بودجه محله")])
        add(f"ضعیف {number}", "بودجه شهر", passages=[("art_1", "ماده ۱", "محله")])
    add.flush()
    good, weak = [], []
    for page in range(1, 5):
        results = search("بودجه محله", AnonymousUser(), page=page)
        assert results.total == 13
        good += _titles(results.hits)
        weak += _titles(results.weaker)
        assert len(results.hits) + len(results.weaker) == (10 if page < 3 else 6 if page == 3 else 0)
    assert len(set(good)) == 13
    assert len(set(weak)) == 13


def test_many_more_matches_than_are_retrieved_are_all_on_some_page(add):
    add.held = True
    for number in range(45):
        passages = [(f"art_{place}", f"ماده {place}", "بودجه محله " * (1 + number % 3)) for place in range(8)]
        add(f"متن {number}", "بودجه", passages=passages)
    add.flush()
    seen = [
        title
        for page in range(1, 6)
        for title in _titles(search("بودجه محله", AnonymousUser(), page=page).hits)
    ]
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize(("sort", "order"), [("newest", "بالف"), ("oldest", "الفب")])
def test_sort_by_date_puts_what_has_none_last(add, sort, order):
    add("الف", "بودجه", date=datetime.date(2011, 5, 15))
    add("ب", "بودجه بودجه", date=datetime.date(2022, 4, 6))
    add("پ", "بودجه", date=None)
    assert "".join(_titles(search("بودجه", AnonymousUser(), narrow(sort=sort)).hits)) == order + "پ"


def test_field_words_alone_list_the_newest_first(add):
    add("الف", "متن", kind="bylaw", district=3, date=datetime.date(2011, 5, 15))
    add("ب", "متن دیگر", kind="bylaw", district=3, date=datetime.date(2022, 4, 6))
    add("پ", "متن", kind="news", district=3)
    results = search("نوع:آیین‌نامه منطقه:۳", AnonymousUser())
    assert _titles(results.hits) == ["ب", "الف"]
    assert (results.total, results.weaker_total) == (2, 0)
    assert _counts(results, "kind") == {"bylaw": 2, "news": 1}
    assert results.facets["kind"].choices[0].chosen


def test_title_and_number_fields_find_only_what_bears_them(add):
    add("بودجه شهر", "متن", numbers=["160/1818"])
    add("اشاره", "بودجه شهر و نامه ۱۶۰/۱۸۱۸")
    assert _titles(search("عنوان:بودجه", AnonymousUser()).hits) == ["بودجه شهر"]
    assert _titles(search("شماره:۱۶۰/۱۸۱۸", AnonymousUser()).hits) == ["بودجه شهر"]
    assert search("شماره:۱۶۱/۱۸۱۸", AnonymousUser()).total == 0


@pytest.fixture
def named(add):
    """Texts of two organisations and of a council, and one that only an auditor may read."""
    green, hidden = (Organization.objects.create(name=name) for name in ("انجمن یاوران محله", "انجمن پنهان"))
    council = Body.objects.create(kind="council", name="شورای سیاست‌گذاری")
    add("الف", "بودجه", organization=green.pk)
    add("ب", "بودجه", body_id=council.pk)
    add("پ", "بودجه")
    add("ت", "بودجه", organization=hidden.pk, tokens=["role:auditor"])
    return {"green": green, "hidden": hidden, "council": council}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("بودجه سازمان:ياوران", ["الف"]),
        ("سازمان:«ياوران محله»", ["الف"]),
        ("organisation:یاوران", ["الف"]),
        ("بودجه نهاد:سیاستگذاری", ["ب"]),
        ("body:شوراي بودجه", ["ب"]),
        ("نهاد:شورا سازمان:یاوران", []),
        ("سازمان:ناشناس", []),
        ("سازمان:پنهان", []),
    ],
)
def test_field_words_of_bodies_and_organisations_narrow_by_name(named, text, titles):
    assert _titles(search(text, AnonymousUser()).hits) == titles


def test_field_word_of_an_organisation_says_nothing_of_one_the_reader_may_not_see(named, client, site):
    def said(name):
        page = client.get("/search/", {"q": f"بودجه سازمان:{name}"}).content.decode()
        return re.sub(r"<[^>]*>", "", page).replace(name, "")

    assert said("پنهان") == said("ناشناس")
    results = search("بودجه سازمان:پنهان", AnonymousUser())
    assert [choice.value for choice in results.facets["organization"].choices] == [str(named["green"].pk)]


def test_field_word_of_an_organisation_is_shown_as_chosen_and_taken_back(named):
    results = search("بودجه سازمان:یاوران", AnonymousUser())
    (choice,) = results.facets["organization"].choices
    assert choice.chosen
    (link,) = links(results.query, results.narrowing, results.facets["organization"])
    assert link.address == address("بودجه", Narrowing())


def test_facets_of_several_values_widen_and_different_ones_narrow(add):
    council = Body.objects.create(kind="council", name="شورای یکم")
    committee = Body.objects.create(kind="committee", name="کمیته یکم")
    member = Organization.objects.create(name="انجمن سبز")
    add("الف", "بودجه", kind="minutes", body_id=council.pk, status="passed", district=3)
    add("ب", "بودجه", kind="minutes", body_id=committee.pk, organization=member.pk, district=3)
    add("پ", "بودجه", kind="bylaw", body_id=council.pk, status="repealed", district=5, language="en")
    results = search(
        "بودجه", AnonymousUser(), narrow(body=[str(council.pk), str(committee.pk)], district="3")
    )
    assert set(_titles(results.hits)) == {"الف", "ب"}
    assert _counts(results, "body") == {str(council.pk): 1, str(committee.pk): 1}
    assert _counts(results, "district") == {"3": 2, "5": 1}
    assert _counts(results, "status") == {"passed": 1}
    assert _counts(results, "organization") == {str(member.pk): 1}
    labels = {choice.label for facet in results.facets.values() for choice in facet.choices}
    assert {"شورای یکم", "کمیته یکم", "انجمن سبز", "تصویب شده", "منطقه ۳"} <= labels
    everything = search("بودجه", AnonymousUser())
    assert _counts(everything, "language") == {"fa": 2, "en": 1}
    assert _counts(everything, "status") == {"passed": 1, "repealed": 1}


def test_facet_does_not_tell_the_name_of_what_a_reader_asks_for_by_number(add):
    hidden = Organization.objects.create(name="انجمن پنهان")
    add("بودجه بسته", "بودجه", organization=hidden.pk, tokens=["role:auditor"])
    add("بودجه", "بودجه")
    results = search("بودجه", AnonymousUser(), narrow(organization=str(hidden.pk)))
    assert results.total == 0
    assert all("پنهان" not in choice.label for facet in results.facets.values() for choice in facet.choices)


def test_days_narrow_facets_too(add):
    add("الف", "بودجه", date=datetime.date(2011, 7, 23), kind="news")
    add("ب", "بودجه", date=datetime.date(2011, 8, 23), kind="bylaw")
    results = search("بودجه از:مرداد ۱۳۹۰ تا:مرداد ۱۳۹۰", AnonymousUser())
    assert _titles(results.hits) == ["الف"]
    assert _counts(results, "kind") == {"news": 1}
    assert _titles(search("بودجه", AnonymousUser(), narrow(since="۱۳۹۰/۶/۱")).hits) == ["ب"]


def test_resolution_counts_under_its_own_kind(add, index):
    from intranet.access.actions import audience_for
    from search.entries import make_all
    from search.records import SearchRecord

    def record(uid, kind, title, body, status):
        return SearchRecord(
            uid=uid, object_uid="page:77", kind=kind, title=title, trail="", body=body, url=f"/{uid}", numbers=(),
            date=None, district=None, organization=None, status=status, language="fa",
            audience=audience_for(frozenset({frozenset({"public"})})).pk,
        )  # fmt: skip

    records = [
        record("page:77", "minutes", "نشست دهم", "گفتگو درباره بودجه", ""),
        record("page:77#resolution-1", "resolution", "مصوبه ۱", "بودجه محله تصویب شد", "passed"),
    ]
    index.replace({"page:77": list(make_all(records))})
    results = search("بودجه", AnonymousUser())
    assert results.total == 1
    assert _counts(results, "kind") == {"minutes": 1, "resolution": 1}
    (hit,) = search("بودجه نوع:مصوبه", AnonymousUser()).hits
    assert (hit.url, hit.kind, hit.status) == ("/page:77#resolution-1", "resolution", "passed")


def test_passages_that_match_well_are_grouped_with_their_own_addresses(add):
    add("آیین‌نامه", "کلیات", kind="bylaw", passages=[
        ("art_5__proviso_2", "ماده ۵، تبصره ۲", "بودجه محله را شورا می‌دهد"),
        *((f"art_{number}", f"ماده {number}", "بودجه هر محله جداست") for number in range(10, 20)),
        ("art_40", "ماده ۴۰", "بودجه سالانه"),
    ])  # fmt: skip
    (hit,) = search("بودجه محله", AnonymousUser()).hits
    addresses = [hit.url, *(place.url for place in hit.more)]
    assert len(addresses) == len(set(addresses)) == 11
    assert any(address.endswith("#art_5__proviso_2") for address in addresses)
    assert not any(address.endswith("#art_40") for address in addresses)
    assert len(hit.places) == 3
    assert all("<mark>بودجه</mark>" in place.snippet for place in hit.places)


def test_nearest_offers_what_is_found_without_one_thing(add):
    add("الف", "بودجه محله", kind="bylaw")
    add("ب", "بودجه محله", kind="bylaw")
    add("بسته", "بودجه ققنوس", tokens=["role:auditor"])
    results = search("بودجه ققنوس", AnonymousUser())
    assert [(offer.part, offer.total, offer.address) for offer in nearest(results, AnonymousUser())] == [
        ("ققنوس", 2, "?q=%D8%A8%D9%88%D8%AF%D8%AC%D9%87")
    ]
    results = search("بودجه نوع:خبر", AnonymousUser())
    assert [(offer.part, offer.total) for offer in nearest(results, AnonymousUser())] == [("خبر", 2)]
    results = search("بودجه", AnonymousUser(), narrow(kind="news"))
    assert [(offer.part, offer.total) for offer in nearest(results, AnonymousUser())] == [("خبر", 2)]
    results = search("بودجه ققنوس نوع:خبر", AnonymousUser())
    assert [(offer.part, offer.total, offer.alone) for offer in nearest(results, AnonymousUser())] == [
        ("بودجه", 2, True)
    ]
    assert search("بودجه ققنوس", factories.make_user("auditor")).total == 1


def test_private_text_is_in_no_count_of_any_facet(add):
    body = Body.objects.create(kind="council", name="شورای پنهان")
    closed = {
        "tokens": ["role:auditor"],
        "body_id": body.pk,
        "district": 9,
        "status": "passed",
        "language": "en",
    }
    add("بودجه بسته", "بودجه محله", kind="minutes", date=datetime.date(2001, 1, 1), **closed)
    add("بودجه", "بودجه محله", kind="news")
    for text in ("بودجه محله", "بودجه سال:۱۴۰۱", "بودجه شهر", "نوع:خبر"):
        results = search(text, AnonymousUser())
        assert _titles(results.hits + results.weaker) == ["بودجه"]
        assert {
            (name, choice.value)
            for name, facet in results.facets.items()
            for choice in facet.choices
            if choice.count
        } <= {("kind", "news"), ("year", "1401"), ("language", "fa")}
    assert search("بودجه محله", factories.make_user("auditor")).total == 2


def test_narrow_by_an_address_leaves_out_what_makes_no_sense():
    given = QueryDict(
        "kind=news&kind=x&district=۳&district=-1&year=1390&from=1390/05&to=x&sort=y&status=passed&body=z"
    )
    narrowing = narrow_by(given)
    assert narrowing.parameters() == [
        ("kind", "news"),
        ("district", "3"),
        ("status", "passed"),
        ("year", "1390"),
        ("from", "1390/05/01"),
    ]
