"""What the start of the site and the rebuilding of its targets make sure of."""

import io

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.models import Page

from documents.models import Image
from intranet import doors
from intranet.access import rules
from intranet.access.models import Target
from search import records
from tests import factories


def test_check_passes_as_the_site_is():
    assert [error for error in run_checks() if error.id in ("access.E001", "pages.E001")] == []


@pytest.mark.parametrize("model", [Page, Image])
def test_check_fails_for_a_model_whose_rule_is_taken_away(monkeypatch, model):
    monkeypatch.delitem(rules._rules, model)
    assert "access.E001" in {error.id for error in run_checks()}


def test_check_fails_for_a_page_family_that_declares_no_readers(monkeypatch):
    from pages import checks

    class Stranger(Page):
        class Meta:
            app_label = "sections"
            abstract = True  # in no registry, where later tests would find it

    monkeypatch.setattr(checks.apps, "get_models", lambda: [Stranger])
    assert [error.id for error in checks.pages_declare_their_readers(None)] == ["pages.E001"]


@pytest.mark.django_db
def test_rederive_all_restores_what_was_lost_and_forgets_what_is_gone(site):
    before = sorted(Target.objects.values_list("content_type", "object_id", "state", "audience"))
    audience = Target.objects.first().audience
    page_type = Target.objects.first().content_type
    Target.objects.all().delete()
    Target.objects.create(content_type=page_type, object_id=987654, state="live", audience=audience)
    said = io.StringIO()
    call_command("access_rederive", stdout=said)
    assert sorted(Target.objects.values_list("content_type", "object_id", "state", "audience")) == before
    assert "1 forgotten" in said.getvalue()
    assert f"{Page.objects.count()}/{Page.objects.count()}" in said.getvalue()
    assert factories.home()


def errors_of_addresses():
    return [error.msg for error in run_checks() if error.id in ("access.E002", "access.E003")]


def test_check_every_address_has_a_rule_as_the_site_is():
    assert errors_of_addresses() == []


@pytest.mark.parametrize("name", ["wagtail_serve", "search_api", "wagtaildocs_serve"])
def test_check_fails_for_an_open_address_that_nobody_declared(monkeypatch, name):
    monkeypatch.delitem(doors.OPEN, name)
    assert [name in error for error in errors_of_addresses()] == [True]


def test_check_fails_for_a_room_that_nobody_declared(monkeypatch):
    monkeypatch.delitem(doors.ROOMS, "workflows")
    assert any("workflows:review" in error for error in errors_of_addresses())


def test_check_fails_for_a_declaration_that_is_wrong(monkeypatch):
    monkeypatch.setitem(doors.OPEN, "desk:desk", "nothing")
    monkeypatch.setitem(doors.OPEN, "nowhere", "nothing")
    assert len(errors_of_addresses()) == 2


def test_check_fails_without_the_middleware_that_asks_for_sign_in(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SignInRequired" not in name]
    assert len(errors_of_addresses()) == 1


def test_check_fails_for_what_search_finds_without_a_rule(monkeypatch):
    monkeypatch.setitem(records.sources, "stranger", None)
    assert "access.E001" in {error.id for error in run_checks()}
