"""Programs are told 401 or 403 in JSON, and never sent to a page."""

import pytest

from intranet.accounts import tokens
from tests import factories

pytestmark = pytest.mark.django_db

PATHS = ["/admin/api/main/pages/", "/admin/api/main/pages/find/", "/admin/api/main/documents/"]
OPEN_PATHS = ["/api/search?q=x", "/search/suggest?q=x", "/search/suggest/opensearch?q=x"]


def is_problem(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    return True


@pytest.mark.parametrize("path", PATHS)
def test_signed_out_is_told_401(site, client, path):
    assert is_problem(client.get(path), 401)


@pytest.mark.parametrize("path", OPEN_PATHS)
def test_signed_out_is_answered_where_everybody_is(site, client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS + OPEN_PATHS)
def test_without_the_compulsory_second_factor_is_told_403(site, client, settings, path):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(factories.make_user("editor"))
    assert is_problem(client.get(path), 403)
    assert client.get("/desk/").status_code == 302  # a person is sent to set one up


def test_who_may_not_enter_the_admin_is_told_403(site, client):
    client.force_login(factories.make_user("ngo_member"))
    assert is_problem(client.get("/admin/api/main/pages/"), 403)


def test_token_of_who_has_no_compulsory_second_factor_is_told_403(site, client, settings):
    editor, member = factories.make_user("editor"), factories.make_user("ngo_member")
    keys = [tokens.make(user, "برنامه", tokens.LONGEST_LIFE) for user in (editor, member)]
    secrets = [key[1] if isinstance(key, tuple) else key for key in keys]
    settings.SECOND_FACTOR_REQUIRED = True
    answers = [
        client.get("/api/search?q=x", headers={"Authorization": f"Bearer {secret}"}) for secret in secrets
    ]
    assert is_problem(answers[0], 403)
    assert answers[1].status_code == 200


def test_unknown_token_is_told_401(site, client):
    assert is_problem(client.get("/api/search?q=x", headers={"Authorization": "Bearer none"}), 401)
