"""Whatever is typed, at every door: an answer that makes sense, no error, and nothing that is not the reader's."""

from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.models import SavedSearch
from tests import factories

pytestmark = pytest.mark.django_db

#: What is typed, and whether it still asks for «بودجه», which stands in both public texts.
MALFORMED = [
    ('"بودجه', True),
    ("«بودجه", True),
    ("بودجه»", True),
    ("((بودجه", True),
    ("بودجه) OR (", True),
    ("بودجه -", True),
    ("- بودجه", True),
    ("بودجه OR", True),
    ("OR بودجه", True),
    ("یا بودجه یا", True),
    ("بودجه | | |", True),
    ("بودجه AND", True),
    ("از:دیروز بودجه", False),
    ("بودجه از:۱۳۹۹/۱۳/۴۵", False),
    ("بودجه نوع:", False),
    ("بودجه :", True),
    ("\u202bبودجه\u202c", True),
    ("\u200fبو\u200dد\u00adجه\u200e", True),
    ("بودجه\x00", True),
    ("بودجه 🙂", True),
    ("ﺑﻮﺩﺟﻪ", True),
    ("بودجه " * 1700, True),
    ("و از به بودجه", True),
    ("-بودجه", False),
    ("از به در", False),
    ("🙂🙃", False),
    ("\ud800", False),
    ("\u0301" * 400, False),
    ("ب" * 10_000, False),
    (" ".join(f"واژه{number}" for number in range(3000)), False),
    ('"' * 300, False),
    ("-" * 300, False),
    ("(" * 200 + ")" * 200, False),
    ("title:" * 80, False),
    ("شماره:" + "۱/" * 200, False),
    ("%00%ff\\u0000", False),
    ("'; DROP TABLE search; --", False),
    ("{{ 7 * 7 }} <script>x</script>", False),
]


@pytest.fixture
def signed_in(client, site):
    """The browser of somebody who may keep searches."""
    client.force_login(factories.make_user("hq_staff"))
    return client


@pytest.fixture
def filled(site, add):
    add.held = True
    add("بودجه", "بودجه شهر")
    add("خبر", "خبر بودجه")
    add("محرمانه", "بودجه محرمانه", tokens=["role:auditor"])
    add.flush()
    return add


def _asked(text: str) -> str:
    """As a browser or a program sends it, be it no text at all."""
    return "q=" + quote(text.encode("utf-8", "surrogatepass"))


def _answers(client: Client, text: str) -> list[str]:
    """What each door says; each must answer."""
    answers = [
        client.get(f"/search/?{_asked(text)}"),
        client.get(f"/search/?{_asked(text)}", headers={"X-Search-Part": "1"}),
        client.get(f"/api/search?{_asked(text)}"),
        client.get(f"/search/suggest?{_asked(text)}"),
        client.get(f"/search/suggest/opensearch?{_asked(text)}"),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    printed = StringIO()
    call_command("search", f" {text}", "--json", stdout=printed)
    return [*(answer.content.decode() for answer in answers), printed.getvalue()]


@pytest.mark.parametrize(
    ("text", "finds"), MALFORMED, ids=lambda value: str(value)[:20].encode("ascii", "ignore").decode()
)
def test_malformed_question_is_answered_at_every_door(client, filled, text, finds):
    said = _answers(client, text)
    total = client.get(f"/api/search?{_asked(text)}").json()["total"]
    assert total == (2 if finds else 0)
    assert not any("محرمانه" in answer for answer in said)
    assert not any("<script>x" in answer for answer in said[:2])


@pytest.mark.parametrize(
    ("text", "finds"), MALFORMED[::4], ids=lambda value: str(value)[:20].encode("ascii", "ignore").decode()
)
def test_malformed_question_is_kept_and_fed(signed_in, filled, text, finds):
    signed_in.post("/search/saved/save/", {"q": text.encode("utf-8", "replace").decode()})
    for saved in SavedSearch.objects.all():
        page = signed_in.post(f"/search/saved/{saved.pk}/", {"act": "feed"})
        assert Client().get(page.context["feed"]).status_code == 200


PIECES = st.sampled_from(
    [
        *'"«»()-|:',
        " ",
        "OR",
        "یا",
        "-",
        "نوع:",
        "از:",
        "تا:",
        "عنوان:",
        "شماره:",
        "بودجه",
        "خبر",
        "۱۳۹۰/۱/۱",
        "\u202e",
        "\x00",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("\ud83d")
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_is_answered_at_every_door(client, filled, settings, text):
    settings.API_RATE_ANONYMOUS = 10_000
    assert not any("محرمانه" in answer for answer in _answers(client, text) if "محرمانه" not in text)
