"""The JSON door: by session, by token, as nobody; how often; what it promises in its description."""

from datetime import timedelta

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from intranet.accounts import tokens
from search.engines.base import EngineDown
from search.engines.embedded import EmbeddedEngine
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(site, add):
    add("آیین‌نامه بودجه", "کلیات", kind="bylaw", district=3, numbers=["12/1401"], passages=[
        ("art_1", "ماده ۱", "بودجه هر سال تعیین می‌شود."), ("art_2", "ماده ۲", "بودجه منطقه‌ها <b>جدا</b> است."),
    ])  # fmt: skip
    add("بودجه محرمانه", "بودجه", tokens=["role:auditor"])
    return add


@pytest.fixture
def description(client):
    return client.get("/api/openapi.json").json()


def bearer(user):
    return {"headers": {"Authorization": f"Bearer {tokens.make(user, 'x', timedelta(days=1))[1]}"}}


def total(client, **more):
    return client.get("/api/search", {"q": "بودجه"}, **more).json()["total"]


def holds(description, name, answer):
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    Draft202012Validator(schema).validate(answer)


def test_token_finds_what_its_owner_may_read(client, filled):
    assert total(client) == 1
    assert total(client, **bearer(factories.make_user("auditor"))) == 2
    assert total(client, **bearer(factories.make_user("ngo_member"))) == 1


def test_token_comes_before_the_session_and_makes_none(client, filled):
    client.force_login(factories.make_user("auditor"))
    assert total(client) == 2
    assert total(client, **bearer(factories.make_user("ngo_member"))) == 1
    fresh = Client()
    fresh.get("/api/search", **bearer(factories.make_user("auditor")))
    assert not fresh.cookies
    assert total(fresh) == 1


def test_unknown_token_is_refused_not_taken_for_nobody(client, filled, description):
    response = client.get("/api/search", {"q": "بودجه"}, headers={"Authorization": "Bearer ngo_x"})
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")
    holds(description, "Problem", response.json())


def test_token_does_not_open_the_rest_of_the_site(client, site):
    assert client.get("/desk/", **bearer(factories.make_user("auditor"))).status_code == 302


def test_asking_too_often_waits(client, filled, settings, description):
    settings.API_RATE_ANONYMOUS = settings.API_RATE_SIGNED_IN = 2
    answers = [client.get("/api/search", {"q": "بودجه"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert "صبر" in answers[2].json()["detail"]
    holds(description, "Problem", answers[2].json())
    english = client.get("/api/search", headers={"Accept-Language": "en"})
    assert english.json()["detail"].startswith("Too many requests")
    # A person is counted for himself, by whatever door he comes.
    user = factories.make_user("auditor")
    client.force_login(user)
    assert total(client) == 2
    assert total(Client(), **bearer(user)) == 2
    assert client.get("/api/search").status_code == 429


def test_guessed_tokens_are_counted(client, filled, settings):
    settings.API_RATE_ANONYMOUS = 2
    answers = [
        client.get("/api/search", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(3)
    ]
    assert answers == [401, 401, 429]


@pytest.mark.parametrize("query", ['"', "((", "نوع:", "-", "OR OR", "%00", "q\x00", "x" * 5000, "🙂", ""])
def test_odd_query_is_plain_words(client, filled, query):
    odd = {"kind": "?", "district": "x", "year": "۹" * 40, "page": "-1", "size": "1e9"}
    assert client.get("/api/search", {"q": query, **odd}).status_code == 200


def test_other_methods_are_a_problem(client, site, description):
    response = client.post("/api/search")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    holds(description, "Problem", response.json())


def test_engine_down_is_a_problem(client, site, folder, monkeypatch, description):
    def fail(*_):
        raise EngineDown("no")

    monkeypatch.setattr(EmbeddedEngine, "search", fail)
    response = client.get("/api/search", {"q": "بودجه"})
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    holds(description, "Problem", response.json())


def test_description_is_valid_and_answers_keep_to_it(client, filled, description):
    validate(description)
    assert description["openapi"].startswith("3.1")
    answer = client.get("/api/search", {"q": "بودجه"}).json()
    holds(description, "Results", answer)
    assert answer["hits"][0]["url"].endswith("#art_1")


def test_opensearch_links_results_and_suggestions(client, filled):
    text = client.get("/search/opensearch.xml").content.decode()
    assert 'type="text/html" method="get" template="http://testserver/search/?q={searchTerms}"' in text
    assert 'template="http://testserver/search/suggest/opensearch?q={searchTerms}"' in text
    response = client.get("/search/suggest/opensearch", {"q": "آيين"})
    assert response["Content-Type"].startswith("application/x-suggestions+json")
    assert response.json() == ["آيين", ["آیین‌نامه بودجه"]]
