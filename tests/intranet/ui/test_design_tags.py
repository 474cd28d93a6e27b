import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from intranet.ui.icons import FLIPPED, ICONS


def test_icon_is_decoration_without_a_label() -> None:
    html = Template("{% load design %}{% icon 'search' %}").render(Context())
    assert 'aria-hidden="true"' in html


def test_icon_with_a_label_is_an_image() -> None:
    html = Template("{% load design %}{% icon 'next' label %}").render(Context({"label": "<بعدی>"}))
    assert 'role="img"' in html
    assert "&lt;بعدی&gt;" in html
    assert "icon--flips" in html


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        Template("{% load design %}{% icon 'nothing' %}").render(Context())


def test_flipped_icons_exist() -> None:
    assert set(ICONS) >= FLIPPED


def test_query_with_keeps_changes_and_removes() -> None:
    request = RequestFactory().get("/", {"q": "سمن", "page": "2", "year": "1401"})
    html = Template("{% load design %}{% query_with page=3 year='' %}").render(RequestContext(request))
    assert html == "?q=%D8%B3%D9%85%D9%86&amp;page=3"


def test_initials_take_two_words() -> None:
    assert (
        Template("{% load design %}{{ name|initials }}").render(Context({"name": "انجمن یاران زمین"}))
        == "ا\u200cی"
    )
    assert Template("{% load design %}{{ name|initials }}").render(Context({"name": ""})) == "؟"


def test_pagination_elides_far_pages() -> None:
    page = Paginator(range(500), 10).page(25)
    html = Template("{% include 'components/pagination.html' %}").render(
        RequestContext(RequestFactory().get("/?q=x"), {"page": page})
    )
    assert 'aria-current="page">۲۵<' in html
    assert "?q=x&amp;page=26" in html
    assert html.count("…") == 2
