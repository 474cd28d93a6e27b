"""Synonyms and pinned answers: what editors may write, and that it is in force at the next search."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages.members.models import MemberPage
from search import vocabulary
from search.models import PinnedAnswer, PinnedPage, Synonym
from search.queries import search
from tests.factories import add_page, home, make_organization, make_user, section

ENTRANCES = ("wagtailsnippets_search_synonym:list", "wagtailsnippets_search_pinnedanswer:list")


def _refused(model, **fields):
    with pytest.raises(ValidationError) as caught:
        model(**fields).full_clean()
    return str(caught.value)


@pytest.mark.parametrize("terms", ["سمن", "سازمان‌ها\nسازمانها", "سمن = !!!", ""])
def test_clean_synonym_that_says_nothing_is_refused(db, terms):
    assert _refused(Synonym, terms=terms)


def test_clean_synonym_of_a_term_in_another_group_is_refused(db):
    Synonym.objects.create(terms="سمن\nسازمان مردم‌نهاد")
    assert "سازمان مردمنهاد" in _refused(Synonym, terms="تشکل = سازمان مردمنهاد")


def test_clean_synonym_itself_again_is_accepted(db):
    synonym = Synonym.objects.create(terms="سمن\nسازمان مردم‌نهاد")
    synonym.full_clean()


def test_clean_pinned_answer_of_a_question_answered_elsewhere_is_refused(db):
    PinnedAnswer.objects.create(questions="آیین‌نامه")
    assert "آئین نامه" in _refused(PinnedAnswer, questions="آئین نامه")


def test_clean_pinned_page_not_published_is_refused(db):
    page = home()
    page.live = False
    page.save()
    answer = PinnedAnswer.objects.create(questions="خانه")
    assert _refused(PinnedPage, answer=answer, page=page)


def test_current_after_each_change_is_the_changed_one(db):
    synonym = Synonym.objects.create(terms="سمن = سازمان مردم‌نهاد")
    assert vocabulary.current().synonyms[("سمن",)] == (("سازمان", "مردم", "نهاد"),)
    answer = PinnedAnswer.objects.create(questions="آیین نامه\nمقررات")
    answer.pages.add(PinnedPage(page=home()))
    answer.save()
    assert vocabulary.current().pins["ایین نامه"] == (home().pk,)
    synonym.delete()
    assert vocabulary.current().synonyms == {}
    answer.delete()
    assert vocabulary.current().pins == {}


def test_current_unchanged_costs_one_query(db, django_assert_num_queries):
    Synonym.objects.create(terms="سمن = سازمان مردم‌نهاد")
    vocabulary.current()
    with django_assert_num_queries(1):
        vocabulary.current()


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_open_the_lists_editor(client, db, entrance):
    client.force_login(make_user("editor"))
    assert client.get(reverse(entrance)).status_code == 200


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize(
    "role", ["hq_staff", "legal_reviewer", "council_member", "district_secretary", "administrator"]
)
def test_open_the_lists_others_are_sent_away(client, db, entrance, role):
    client.force_login(make_user(role))
    assert client.get(reverse(entrance)).status_code in {302, 403, 404}


def _pin(client, page, **how):
    """The answer to the form that puts `page` at the top for «دبیرخانه»."""
    return client.post(
        reverse("wagtailsnippets_search_pinnedanswer:add"),
        {
            "questions": "دبيرخانه",
            "pages-TOTAL_FORMS": "1",
            "pages-INITIAL_FORMS": "0",
            "pages-MIN_NUM_FORMS": "1",
            "pages-MAX_NUM_FORMS": "1000",
            "pages-0-page": str(page.pk),
            "pages-0-ORDER": "1",
            "pages-0-id": "",
        },
        **how,
    )


def test_add_pinned_answer_editor_by_the_form(client, db):
    client.force_login(make_user("editor"))
    answer = _pin(client, home())
    assert answer.status_code == 302
    assert vocabulary.current().pins == {"دبیرخانه": (home().pk,)}


def test_permissions_of_the_vocabulary_are_the_editors_alone(db):
    from django.contrib.auth.models import Group

    types = ContentType.objects.get_for_models(Synonym, PinnedAnswer).values()
    assert set(Group.objects.filter(permissions__content_type__in=types).values_list("name", flat=True)) == {
        "ویراستار"
    }


def test_add_pinned_answer_editor_of_a_page_he_may_not_see_is_refused(client, site):
    page = add_page(section("members"), MemberPage, organization=make_organization(), title="پنهان")
    client.force_login(make_user("editor"))
    answer = _pin(client, page, follow=True)
    assert "پنهان" not in answer.content.decode()
    assert vocabulary.current().pins == {}


@pytest.fixture
def hits(add):
    """A function of a question: the uids found by anybody."""

    def found(text):
        answer = search(text, AnonymousUser())
        return [hit.candidate.object_uid for hit in answer.hits], [
            hit.candidate.object_uid for hit in answer.weaker
        ]

    return found


def test_search_a_synonym_is_found_behind_the_exact_word(add, hits):
    phrase = add("گزارش", "کار سازمان‌های مردم‌نهاد شهر")
    exact = add("گزارش", "کار سمن شهر")
    add("گزارش", "چیزی دیگر")
    assert hits("سمن") == ([exact], [])
    Synonym.objects.create(terms="سمن = سازمان مردم‌نهاد")
    assert hits("سمن") == ([exact, phrase], [])
    assert hits("سازمانهای مردمنهاد") == ([phrase, exact], [])
    Synonym.objects.all().delete()
    assert hits("سمن") == ([exact], [])


@pytest.mark.parametrize(
    "typed", ["160/1/23", "۱۶۰ / ۱ / ۲۳", "شماره ۱۶۰-۱-۲۳", "١٦٠ ١ ٢٣", "نامه شماره ۱۶۰/۱/۲۳"]
)
def test_search_a_registry_number_comes_first_however_typed(add, hits, typed):
    add("نامه شماره", "نامه شماره ۱۶۰ درباره ۱ و ۲۳ نامه شماره شماره")
    add("نامه", "پیرو نامه شماره ۱۶۰/۱/۲۳ و نامه شماره ۱۶۰/۱/۲۳")
    wanted = add("تفاهم", "متن", numbers=["160/1/23"])
    add("تفاهم", "متن", numbers=["160/1/2"])
    strong, weak = hits(typed)
    assert (strong + weak)[0] == wanted
