"""The site asks nobody but the servers that an office names: its mail, its identity provider, its search engine.

The suite's own guard (`tests/network.py`) fails any test that leaves the machine; here is who may open a connection
at all. The browser is held by the policy of content (`test_headers`).
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("intranet", "organizations", "documents", "workflows", "pages", "search")

#: Modules by which a program reaches other machines.
REACHING = {
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "ftplib",
    "smtplib",
    "telnetlib",
    "xmlrpc.client",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "elasticsearch",
    "elastic_transport",
    "authlib.integrations",
}

#: Who may, and whom it asks.
ALLOWED = {
    "intranet/supervisor": "the site itself: whether it answers, and whether the port is free",
    "search/engines/": "the search engine of SEARCH_URL",
    "intranet/accounts/outside": "the identity provider",
}


def imports(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def reaches(module):
    return any(module == name or module.startswith(f"{name}.") for name in REACHING)


def reaching_files():
    for package in PACKAGES:
        for file in (settings.BASE_DIR / package).rglob("*.py"):
            if any(reaches(module) for module in imports(file.read_text("utf-8"))):
                yield str(Path(file).relative_to(settings.BASE_DIR))


def test_only_named_modules_reach_other_machines():
    found = [file for file in reaching_files() if not file.startswith(tuple(ALLOWED))]
    assert found == []


def test_the_look_at_imports_sees_what_it_looks_for():
    assert any(file.startswith("search/engines/") for file in reaching_files())
    assert [module for module in imports("from urllib import request\nimport httpx") if reaches(module)] == [
        "urllib.request",
        "httpx",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAGTAIL_ENABLE_UPDATE_CHECK", False),
        ("WAGTAIL_ENABLE_WHATS_NEW_BANNER", False),
        ("WAGTAIL_GRAVATAR_PROVIDER_URL", None),
    ],
)
def test_what_wagtail_asks_elsewhere_is_off(name, value):
    assert getattr(settings, name) is value


def test_no_link_to_a_video_asks_a_provider(site):
    """Wagtail's embeds ask the provider when a link to a video is pasted: there is no provider."""
    from wagtail.embeds.embeds import get_embed
    from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=abc")
