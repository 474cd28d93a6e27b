"""An NGO's private page in Wagtail's admin: no view shows it to those who may not read it."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from tests import factories

pytestmark = pytest.mark.django_db

WRONG_READERS = [
    "editor",
    "administrator",
    "legal_reviewer",
    "council_member",
    "district_secretary",
    "superuser",
]


def make_wrong_reader(who):
    if who == "superuser":
        return factories.make_user(is_superuser=True, is_staff=True)
    if who == "district_secretary":
        return factories.make_secretary(factories.make_district(4))
    return factories.make_user(who)


def listings(canary):
    """Addresses of the admin that list, count or find pages."""
    home, members = factories.home(), factories.section("members")
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_explore_root")
    for name in ("wagtailadmin_explore", "wagtailadmin_explore_results"):
        yield reverse(name, args=[home.pk])
        yield reverse(name, args=[members.pk])
        yield reverse(name, args=[members.pk]) + "?ordering=ord"
        yield reverse(name, args=[members.pk]) + "?q=" + canary.words[0]
    for name in ("search", "search_results"):
        yield reverse(f"wagtailadmin_pages:{name}") + "?q=" + canary.words[0]
    for name in ("type_use", "type_use_results"):
        yield reverse(f"wagtailadmin_pages:{name}", args=["members", "memberpage"])
    yield reverse("wagtailadmin_choose_page")
    yield reverse("wagtailadmin_choose_page_child", args=[members.pk])
    yield reverse("wagtailadmin_choose_page_search") + "?q=" + canary.words[0]
    yield reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={canary.page.pk}"
    for name in ("listing", "listing"):
        yield reverse(f"wagtailadmin_api:pages:{name}") + f"?child_of={members.pk}"
        yield reverse(f"wagtailadmin_api:pages:{name}") + f"?child_of={members.pk}&for_explorer=1"
        yield reverse(f"wagtailadmin_api:pages:{name}") + f"?descendant_of={home.pk}&search={canary.words[0]}"
    yield reverse("wagtailadmin_api:pages:detail", args=[canary.page.pk])
    for name in (
        "locked_pages",
        "workflow",
        "workflow_tasks",
        "site_history",
        "aging_pages",
        "page_types_usage",
    ):
        yield reverse(f"wagtailadmin_reports:{name}")
    yield reverse("wagtail_localize:translations_report")
    yield reverse("wagtaildocs:index")
    yield reverse("wagtaildocs:index") + "?q=" + canary.words[1]
    yield reverse("wagtaildocs_chooser:choose")
    yield reverse("wagtaildocs_chooser:chosen", args=[canary.document.pk])
    yield reverse("wagtaildocs:edit", args=[canary.document.pk])
    yield reverse("wagtaildocs_chooser:chosen_multiple") + f"?id={canary.document.pk}"
    yield reverse("wagtailadmin_api:documents:listing")
    yield reverse("wagtailadmin_api:documents:detail", args=[canary.document.pk])
    bulk = reverse("wagtail_bulk_action", args=["documents", "document", "delete"])
    yield f"{bulk}?id={canary.document.pk}"
    yield f"{bulk}?id=all"


def object_views(page):
    """Addresses of the admin about one page."""
    revision = page.latest_revision_id
    for name in (
        "edit",
        "view_draft",
        "history",
        "history_results",
        "usage",
        "copy",
        "move",
        "delete",
        "unpublish",
        "set_privacy",
        "preview_on_edit",
        "workflow_history",
        "convert_alias",
        "lock",
        "unlock",
    ):
        yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    yield reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision])
    yield reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision])
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", str(revision)])
    yield reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    yield reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    for act in ("delete", "move", "publish", "unpublish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
        yield f"{bulk}?id={page.pk}"
        yield f"{bulk}?id=all&childOf={page.get_parent().pk}"


@pytest.mark.parametrize("who", WRONG_READERS)
def test_list_wrong_reader_sees_no_private_page(who, canary, client_of, shows):
    PageLogEntry.objects.log_action(canary.page, "wagtail.edit")
    client = client_of(make_wrong_reader(who))
    for address in listings(canary):
        response = client.get(address)
        assert response.status_code in (200, 302, 400, 403, 404), (address, response.status_code)
        # What was typed is echoed in the search box: the addresses' own words are not a leak.
        asked = address.partition("?")[2]
        leaked = [word for word in shows(response, canary.words) if word not in asked]
        assert leaked == [], address
        if "q=" in asked:
            assert "yaran-private" not in response.content.decode(), address
            assert f"/{canary.page.pk}/" not in response.content.decode(), address


@pytest.mark.parametrize("who", WRONG_READERS)
def test_open_wrong_reader_is_refused(who, canary, client_of, shows):
    client = client_of(make_wrong_reader(who))
    for address in object_views(canary.page):
        response = client.get(address)
        assert response.status_code in (302, 403, 404, 405), (address, response.status_code)
        assert shows(response, canary.words) == [], address
        response = client.post(address)
        assert response.status_code in (302, 403, 404, 405), (address, response.status_code)
    assert Page.objects.get(pk=canary.page.pk).live


def test_list_hq_staff_sees_the_page_where_others_do_not(canary, client_of, shows):
    """The addresses above do show the page to those who may read it: they are the right ones."""
    client = client_of("hq_staff")
    members = factories.section("members")
    for address in (
        reverse("wagtailadmin_explore", args=[members.pk]),
        reverse("wagtailadmin_choose_page_child", args=[members.pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={canary.page.pk}",
        reverse("wagtailadmin_api:pages:listing") + f"?child_of={members.pk}",
        reverse("wagtailadmin_pages:edit", args=[canary.page.pk]),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        assert shows(response, canary.words[:1]), address


@pytest.mark.parametrize("who", ["ngo_member", "ngo_representative", "auditor", ""])
def test_enter_admin_people_without_right_is_refused_without_a_loop(who, site, client_of):
    response = client_of(who).get("/admin/") if who else client_of(factories.make_user()).get("/admin/")
    assert response.status_code == 403


def test_enter_admin_anonymous_is_asked_to_sign_in_on_the_site(site, client):
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/admin/")
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=%2Fadmin%2F"
