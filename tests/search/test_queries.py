"""Searching as a reader: spellings, distractors, permission, facets, paging, malformed questions."""

import datetime
import random
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.actions import rederive
from intranet.outbox.actions import drain
from pages.news.models import NewsPage
from search.queries import narrow, search
from search.suggestions import suggest
from tests import factories

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "spellings.txt"

TEXTS = [
    ("آیین‌نامه مشارکت سازمان‌های مردم‌نهاد", "سازمانهای مردمنهاد عضو دبیرخانه در کارگروه منطقه‌ای شرکت می‌کنند."),
    ("نشست هم‌اندیشی", "سازمان های مردم نهاد و مسؤولان شهر در نشست بين‌المللي حاضر شدند."),
    ("تصدی‌های قابل واگذاری", "شناسایی تصدیهای قابل واگذاری به سمن‌ها و تسهیلگری و امکان سنجی."),
    ("مأموریت دبیرخانه‌های مناطق", "ماموریت دبیرخانه های منطقهای و توانافزایی و نرم افزار سما."),
    ("سازمان آب", "مردم از سازمان آب خواستند که نهاد تازه‌ای بسازد."),
    ("نخست‌وزیر", "نخستوزیر آييننامه را امضا کرد."),
]
WORDS = [
    "شهر", "سازمان", "مردم", "نهاد", "آب", "برق", "خیابان", "پارک", "جلسه", "شورا", "گزارش",
    "بودجه", "محله", "کودک", "ورزش", "کتاب", "بازار", "مسجد", "مدرسه", "درخت", "قابل", "نامه",
    "آیین", "افزایی", "توان", "سنجی", "امکان", "گری", "نخست", "وزیر", "کارخانه", "روز", "سال",
    "طرح", "کار", "گروه", "خانه",
]  # fmt: skip


def _titles(text, user=None, **narrowing):
    return [
        hit.object_title for hit in search(text, user or AnonymousUser(), narrow(**narrowing), size=50).hits
    ]


def _spellings():
    for line in SHARED.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [item.strip() for item in line.split("|")]


@pytest.mark.beside
def test_search_every_spelling_gives_the_same_hits_in_the_same_order(add):
    for title, body in TEXTS:
        add(title, body)
    for spellings in _spellings():
        found = [_titles(spelling) for spelling in spellings]
        assert found[0], spellings[0]
        assert all(other == found[0] for other in found), spellings


def test_search_among_thousands_of_distractors_finds_only_what_is_there(add):
    rng = random.Random(7)
    add.held = True
    for number in range(3000):
        add(f"متن {number}", " ".join(rng.choices(WORDS, k=40)))
    wanted = add("آیین‌نامه", "سازمان‌های مردم‌نهاد در تصدی‌های قابل واگذاری تسهیل‌گری می‌کنند.")
    add.flush()
    results = search("تصدیهای قابل واگذاری", AnonymousUser())
    assert (results.total, [hit.candidate.object_uid for hit in results.hits]) == (1, [wanted])
    assert search("سازمانهاي مردمنهاد", AnonymousUser()).hits[0].candidate.object_uid == wanted
    for absent in ("تفاهم‌نامه محیط زیست", "سازمان فضایی", "نرم‌افزار شهر", "کتاب مقدس", "بودجه ارتش", "ققنوس"):
        assert search(absent, AnonymousUser()).total == 0, absent


def test_search_one_weak_word_of_several_does_not_count(add):
    add("گزارش شهر", "گزارش کار شهر")
    add("طرح", "طرح جامع شفافیت و دسترسی آزاد به داده‌ها در شهر")
    assert _titles("طرح جامع شفافیت و دسترسی آزاد به داده های شهر") == ["طرح"]


def test_search_phrase_without_and_or(add):
    add("الف", "شورای اسلامی شهر تهران")
    add("ب", "شهر و شورای محله‌های اسلامی تهران")
    assert set(_titles("شورای اسلامی")) == {"الف", "ب"}
    assert _titles("«شورای اسلامی»") == ["الف"]
    assert _titles('شورای شهر -"شورای اسلامی"') == ["ب"]
    assert set(_titles("ققنوس OR تهران")) == {"الف", "ب"}


def test_search_exact_number_comes_first(add):
    add("اشاره", "نامه ۱۶۰/۱۸۱۸/۱۸۰۶۶ را ببینید. " * 5)
    add("خود مصوبه", "متن مصوبه", numbers=["160/1818/18066"])
    for typed in ("160/1818/18066", "۱۶۰/۱۸۱۸/۱۸۰۶۶", "160 / 1818 / 18066"):
        assert _titles(typed) == ["خود مصوبه", "اشاره"]


def test_search_groups_passages_and_leads_to_the_article(add):
    add(
        "آیین‌نامه مشارکت",
        "کلیات",
        kind="bylaw",
        passages=[("art_1", "ماده ۱", "تعریف‌ها"), ("art_5", "ماده ۵", "بودجه کارگروه‌ها هر سال تعیین می‌شود.")],
    )
    results = search("بودجه کار گروه", AnonymousUser())
    assert results.total == 1
    assert results.hits[0].url.endswith("#art_5")
    assert results.hits[0].object_title == "آیین‌نامه مشارکت"
    assert "<mark>بودجه</mark> <mark>کارگروه‌ها</mark>" in results.hits[0].snippet


def test_search_facets_count_objects_over_the_other_filters(add):
    add("بودجه الف", kind="bylaw", district=3, passages=[("art_1", "ماده ۱", "بودجه")])
    add("بودجه ب", kind="news", district=3)
    add("بودجه ج", kind="news", district=5, date=datetime.date(2011, 5, 15))
    results = search("بودجه", AnonymousUser(), narrow(kind="news"))
    assert results.total == 2
    assert [(choice.value, choice.count) for choice in results.kinds] == [("news", 2), ("bylaw", 1)]
    assert [(choice.value, choice.count) for choice in results.districts] == [("3", 1), ("5", 1)]
    assert [(choice.value, choice.count) for choice in results.years] == [("1401", 1), ("1390", 1)]
    assert _titles("بودجه", district="۵") == ["بودجه ج"]
    assert _titles("بودجه", year="1390", kind="bylaw") == []


def test_search_pages_are_stable_and_complete(add):
    add.held = True
    for number in range(57):
        add(f"بودجه {number}", "بودجه", passages=[(f"art_{n}", f"ماده {n}", "بودجه") for n in range(1, 8)])
    add.flush()
    seen = [
        hit.candidate.object_uid
        for page in range(1, 8)
        for hit in search("بودجه", AnonymousUser(), page=page).hits
    ]
    assert len(seen) == len(set(seen)) == search("بودجه", AnonymousUser()).total == 57


def test_search_private_text_is_nowhere_for_others(add):
    member = factories.make_user()
    add("بودجه محرمانه", "بودجه", kind="member", district=7, tokens=[f"user:{member.pk}"])
    add("بودجه آشکار", "بودجه")
    assert set(_titles("بودجه", member)) == {"بودجه محرمانه", "بودجه آشکار"}
    results = search("بودجه", AnonymousUser())
    assert results.total == 1
    assert [hit.object_title for hit in results.hits] == ["بودجه آشکار"]
    assert [choice.value for choice in results.kinds] == ["news"]
    assert results.districts == []
    assert [item["title"] for item in suggest("بود", AnonymousUser())] == ["بودجه آشکار"]
    assert len(suggest("بود", member)) == 2


def test_search_right_taken_away_is_in_force_while_the_outbox_waits(site, index):
    page = factories.add_page(factories.section("news"), NewsPage, title="خبر ققنوس")
    drain("search")
    assert _titles("ققنوس") == ["خبر ققنوس"]
    page.live = False
    page.save()
    rederive(page)
    results = search("ققنوس", AnonymousUser())
    assert (results.total, results.hits, results.kinds, results.years) == (0, [], [], [])
    assert suggest("ققن", AnonymousUser()) == []
    drain("search")
    assert search("ققنوس", AnonymousUser()).total == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "«",
        "-",
        "--",
        "- -",
        "OR",
        "OR OR",
        "a OR",
        '-"',
        "|",
        "\x00",
        "از به در",
        "()*?~^:[]{}\\",
        "-بودجه",
    ],
)
def test_search_malformed_is_never_an_error(add, text):
    add("بودجه", "بودجه شهر")
    assert search(text, AnonymousUser()).total >= 0
    assert suggest(text, AnonymousUser()) is not None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_search_any_text_is_never_an_error(add, text):
    if not add.waiting and not getattr(add, "filled", False):
        add("بودجه", "بودجه شهر")
        add.filled = True
    search(text, AnonymousUser())
