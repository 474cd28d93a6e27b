"""What people searched and did not find: no names, nothing private, nothing that slows or breaks a search."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from intranet.outbox.registry import clock_jobs
from search import missed
from search.missed import Miss, is_private
from search.models import MissedQuestion
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def spool(settings, tmp_path):
    settings.SEARCH_SPOOL_DIR = tmp_path / "spool"
    return settings.SEARCH_SPOOL_DIR


def days_ago(number):
    return timezone.localdate() - datetime.timedelta(days=number)


def asked(typed, *days, weaker=0):
    missed.count([Miss(days_ago(day), typed, weaker) for day in days])


def gather_all():
    missed.gather()  # sets aside
    missed.gather()  # counts


def test_search_that_finds_nothing_is_noted_for_the_next_day(client, site, index):
    for text in ("ققنوس", "ققنوس", "قُقنوس"):
        client.get("/search/", {"q": text})
        client.get("/api/search", {"q": text})
    gather_all()
    row = MissedQuestion.objects.get()
    assert (row.count, row.days) == (6, 1)
    assert (row.typed, row.key) == ("", "")
    assert "ققنوس" not in str(vars(row))


def test_search_that_finds_is_not_noted(client, site, add):
    add("بودجه", "بودجه")
    client.get("/search/", {"q": "بودجه"})
    client.get("/search/", {"q": ""})
    gather_all()
    assert not MissedQuestion.objects.exists()


def test_question_of_a_second_day_is_written_down():
    asked("سالن ورزشي", 3)
    assert MissedQuestion.objects.get().typed == ""
    asked("سالن ورزشی", 1, 1, weaker=4)
    row = MissedQuestion.objects.get()
    assert (row.typed, row.count, row.days, row.weaker) == ("سالن ورزشی", 3, 2, 4)
    assert row.last_day == days_ago(1)


@pytest.mark.parametrize(
    "text",
    [
        "کد ملی ۰۰۱۲۳۴۵۶۷۹",
        "0012345679",
        "٠٠١٢٣٤٥٦٧٩",
        "0912 345 6789",
        "۶۰۳۷-۹۹۷۱-۱۲۳۴-۵۶۷۸",
        "IR06 2960 0000",
        "sara@example.org",
        "(021) 8899 1234",
    ],
)
def test_private_data_is_not_written(text, spool):
    assert is_private(text)
    missed.note(text)
    assert not spool.exists()


@pytest.mark.parametrize("text", ["160/1818/18066", "۱۴۰۱/۰۱/۱۷", "ماده ۵ آیین‌نامه ۱۴۰۱", "منطقه ۲۲"])
def test_registry_number_is_no_private_data(text):
    assert not is_private(text)


def test_what_was_pasted_is_not_written(spool):
    missed.note("الف " * 200)
    assert not spool.exists()


def test_search_goes_on_when_nothing_can_be_written(client, index, spool, caplog):
    spool.write_text("")  # a file where the folder should be
    assert client.get("/search/", {"q": "ققنوس"}).status_code == 200
    assert "not noted" in caplog.text


def test_file_is_for_nobody_else_and_does_not_grow_for_ever(spool, monkeypatch):
    monkeypatch.setattr(missed, "LARGEST_FILE", 100)
    for _ in range(10):
        missed.note("ققنوس سیمرغ")
    file = spool / "missed.jsonl"
    assert file.stat().st_mode & 0o077 == 0
    assert file.stat().st_size < 200


def test_line_cut_by_a_full_disk_is_left_out(spool):
    missed.note("ققنوس")
    with (spool / "missed.jsonl").open("a") as file:
        file.write('["2026-11-2')
    gather_all()
    assert MissedQuestion.objects.get().count == 1
    assert list(spool.iterdir()) == []


def test_clock_gathers_and_forgets(spool):
    assert {"search.gather_missed", "search.forget_missed"} <= set(clock_jobs)
    asked("یک روز", 31)
    asked("دو روز", 60, 40)
    asked("کهنه", 200, 190)
    asked("نیمی کهنه", 200, 100)
    clock_jobs["search.forget_missed"].run()
    assert {row.typed for row in MissedQuestion.objects.all()} == {"دو روز", "نیمی کهنه"}
    assert MissedQuestion.objects.get(typed="نیمی کهنه").count == 1
    call_command("clock", once=True, stdout=io.StringIO())
    assert not spool.exists()


@pytest.mark.parametrize("role", ["editor", "hq_staff", "administrator"])
def test_report_is_shown_to(client, site, role):
    asked("سالن ورزشی", 3, 1, 1)
    asked("فقط یک روز", 1)
    client.force_login(factories.make_user(role))
    page = client.get(reverse("search_missed_questions"))
    text = page.content.decode()
    assert "سالن ورزشی" in text
    assert "/search/?q=" in text
    assert "جستجو شده و یافت نشده" in text
    assert "۳" in text
    assert "فقط یک روز" not in text


@pytest.mark.parametrize(
    "role", ["legal_reviewer", "council_member", "district_secretary", "ngo_member", "auditor"]
)
def test_report_is_refused_to(client, site, role):
    client.force_login(factories.make_user(role))
    for name in ("search_missed_questions", "search_missed_questions_results"):
        assert client.get(reverse(name)).status_code in (302, 403)


def test_report_is_exported_with_jalali_days_and_no_formula(client, site):
    asked("=HYPERLINK(1)", 3, 1)
    client.force_login(factories.make_user("editor"))
    rows = b"".join(client.get(reverse("search_missed_questions"), {"export": "csv"})).decode().splitlines()
    assert rows[1].startswith("'=HYPERLINK(1),2,2,14")
    book = client.get(reverse("search_missed_questions"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book))).active
    assert sheet["A2"].value == "'=HYPERLINK(1)"
    assert sheet["D2"].value.startswith("14")


def test_count_and_last_day_can_be_sorted_by(client, site):
    asked("کم", 3, 2)
    asked("زیاد", 3, 3, 3, 2)
    client.force_login(factories.make_user("editor"))
    for ordering, first in (("count", "کم"), ("-count", "زیاد")):
        text = client.get(reverse("search_missed_questions"), {"ordering": ordering}).content.decode()
        text = text[text.index("<tbody") :]
        assert (text.index("کم") < text.index("زیاد")) == (first == "کم")
