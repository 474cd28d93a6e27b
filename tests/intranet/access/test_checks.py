"""What the start of the site and the rebuilding of its targets make sure of."""

import io

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.models import Page

from documents.models import Image
from intranet.access import rules
from intranet.access.models import Target
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
