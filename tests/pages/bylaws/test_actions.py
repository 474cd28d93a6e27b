"""Versions and provisions are derived from what is published, and stand or fall with it."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from intranet.outbox.models import Row
from pages.bylaws import actions
from pages.bylaws.models import BylawPage, BylawVersion, Provision
from tests.pages.conftest import SOURCE


def test_publication_derives_tree_of_provisions(make_bylaw):
    version = make_bylaw().current_version
    tree = {each.eid: each for each in version.provisions.select_related("parent")}
    assert list(tree) == [
        "chp_1",
        "art_1",
        "art_1__proviso_1",
        "art_1__proviso_1__para_1",
        "art_1__proviso_1__para_2",
        "art_2",
    ]
    assert tree["art_1"].parent.eid == "chp_1"
    assert tree["art_1__proviso_1"].parent.eid == "art_1"
    assert tree["art_1__proviso_1__para_1"].num == "الف"
    assert version.preamble == "در اجرای مصوبه شورا این آیین‌نامه تصویب شد."


def test_text_without_article_gets_readable_version(make_bylaw):
    version = make_bylaw(source="این متن ماده ندارد.\nولی خوانده می‌شود.").current_version
    assert version.provisions.count() == 0
    assert "ولی خوانده می‌شود" in version.html
    assert version.contents == ""


def test_empty_text_gets_version(make_bylaw):
    assert make_bylaw(source="").current_version.html == ""


def test_draft_gets_no_version(make_bylaw):
    page = make_bylaw(live=False)
    assert not page.versions.exists()


def test_draft_of_published_text_leaves_version_alone(make_bylaw):
    page = make_bylaw()
    page.source = "ماده ۱ ـ متن تازه"
    page.save_revision()
    assert list(page.versions.values_list("number", flat=True)) == [1]
    assert "متن تازه" not in page.current_version.html


def test_publishing_again_unchanged_adds_no_version(make_bylaw):
    page = make_bylaw()
    page.title = "عنوان تازه"
    page.save_revision().publish(skip_permission_checks=True)
    assert page.versions.count() == 1


def test_correction_adds_version_with_its_note(make_bylaw):
    page = make_bylaw(approved_on=datetime.date(2020, 1, 1))
    page.source = SOURCE.replace("غیرانتفاعی", "داوطلبانه")
    page.erratum = "واژه «غیرانتفاعی» به «داوطلبانه» اصلاح شد."
    page.save_revision().publish(skip_permission_checks=True)
    first, second = page.versions.order_by("number")
    assert (first.valid_from, first.erratum) == (datetime.date(2020, 1, 1), "")
    assert (second.number, second.erratum) == (2, page.erratum)
    assert "داوطلبانه" in second.html
    assert "غیرانتفاعی" in first.html


def test_erratum_alone_adds_version(make_bylaw):
    page = make_bylaw()
    page.erratum = "تاریخ روی جلد اشتباه بود."
    page.save_revision().publish(skip_permission_checks=True)
    assert page.versions.count() == 2


def test_failed_derivation_leaves_old_text_live(make_bylaw, monkeypatch):
    page = make_bylaw()

    def fail(*args):
        raise RuntimeError("disk full")

    monkeypatch.setattr(actions, "_add_provisions", fail)
    page.source = "ماده ۱ ـ متنی که نباید بماند"
    revision = page.save_revision()
    with pytest.raises(RuntimeError), transaction.atomic():
        revision.publish(skip_permission_checks=True)
    assert BylawPage.objects.get(pk=page.pk).source == SOURCE
    assert BylawVersion.objects.filter(bylaw=page).count() == 1
    assert Provision.objects.filter(version__bylaw=page).count() == 6


def test_text_that_is_repealed_today_is_read_again_by_search(make_bylaw):
    today = timezone.localdate()
    page = make_bylaw(in_force_from=today - datetime.timedelta(days=90), repealed_on=today)
    make_bylaw(in_force_from=today - datetime.timedelta(days=90))
    Row.objects.all().delete()
    actions.tell_of_todays_status()
    assert set(Row.objects.filter(consumer="search").values_list("key", flat=True)) == {f"page:{page.pk}"}
