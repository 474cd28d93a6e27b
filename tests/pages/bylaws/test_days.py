"""A bylaw as it stood on a day, what changed between two, and one provision with its history."""

import datetime

import pytest
from django.utils import timezone

from pages.bylaws.models import BylawPage
from tests.pages.conftest import articles

FIRST, SECOND, THIRD = (
    datetime.date(year, 7, 23) for year in (2011, 2015, 2020)
)  # 1 Mordad 1390, 1394; 2, 1399
ONE = "ماده ۱ ـ مهلت سی روز است.\nتبصره ۱ ـ مهلت تمدید نمی‌شود.\nماده ۲ ـ نشانی اعلام می‌شود."
TWO = ONE.replace("سی روز", "شصت روز")
THREE = TWO.replace("نشانی اعلام می‌شود.", "نسخ شد.").replace("تبصره ۱ ـ مهلت تمدید نمی‌شود.\n", "")
TITLE = "آیین‌نامه آزمون مهلت"


@pytest.fixture
def page(make_bylaw, amend):
    made = make_bylaw(title=TITLE, slug="deadlines", source=ONE, approved_on=FIRST)
    amend(made, TWO, SECOND)
    amend(made, THREE, THIRD)
    return BylawPage.objects.get(pk=made.pk)


@pytest.fixture
def long_bylaw(make_bylaw, amend):
    made = make_bylaw(slug="long", source=articles(300), approved_on=FIRST)
    amend(made, articles(300).replace("متن ماده", "متن تازه ماده"), THIRD)
    return made


@pytest.mark.parametrize(
    ("day", "words", "is_old"),
    [
        ("1390-05-01", "سی روز", True),
        ("1394-04-31", "سی روز", True),
        ("1394-05-01", "شصت روز", True),
        ("1499-01-01", "شصت روز", False),
    ],
)
def test_text_of_a_day(page, client, day, words, is_old):
    response = client.get(f"/bylaws/deadlines/@{day}/")
    html = response.content.decode()
    assert words in html
    assert "متنی را می‌خوانید که در" in html
    assert bool(response.context["old_version"]) == is_old


def test_text_of_a_day_is_kept_apart_from_the_present_one(page, client):
    for _ in range(2):
        assert "سی روز" in client.get("/bylaws/deadlines/@1390-05-01/").content.decode()
        assert "سی روز" not in client.get("/bylaws/deadlines/").content.decode()


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("1390-13-01", "ماه ۱۳"),
        ("1391-12-31", "اسفند ۱۳۹۱ روز ۳۱"),
        ("2011-07-23", "سال باید میان"),
        ("yesterday", "روز را در نشانی"),
        ("1390-04-31", "از ۱ مرداد ۱۳۹۰ معتبر است"),
    ],
)
def test_impossible_day_is_404_with_its_reason(page, client, day, reason):
    response = client.get(f"/bylaws/deadlines/@{day}/")
    assert response.status_code == 404
    html = response.content.decode()
    assert reason in html
    assert 'href="/bylaws/deadlines/"' in html


@pytest.mark.parametrize("day", ["1390-5-1", "۱۳۹۰-۰۵-۰۱"])
def test_other_spellings_of_a_day_lead_to_its_address(page, client, day):
    response = client.get(f"/bylaws/deadlines/@{day}/")
    assert (response.status_code, response["Location"]) == (302, "/bylaws/deadlines/@1390-05-01/")


def test_day_asked_for_in_the_form_leads_to_its_address(page, client):
    response = client.get("/bylaws/deadlines/", {"on": "۱ مرداد ۱۳۹۰"})
    assert response["Location"] == "/bylaws/deadlines/@1390-05-01/"
    refused = client.get("/bylaws/deadlines/", {"on": "۱۳۹۰/۱۳/۱"})
    assert refused.status_code == 404
    assert "ماه ۱۳" in refused.content.decode()


def test_states_stand_in_place_with_their_dates(page, client):
    html = client.get("/bylaws/deadlines/").content.decode()
    assert "اصلاحی ۱ مرداد ۱۳۹۴" in html
    assert "نسخ‌شده ۲ مرداد ۱۳۹۹" in html
    old = client.get("/bylaws/deadlines/@1390-05-01/").content.decode()
    assert "اصلاحی" not in old
    assert "نسخ‌شده" not in old


def test_versions_lead_to_their_days(page, client):
    html = client.get("/bylaws/deadlines/").content.decode()
    assert 'href="/bylaws/deadlines/@1390-05-01/"' in html
    assert 'href="/bylaws/deadlines/changes/"' in html


def test_text_to_come_is_announced(page, client, amend):
    amend(page, ONE, timezone.localdate() + datetime.timedelta(days=30))
    html = client.get("/bylaws/deadlines/").content.decode()
    assert "متن آینده" in html
    assert "شصت روز" in html


def test_redline_between_two_days(page, client):
    response = client.get("/bylaws/deadlines/changes/", {"before": "1390/05/01", "after": "1400/01/01"})
    found = {each.eid: each.kind for each in response.context["compared"]}
    assert found == {"art_1": "changed", "art_1__proviso_1": "out", "art_2": "changed"}
    html = response.content.decode()
    assert "سی</del>" in html
    assert "شصت</ins>" in html


def test_redline_shows_the_last_change_at_first_and_the_whole_text_when_asked(page, client):
    response = client.get("/bylaws/deadlines/changes/")
    assert [each.eid for each in response.context["compared"]] == ["art_1__proviso_1", "art_2"]
    whole = client.get("/bylaws/deadlines/changes/", {"all": "1"})
    assert [each.kind for each in whole.context["compared"]] == ["same", "out", "changed"]


def test_redline_takes_days_in_any_order_and_refuses_those_without_text(page, client):
    turned = client.get("/bylaws/deadlines/changes/", {"before": "1400/01/01", "after": "1390/05/01"})
    assert turned.context["before"] == FIRST
    for days, reason in (
        ({"before": "1380/01/01", "after": "1400/01/01"}, "از آن روز متنی اینجا نگهداری نمی‌شود."),
        ({"before": "1390/13/01", "after": "1400/01/01"}, "ماه ۱۳"),
    ):
        refused = client.get("/bylaws/deadlines/changes/", days)
        assert refused.status_code == 200
        assert reason in refused.content.decode()
    same = client.get("/bylaws/deadlines/changes/", {"before": "1390/05/01", "after": "1390/05/02"})
    assert "متن این دو روز یکی است" in same.content.decode()


def test_provision_has_a_page_with_citation_and_history(page, client):
    response = client.get("/bylaws/deadlines/art_1/")
    html = response.content.decode()
    assert response.context["citation"] == f"ماده ۱ {TITLE}، مصوب ۱ مرداد ۱۳۹۰"
    assert response.context["permalink"].endswith("/bylaws/deadlines/art_1/")
    assert [each.how for each in response.context["stages"]] == ["amended", "amended", "first"]
    assert "سی</del>" in html
    assert response.context["next"]["eid"] == "art_2"


def test_provision_that_is_gone_keeps_its_page(page, client):
    response = client.get("/bylaws/deadlines/art_1__proviso_1/")
    assert response.context["citation"] == f"تبصره ۱ ماده ۱ {TITLE}، مصوب ۱ مرداد ۱۳۹۰"
    assert [each.how for each in response.context["stages"]] == ["gone", "first"]
    assert "مهلت تمدید نمی‌شود" in response.content.decode()


def test_repealed_provision_says_since_when(page, client):
    response = client.get("/bylaws/deadlines/art_2/")
    assert [each.how for each in response.context["stages"]] == ["repealed", "first"]
    assert "۲ مرداد ۱۳۹۹" in response.content.decode()


@pytest.mark.parametrize("eid", ["art_9", "art_1__proviso_2", "art__1", "ART_1"])
def test_unknown_provision_is_404(page, client, eid):
    assert client.get(f"/bylaws/deadlines/{eid}/").status_code == 404


def test_text_carries_a_link_to_cite_each_provision(page, client):
    html = client.get("/bylaws/deadlines/@1390-05-01/").content.decode()
    assert 'href="/bylaws/deadlines/art_1__proviso_1/" data-cite="تبصره ۱ ماده ۱"' in html
    assert f'data-work="{TITLE}، مصوب ۱ مرداد ۱۳۹۰"' in html


def test_withdrawn_text_has_its_notice_only(page, client):
    page.withdrawn_on, page.withdrawal_note = timezone.localdate(), "پس گرفته شد."
    page.save()
    for way in ("@1390-05-01/", "changes/", "art_1/"):
        response = client.get(f"/bylaws/deadlines/{way}")
        assert (response.status_code, response["Location"]) == (302, "/bylaws/deadlines/")


def test_search_finds_the_present_text_only(page):
    words = {passage.anchor: (passage.body, passage.status) for passage in page.get_passages()}
    assert "شصت" in words["art_1"][0]
    assert words["art_2"][1] == "repealed"
    assert "art_1__proviso_1" not in words


@pytest.mark.parametrize(
    ("way", "most"), [("", 20), ("@1399-05-02/", 20), ("changes/?all=1", 20), ("art_7/", 22)]
)
def test_pages_of_a_long_bylaw_take_few_queries(
    long_bylaw, client_of, django_assert_max_num_queries, way, most
):
    client = client_of("hq_staff")
    with django_assert_max_num_queries(most):  # by the first of all readers
        response = client.get(f"/bylaws/long/{way}")
    assert response.status_code == 200
