"""What becomes of provisions from one version to the next."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from pages.bylaws.actions import tell_of_todays_status
from pages.bylaws.models import BylawPage, BylawVersion

FIRST, SECOND, THIRD = (datetime.date(year, 7, 23) for year in (2011, 2015, 2020))
ONE = "ماده ۱ ـ مهلت سی روز است.\nتبصره ۱ ـ مهلت تمدید نمی‌شود.\nماده ۲ ـ نشانی دبیرخانه اعلام می‌شود."


def states_of(version):
    return {
        each.eid: (each.status, each.since, each.changed_on) for each in version.provisions.order_by("order")
    }


def test_provisions_know_what_became_of_them(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    changed = ONE.replace("سی روز", "شصت روز") + "\nماده ۳ ـ گزارش سالانه منتشر می‌شود."
    second = amend(page, changed, SECOND)
    assert states_of(second) == {
        "art_1": ("amended", FIRST, SECOND),
        "art_1__proviso_1": ("in-force", FIRST, None),
        "art_2": ("in-force", FIRST, None),
        "art_3": ("added", SECOND, SECOND),
    }
    third = amend(page, changed.replace("نشانی دبیرخانه اعلام می‌شود.", "نسخ شد."), THIRD)
    assert states_of(third) == {
        "art_1": ("amended", FIRST, SECOND),
        "art_1__proviso_1": ("in-force", FIRST, None),
        "art_2": ("repealed", FIRST, THIRD),
        "art_3": ("added", SECOND, SECOND),
    }
    assert [each.valid_from for each in page.versions.order_by("number")] == [FIRST, SECOND, THIRD]


def test_first_text_is_believed_about_itself(make_bylaw):
    source = "ماده ۱ (اصلاحی ۱۳۹۰/۵/۱) ـ متن ماده.\nماده ۲ ـ متن دیگر."
    version = make_bylaw(source=source, in_force_from=SECOND).current_version
    assert states_of(version) == {
        "art_1": ("amended", SECOND, datetime.date(2011, 7, 23)),
        "art_2": ("in-force", SECOND, None),
    }


def test_letters_and_spaces_amend_nothing(make_bylaw, amend):
    page = make_bylaw(source="ماده ۱ ـ کمیته یک نماینده دارد.", in_force_from=FIRST)
    version = amend(page, "ماده ۱ ـ كميته  يك نماينده دارد.", SECOND)
    assert states_of(version) == {"art_1": ("in-force", FIRST, None)}


def test_correction_amends_nothing(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    version = amend(page, ONE.replace("سی", "سه"), None, erratum="«سی» درست نبود.")
    assert states_of(version)["art_1"] == ("in-force", FIRST, None)


def test_amendment_with_a_note_and_a_day_of_its_own_amends(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    version = amend(page, ONE.replace("سی", "سه"), SECOND, erratum="به موجب مصوبه ۱۲.")
    assert states_of(version)["art_1"] == ("amended", FIRST, SECOND)


def test_note_of_correction_is_said_once(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    amend(page, ONE + "\nماده ۳ ـ متن.", SECOND, erratum="تصحیح")
    version = amend(page, ONE.replace("سی", "ده"), THIRD)
    assert version.erratum == ""
    assert states_of(version)["art_1"] == ("amended", FIRST, THIRD)
    BylawPage.objects.get(pk=page.pk).save_revision().publish(skip_permission_checks=True)
    assert page.versions.count() == 3


def test_revived_provision_counts_as_amended(make_bylaw, amend):
    page = make_bylaw(source="ماده ۱ ـ نسخ شد.", in_force_from=FIRST)
    assert states_of(amend(page, "ماده ۱ ـ مهلت سی روز است.", SECOND)) == {
        "art_1": ("amended", FIRST, SECOND)
    }


def test_stale_day_never_rewrites_the_past(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    amend(page, ONE + "\nماده ۳ ـ متن.", SECOND)
    version = amend(page, ONE, SECOND)  # the day was left as it stood
    assert version.valid_from == timezone.localdate()


def test_day_before_standing_version_is_refused(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    amend(page, ONE + "\nماده ۳ ـ متن.", THIRD)
    page = BylawPage.objects.get(pk=page.pk)
    page.full_clean()
    page.text_from = SECOND
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert list(refusal.value.message_dict) == ["text_from"]


def test_text_to_come_is_not_yet_the_present_one(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    amend(page, ONE.replace("سی", "شصت"), timezone.localdate() + datetime.timedelta(days=9))
    assert page.current_version.number == 1
    assert "سی روز" in next(each.body for each in page.get_passages() if each.anchor == "art_1")


def test_text_that_begins_today_is_read_again_by_search(make_bylaw, amend):
    from intranet.outbox.models import Row

    page = make_bylaw(source=ONE, in_force_from=FIRST)
    amend(page, ONE.replace("سی", "شصت"), timezone.localdate())
    Row.objects.all().delete()
    tell_of_todays_status()
    assert f"page:{page.pk}" in Row.objects.filter(consumer="search").values_list("key", flat=True)


def test_deriving_again_gives_the_same(make_bylaw, amend):
    page = make_bylaw(source=ONE, in_force_from=FIRST)
    amend(page, ONE.replace("سی", "شصت"), SECOND)

    def all_of_it():
        return [
            (each.html, each.contents, each.valid_from, states_of(each))
            for each in page.versions.order_by("number")
        ]

    before = all_of_it()
    BylawVersion.objects.update(html="", contents="")
    call_command("derive_bylaws")
    assert all_of_it() == before
