"""Each reader follows all he is given and tries all that others were given: none meets a word that is not his to see.

It takes minutes; `make access-table` prints how many addresses each reader was given.
"""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from weasyprint import HTML

from intranet.outbox.actions import drain
from pages.members.models import MemberPage
from search import indexing
from tests.doors import scene as scenes
from tests.doors.canaries import NOBODY, SIGNED_IN, Canary, leaks, made_up, plant
from tests.doors.crawl import Answer, ask, crawl
from tests.doors.readers import READERS, make_reader

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file in which it draws a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*:ResourceWarning"),
    # wagtail-localize 1.14 pages its report of translations in no order.
    pytest.mark.filterwarnings(
        "ignore:Pagination may yield:django.core.paginator.UnorderedObjectListWarning"
    ),
]

FRONTS = ("/", "/en/", "/sitemap.xml", "/feeds/decisions/", "/desk/", "/ngo/", "/audit/", "/admin/")


@pytest.fixture
def planted(site, media, settings):
    settings.SEARCH_RATE_SIGNED_IN = settings.SEARCH_RATE_ANONYMOUS = 10**9
    scene = scenes.build()
    scene.canaries = plant(scene)
    indexing.rebuild()
    for consumer in ("documents.pdf-queue", "documents.pdf"):
        drain(consumer)  # what is on paper is met too
    return scene


def client_as(reader, scene):
    client = Client()
    user = make_reader(reader, scene)
    if user is not None:
        client.force_login(user)
    return client


def test_crawl_no_reader_meets_what_is_not_his(planted, capsys):
    clients = {reader: client_as(reader, planted) for reader in READERS}
    given, found, met = {}, [], set()
    for reader in READERS:
        answers = crawl(clients[reader], FRONTS)
        given[reader] = set(answers)
        for address, answer in answers.items():
            found += leaks(planted.canaries, reader, answer, address)
            met |= {(canary.what, reader) for canary in planted.canaries if canary.met_in(answer, address)}
    everything = set().union(*given.values())
    for reader in READERS:
        for address in sorted(everything - given[reader]):
            found += leaks(planted.canaries, reader, ask(clients[reader], address), address)
    assert found == [], "\n".join(found)
    looked_for = {
        (canary.what, name) for canary in planted.canaries for name in READERS if canary.letter(name) == "+"
    }
    assert looked_for - met == set(), "the crawl looks in the wrong places"
    report({reader: (len(given[reader]), len(everything - given[reader])) for reader in READERS}, capsys)


def report(counts, capsys):
    """Say how many addresses each reader was given and tried; for `make access-table` too."""
    with capsys.disabled():
        print("\naddresses given and tried, and others' tried:", json.dumps(counts))
    if folder := os.environ.get("DOORS_OUT"):
        Path(folder, "crawl.json").write_text(json.dumps(counts))


# What asks for a word: whether a hidden text has it is not to be told from the answer, by a count or otherwise.
SEARCHES = (
    "/search/?q={}", "/api/search?q={}", "/search/suggest?q={}", "/search/suggest/opensearch?q={}",
    "/admin/pages/search/?q={}", "/admin/choose-page/search/?q={}", "/admin/documents/?q={}", "/admin/images/?q={}",
    "/admin/documents/chooser/results/?q={}", "/admin/images/chooser/results/?q={}", "/admin/reports/workflow/?q={}",
    "/admin/api/main/pages/?search={}", "/ngo/shared/?q={}", "/audit/?target={}", "/bylaws/?q={}", "/meetings/?q={}",
)  # fmt: skip
HIDDEN = ("member", "draft", "private_file", "private picture")
OUTSIDERS = ("anonymous", "member_other", "secretary_other", "editor", "administrator")


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_search_for_what_is_hidden_answers_as_for_what_is_not_there(reader, planted):
    client, told = client_as(reader, planted), []

    def lines(form, word):
        client.cookies.pop("messages", None)  # what the answer before had to say
        answer = ask(client, form.format(word))
        said = answer.text.replace(word, "…").split("\n")
        return [str(answer.status), *(line for line in said if not line.startswith("Expires: "))]

    for form in SEARCHES:
        empty, again = (lines(form, made_up(word)) for word in ("nothing", "nothing either"))
        assert len(empty) == len(again)
        fresh = {place for place, line in enumerate(empty) if again[place] != line}  # tokens of the form
        for canary in planted.canaries:
            if canary.letter(reader) == "." and canary.what in HIDDEN:
                said = lines(form, canary.word)
                same = len(said) == len(empty)
                told += [
                    f"{form.format(canary.word)}: {canary.what}: {said[place]} for {line}"
                    for place, line in enumerate(empty[: len(said)])
                    if place not in fresh and said[place] != line
                ]
                told += [] if same else [f"{form.format(canary.word)}: {canary.what}: another length"]
    assert told == [], "\n".join(told)


def test_crawl_catches_a_list_that_asks_nobody(planted, monkeypatch):
    monkeypatch.setattr("pages.members.models.readable_members", lambda page, user: MemberPage.objects.live())
    answers = crawl(client_as("member_other", planted), ["/members/"])
    found = [
        leak
        for address in answers
        for leak in leaks(planted.canaries, "member_other", answers[address], address)
    ]
    assert any("«member»" in leak and "/members/ (200)" in leak for leak in found)


def test_answer_shows_what_is_in_headers_archives_and_pdfs():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("qaaa.txt", "qbbb")
    pdf = HTML(string="<title>qccc</title><p>qddd").write_pdf()
    answers = [
        Answer(HttpResponse("", headers={"Content-Disposition": "inline; filename*=utf-8''%71eee.txt"})),
        Answer(HttpResponse(packed.getvalue(), content_type="application/zip")),
        Answer(StreamingHttpResponse([pdf], content_type="application/pdf")),
        Answer(HttpResponse('{"title": "qfff"}', content_type="application/json", status=404)),
    ]
    words = ("qaaa", "qbbb", "qccc", "qddd", "qeee", "qfff")
    met = [[word for word in words if Canary("x", word, "none", NOBODY).met_in(answer)] for answer in answers]
    assert met == [["qeee"], ["qaaa", "qbbb"], ["qccc", "qddd"], ["qfff"]]


def test_leak_is_a_word_that_the_reader_did_not_say_himself():
    canary, answer = Canary("x", "qaaa", "qbbb", NOBODY), Answer(HttpResponse("nothing for qaaa"))
    assert leaks([canary], "editor", answer, "/search/?q=qaaa") == []
    assert leaks([canary], "editor", answer, "/search/?q=qbbb") == [
        "editor meets «x» at /search/?q=qbbb (200)"
    ]
    assert leaks([Canary("x", "qaaa", "qbbb", SIGNED_IN)], "editor", answer, "/") == []


def test_crawl_follows_links_sources_forms_and_data():
    page = """<a href="/a/" data-w-focus-target-src="w-focus"><img srcset="/b/ 1x, /c/ 2x" src='d/'>
        <form action="/e/"><input name="q" value="1"><select name="s"><option value="2"></select></form>
        <form method="post" action="/f/"></form><div data-list-url="/g/?p=2"></div><meta content="noindex">
        <a href="https://elsewhere.invalid/h/">"""
    given = set(Answer(HttpResponse(page)).given("/top/"))
    assert given == {"/a/", "/b/", "/c/", "/top/d/", "/e/", "/e/?q=1&s=2", "/f/", "/g/?p=2"}
    data = HttpResponse(
        '{"url": "http://testserver/i/", "html": "<a href=\\"/j/\\">"}', content_type="application/json"
    )
    assert {"/i/", "/j/"} <= set(Answer(data).given("/top/"))
    assert list(Answer(HttpResponse(status=302, headers={"Location": "/k/"})).given("/top/")) == ["/k/"]
