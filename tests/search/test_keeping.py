"""What is kept of a page of results is named by all that it shows."""

import datetime

import pytest
from django.test.signals import template_rendered

from search import views
from tests import factories

pytestmark = pytest.mark.django_db


def ask(client, text="بودجه"):
    """(the hits and what narrows them, whether they were rendered anew)."""
    rendered = []

    def note(sender, template, **kwargs):
        rendered.append(template.name)

    template_rendered.connect(note)
    try:
        html = client.get("/search/", {"q": text}).content.decode()
    finally:
        template_rendered.disconnect(note)
    hits = html.partition('<ol class="hits"')[2].partition("</aside>")[0]
    return hits, "search/hits.html" in rendered


def test_same_search_again_is_not_rendered_again(add, client):
    add("بودجه شهر", "بودجه امسال")
    first, anew = ask(client)
    assert first
    assert anew
    assert ask(client) == (first, False)
    assert ask(client, "بودجه شهر")[1]


def test_same_search_again_does_not_work_out_what_stands_beside_the_hits(add, client, monkeypatch):
    for year in (2011, 2022):
        add("بودجه شهر", "بودجه", kind="news", date=datetime.date(year, 5, 15))
    made = []
    for name in ("links", "histogram", "orders"):
        plain = getattr(views, name)
        monkeypatch.setattr(
            views, name, lambda *args, name=name, plain=plain: made.append(name) or plain(*args)
        )
    first, _ = ask(client)
    assert set(made) == {"links", "histogram", "orders"}
    made.clear()
    assert ask(client) == (first, False)
    assert made == []


def test_kept_page_follows_the_text_at_once(add, client):
    uid = add("بودجه شهر", "بودجه امسال")
    assert "امسال" in ask(client)[0]
    add("بودجه شهر", "بودجه پارسال", uid=uid)
    html, anew = ask(client)
    assert anew
    assert "پارسال" in html
    assert "امسال" not in html


def test_kept_page_of_one_reader_is_not_shown_to_another(add, client):
    member = factories.make_user()
    add("بودجه آشکار", "بودجه")
    add("بودجه محرمانه", "بودجه", tokens=[f"user:{member.pk}"])
    client.force_login(member)
    assert "محرمانه" in ask(client)[0]
    client.logout()
    assert "محرمانه" not in ask(client)[0]
    client.force_login(member)
    assert "محرمانه" in ask(client)[0]
