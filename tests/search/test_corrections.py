"""Other readings of a query: the other keyboard, a wrong letter; and nothing of what the reader may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from search.analysis.keyboard import swapped
from search.models import PinnedAnswer, PinnedPage
from search.queries import search
from search.suggestions import suggest
from tests.factories import home, make_user


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ldhk[d", "میانجی"), ("\\vJ", "پرو"), ("sghl", "سلام"), ("صخقن", "work"), ("HCMDD", "آژ")],
)
def test_swapped_keys_of_the_other_keyboard(typed, meant):
    assert any(way.startswith(meant[:2]) for way in swapped(typed))


@pytest.mark.parametrize("text", ["", "۱۲/۳", "سلام hello", "!?"])
def test_swapped_text_of_no_or_both_keyboards_is_none(text):
    assert swapped(text) == []


def test_search_other_keyboard_is_searched_as_meant_and_said(add):
    uid = add("شورای میانجی", "متن")
    found = search("ldhk[d", AnonymousUser())
    assert [hit.candidate.object_uid for hit in found.hits] == [uid]
    assert (found.instead_of, found.query.text) == ("ldhk[d", "میانجی")
    assert search("ldhk[d", AnonymousUser(), as_typed=True).hits == []


def test_search_latin_word_that_is_found_stays(add):
    add("SAMA", "سامانه SAMA")
    assert search("sama", AnonymousUser()).instead_of == ""


def test_search_persian_keys_for_an_english_word(add):
    add("work", "work plan")
    found = search("صخقن", AnonymousUser())
    assert (found.instead_of, found.query.text, found.total) == ("صخقن", "work", 1)


def test_search_persian_keys_for_an_english_word_are_offered_though_they_are_found(add):
    add("استاندارد", "iso 9001")
    add("یادداشت", "هسخ")
    found = search("هسخ", AnonymousUser())
    assert (found.total, found.instead_of, found.meant) == (1, "", "iso")
    assert search("iso", AnonymousUser()).meant == ""


@pytest.mark.parametrize("typed", ["یادداشت", "شورا هسخ"])
def test_search_persian_words_are_not_read_as_english_keys(add, typed):
    add("یادداشت شورا", "هسخ")
    add("keys", "dhnnhaj a,vh iso")
    assert search(typed, AnonymousUser()).meant == ""


def test_search_persian_keys_never_tell_of_a_private_english_word(add):
    add("استاندارد", "iso 9001", tokens=("org:1",))
    add("یادداشت", "هسخ")
    assert search("هسخ", AnonymousUser()).meant == ""


def test_search_a_wrong_letter_is_asked_back_as_the_text_writes_it(add):
    add("دبیرخانه", "گزارش آیین‌نامه دبیرخانه")
    assert search("دبیرخانع", AnonymousUser()).meant == "دبیرخانه"


@pytest.mark.parametrize(("typed", "meant"), [("تصهیلگری", "تسهیل‌گری"), ("مثوول شورا", "مسئول شورا")])
def test_search_a_letter_that_sounds_alike(add, typed, meant):
    add("گزارش", f"متن {meant} شهر")
    assert search(typed, AnonymousUser()).meant == meant


@pytest.mark.parametrize("typed", ["f,n[i", "f,n[i lkxri 3", "hdk f,n[i"])
def test_search_latin_keys_of_persian_words_are_offered_though_they_are_found(add, typed):
    add("بودجه", "این بودجه منطقه 3")
    add("code", f"{typed} ok")
    found = search(typed, AnonymousUser())
    assert found.total
    assert found.meant.startswith(("بودجه", "این بودجه"))
    assert search(typed, AnonymousUser(), as_typed=True).meant == ""


@pytest.mark.parametrize("typed", ["ali", "work plan", "SAMA", "160/12"])
def test_search_latin_words_that_only_chance_makes_persian_stay(add, typed):
    add("خب شمه", "خب شمه")
    add("plan", "of ali work plan SAMA 160/12")
    found = search(typed, AnonymousUser())
    assert (found.total, found.meant, found.instead_of) == (1, "", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("تیردخد", "تیردخت"),
        ("کانون تیردخط", "کانون تیردخت"),
        ("گزارش سالانه کانون تیدخت", "گزارش سالانه کانون تیردخت"),
    ],
)
def test_search_a_name_is_put_right_from_the_titles_alone_and_among_words(add, typed, meant):
    add("کانون «تیردخت»", "گزارش سالانه کانون تیردخت")
    add("کانون", "گزارش سالانه کانون")
    assert search(typed, AnonymousUser()).meant == meant


def test_search_one_slip_among_words_that_are_found_is_offered(add):
    add("گزارش", "گزارش سالانه دبیرخانه محله درباره بودجه فرهنگی")
    found = search("گزارش سالانه دبیرخاته محله بودجه فرهنگی", AnonymousUser())
    assert (found.total, found.meant) == (1, "گزارش سالانه دبیرخانه محله بودجه فرهنگی")


def test_search_never_puts_a_name_right_from_a_title_the_reader_may_not_see(add):
    add("کانون تیردخت", "گزارش سالانه کانون", tokens=("org:1",))
    add("کانون", "گزارش سالانه کانون")
    for typed in ("تیردخد", "گزارش سالانه کانون تیدخت"):
        assert search(typed, AnonymousUser()).meant == ""


def test_search_never_corrects_to_a_word_of_private_text(add):
    add("میانجی", "دبیرخانه", tokens=("org:1",))
    assert search("دبیرخانه", AnonymousUser()).total == 0
    for typed in ("دبیرخانع", "ldhk[d", "میانجب"):
        found = search(typed, AnonymousUser())
        assert (found.total, found.meant, found.instead_of) == (0, "", "")


def test_suggest_other_keyboard(add):
    add("شورای میانجی", "متن")
    assert [each["title"] for each in suggest("ldhk", AnonymousUser())] == ["شورای میانجی"]


@pytest.mark.parametrize("typed", ["160/18", "۱۶۰ / ۱۸", "١٦٠/١٨"])
def test_suggest_number_half_typed(add, typed):
    add("تفاهم", "متن", numbers=["160/1818/18066"])
    add("نهان", "متن", numbers=["160/1819/1"], tokens=("org:1",))
    assert [each["title"] for each in suggest(typed, AnonymousUser())] == ["تفاهم"]


def test_page_shows_the_reading_and_the_pinned_page(add, client, site):
    add("شورای میانجی", "متن")
    answer = PinnedAnswer.objects.create(questions="ميانجي")
    answer.pages.add(PinnedPage(page=home()))
    answer.save()
    html = client.get(reverse("search"), {"q": "ldhk[d"}).content.decode()
    assert "به جای" in html
    assert "as_typed=1" in html
    assert "برگزیدهٔ ویراستاران" in html
    assert home().title in html


def test_page_pinned_page_only_for_those_who_may_see_it(add, client, site):
    from pages.members.models import MemberPage
    from tests.factories import add_page, make_organization, section

    page = add_page(section("members"), MemberPage, organization=make_organization(), title="پنهان‌خانه")
    answer = PinnedAnswer.objects.create(questions="پرسش")
    answer.pages.add(PinnedPage(page=page))
    answer.save()
    for user, seen in ((None, False), (make_user("editor"), False), (make_user("hq_staff"), True)):
        if user:
            client.force_login(user)
        html = client.get(reverse("search"), {"q": "پرسش"}).content.decode()
        assert ("پنهان‌خانه" in html) is seen


def test_suggest_titles_that_begin_so_come_first_the_shortest_before(add):
    titles = ["ابلاغ آیین‌نامه", "آیین‌نامه داخلی دبیرخانه", "آیین‌نامه‌ها"]
    for title in titles:
        add(title, "متن")
    assert [each["title"] for each in suggest("آئين", AnonymousUser())] == titles[::-1]
