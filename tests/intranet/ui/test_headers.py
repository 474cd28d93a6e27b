"""What every answer says of itself, on the site and in the editing desk."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver
from rest_framework.authentication import SessionAuthentication

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/(?:ld\+)?json|text/html)\")[^>]*>", re.IGNORECASE
)
HANDLERS = re.compile(r"<[a-z][^>]*\son(?:click|load|change|submit|input|error|focus)\s*=", re.IGNORECASE)


def directives(response):
    """The policy of content of an answer: directive to its sources."""
    said = response.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in said.split(";") if part.strip()}


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/admin/", "/admin/pages/", "/nowhere/"])
def test_policy_lets_no_inline_script_run(site, client_of, path):
    policy = directives(client_of("editor").get(path))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert "'unsafe-inline'" not in policy["style-src"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'self'"]


def test_policy_lets_style_elements_in_for_the_rich_text_editor_only(site, client_of):
    client = client_of("editor")
    assert "'unsafe-inline'" in directives(client.get("/admin/"))["style-src-elem"]
    assert "style-src-elem" not in directives(client.get("/"))


def test_every_answer_says_how_it_may_be_used(site, client):
    headers = client.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    "path", ["/", "/admin/", "/admin/pages/", "/admin/reports/workflow/", "/accounts/login/"]
)
def test_no_page_holds_an_inline_script_or_handler(site, client_of, path):
    html = client_of("editor").get(path, follow=True).content.decode()
    assert INLINE.findall(html) == []
    assert HANDLERS.findall(html) == []


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin/panels/inline_panel.html",
        "wagtailadmin/panels/multiple_chooser_panel.html",
        "wagtailadmin/widgets/date_input.html",
        "wagtailadmin/widgets/datetime_input.html",
        "wagtailadmin/widgets/time_input.html",
        "wagtail_localize/admin/submit_translation.html",
        "wagtail_localize/admin/edit_translation.html",
    ],
)
def test_templates_with_inline_scripts_are_ours(name):
    """Ours stand in front of the packages'."""
    assert get_template(name).origin.name.startswith(str(settings.BASE_DIR / "templates"))


def exempt(patterns, where=""):
    """The addresses whose views Django's own check leaves out."""
    for pattern in patterns:
        name = f"{where}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from exempt(pattern.url_patterns, name)
        elif getattr(pattern.callback, "csrf_exempt", False):
            yield name, getattr(pattern.callback, "cls", None)


def test_csrf_is_asked_everywhere_but_where_the_framework_asks_it_itself():
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    for name, view in exempt(get_resolver().url_patterns):
        if not name.removesuffix("<str:code>/").endswith(
            "verify/"
        ):  # asks for it where the form is read: see below
            assert view.authentication_classes == [SessionAuthentication], name  # which asks for the token


@pytest.mark.parametrize("code", ["", "7K3M-0QX2-9WPD/"])
def test_csrf_is_asked_where_a_copy_is_checked(site, code):
    assert Client(enforce_csrf_checks=True).post(f"/verify/{code}", {"code": "x"}).status_code == 403


def test_csrf_is_asked_by_the_editing_desk_s_api(site, make_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("editor"))
    answer = client.post(f"/admin/api/main/pages/{site.pk}/action/copy/", {"recursive": "false"})
    assert answer.status_code == 403
