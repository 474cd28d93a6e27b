"""What an editor finds in the admin, by any keyboard and spelling: on SQLite here, on PostgreSQL in CI."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hypothesis import given, settings, strategies
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from documents.models import Document
from organizations.models import Body, Organization, Person
from pages.bylaws.models import BylawPage
from pages.news.models import NewsPage
from search.admin_backend import asked, beginnings, folded
from tests import factories

TITLE = "اساسنامه سازمان‌های مردم‌نهاد ۱۴۰۱"
# Arabic letters and digits, a lost half-space, a space in its place, a half-typed last word.
SPELLINGS = [
    "اساسنامه",
    "اساس نامه",
    "اساس‌نامه",
    "أساسنامة",
    "سازمانهاي مردم نهاد",
    "سازمان هاي مردمنهاد",
    "مردم‌نهاد سازمان",
    "اساسنامه ١٤٠١",
    "اساسنامه 1401",
    "سازما",
    "اساسنامه سازمان‌ها",
    "مردم‌نه",
]

pytestmark = pytest.mark.django_db


def autocomplete(model, text, **options):
    return list(get_search_backend().autocomplete(text, model, **options))


@pytest.fixture
def bylaw(site):
    factories.add_page(factories.section("news"), NewsPage, title="خبر دیگر")
    return factories.add_page(factories.section("bylaws"), BylawPage, title=TITLE)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_page_is_found_by_every_spelling(bylaw, spelling):
    assert bylaw.pk in [page.pk for page in autocomplete(Page.objects.all(), spelling)]
    assert [page.pk for page in BylawPage.objects.all().autocomplete(spelling)] == [bylaw.pk]


def test_whole_word_search_finds_another_form_of_the_word(bylaw):
    assert [page.pk for page in BylawPage.objects.search("سازمان‌هاي مردمنهاد")] == [bylaw.pk]
    assert list(Page.objects.search("ققنوس")) == []


def test_page_is_not_found_by_what_it_does_not_say(bylaw):
    assert autocomplete(BylawPage.objects.all(), "اساسنامه ققنوس") == []
    assert autocomplete(BylawPage.objects.all(), "دبیر") == []


@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "\u200c", '"', "%q9", "* OR (", "'; --", "-", "NEAR(", "۰" * 3000]
)
def test_odd_question_finds_nothing_and_breaks_nothing(bylaw, text):
    assert autocomplete(Page.objects.all(), text) == []
    assert list(get_search_backend().search(text, Page.objects.all())) == []


def test_question_obeys_the_filters_of_a_list(bylaw):
    """Also those on fields that the index does not name."""
    assert autocomplete(BylawPage.objects.filter(summary="x"), "اساسنامه", fields=["summary"]) == []
    found = autocomplete(
        BylawPage.objects.filter(summary="").order_by("summary"), "اساسنامه", order_by_relevance=False
    )
    assert [page.pk for page in found] == [bylaw.pk]


def test_file_organisation_body_and_person_are_found_too(site):
    document = Document.objects.create(
        title="گزارش کمیته‌ها", file=SimpleUploadedFile("a.txt", "متن".encode())
    )
    organization = factories.make_organization(name="انجمن یاری‌گران شهر", registration_number="12345")
    body = factories.make_body(name="شورای هماهنگی محله‌ها")
    person = Person.objects.create(name="علی کریمی‌نژاد")
    assert autocomplete(Document, "كميته") == [document]
    assert autocomplete(Organization, "ياريگران") == [organization]
    assert autocomplete(Organization, "۱۲۳۴") == [organization]
    assert autocomplete(Body, "شوراي هماهنگي محلهها") == [body]
    assert autocomplete(Person, "كريمي نژاد") == [person]


def test_organisation_is_found_by_a_name_that_it_bore(site):
    organization = factories.make_organization(name="دبیرخانه مشورتی")
    organization.names.create(name="دبیرخانه هماهنگی سازمان‌های مردم‌نهاد")
    organization.save()
    factories.make_organization(name="انجمن دیگر")
    for typed in ("هماهنگي سازمانهاي مردم نهاد", "مشورتي"):
        assert autocomplete(Organization, typed) == [organization]
    organization.names.all().delete()
    organization.save()
    assert autocomplete(Organization, "هماهنگي") == []


@pytest.mark.parametrize(
    "typed", ["۱۶۰/۱۸۱۸/۱۸۰۶۶", "160 / 1818 / 18066", "١٦٠-١٨١٨-١٨٠٦٦", "160/1818", "۱۸۰۶۶"]
)
def test_page_is_found_by_its_registry_number_however_typed(bylaw, typed):
    BylawPage.objects.filter(pk=bylaw.pk).update(number="160/1818/18066")
    BylawPage.objects.get(pk=bylaw.pk).save()
    assert [page.pk for page in autocomplete(Page.objects.all(), typed)] == [bylaw.pk]
    assert autocomplete(Page.objects.all(), "160/1819") == []


def test_renamed_page_is_found_by_its_new_title_only(bylaw):
    bylaw.title = "شیوه‌نامه پرداخت"
    bylaw.save()
    assert autocomplete(BylawPage, "اساسنامه") == []
    assert autocomplete(BylawPage, "شيوه نامه") == [bylaw]


def test_update_index_folds_what_an_older_version_wrote(bylaw):
    entry = bylaw.index_entries.get()
    type(entry).objects.filter(pk=entry.pk).update(autocomplete="", title="")
    assert autocomplete(BylawPage, "اساسنامه") == []
    call_command("update_index", verbosity=0)
    assert autocomplete(BylawPage, "أساسنامه") == [bylaw]


@given(text=strategies.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_folded_words_are_plain_words(text):
    for words in (folded(text), beginnings(text)):
        assert all(word.isalnum() for word in words.split())
    asked(text, "and", half_typed=True)
