"""A reader that follows everything it is given: links, sources, forms' addresses, redirects, addresses in data."""

import html
import io
import re
import zipfile
from collections import Counter
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import pypdfium2
from bs4 import BeautifulSoup
from django.db import transaction

# Not within a longer name: `data-w-focus-target-src="…"` is no source. In other attributes what looks like an address.
_GIVEN = re.compile(
    r"""(?<![\w-])(?:(?:href|src|action|formaction|poster)\s*=\s*["']([^"'<>\s#]+)"""
    r"""|(?:data-[\w-]+|content)\s*=\s*["']((?:[/?]|https?:)[^"'<>\s#]*))""",
    re.IGNORECASE,
)
_SRCSET = re.compile(r"""(?<![\w-])srcset\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_IN_DATA = re.compile(r'"((?:https?://[^"<>\s\\]+)?/[^"<>\s\\]*)"')
_IN_XML = re.compile(r"<(?:loc|link|id|guid|url)>([^<]+)</")
# Addresses that end the session, and those of the styles and scripts, which are in the repository for all to read.
_LEFT = re.compile(r"^/static/|/logout/|^/healthz")
_TEXTUAL = ("text/", "application/json", "application/xml", "application/atom+xml", "application/rss+xml",
            "application/problem+json", "application/opensearchdescription+xml")  # fmt: skip
_HERE = ("testserver", "localhost", "localhost:8000")
MOST = 1000  # addresses a reader: more than there are, so that a loop of addresses ends
OF_A_PATH = 1  # address with a question followed at each path: of a list one page, one order, one filter


class Answer:
    """What came back: the letters of its headers and body, what is in a PDF and in an archive too."""

    def __init__(self, response):
        body = b"".join(response) if response.streaming else response.content
        self.status = response.status_code
        self.type = response.get("Content-Type", "")
        self.location = response.get("Location", "")
        self.body = _letters(body, self.type)
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        self.text = unquote(html.unescape(f"{headers}\n{self.body}"))

    def given(self, path):
        """The addresses of this site that the answer names."""
        found = [self.location] if self.location else []
        if "html" in self.type or "json" in self.type:  # the admin's JSON holds HTML
            page = self.body.replace('\\"', '"').replace("\\n", "\n") if "json" in self.type else self.body
            found += [html.unescape(own or other) for own, other in _GIVEN.findall(page)]
            found += [
                part.split()[0]
                for several in _SRCSET.findall(page)
                for part in several.split(",")
                if part.strip()
            ]
            found += _asked_by_forms(page)
        if "html" not in self.type:
            found += [
                html.unescape(address) for address in _IN_DATA.findall(self.body) + _IN_XML.findall(self.body)
            ]
        for address in found:
            parts = urlsplit(urljoin(f"http://testserver{path}", address))
            if parts.scheme in ("http", "https") and parts.netloc in _HERE:
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def _letters(body, media_type):
    if body[:4] == b"%PDF":
        with pypdfium2.PdfDocument(body) as pdf:
            return "\n".join(page.get_textpage().get_text_bounded() for page in pdf) + str(
                pdf.get_metadata_dict()
            )
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(f"{name}\n{_letters(archive.read(name), '')}" for name in archive.namelist())
    return body.decode("utf-8", errors="replace" if media_type.startswith(_TEXTUAL) else "ignore")


def _asked_by_forms(page):
    """What the page's GET forms ask as they stand: their hidden fields, their texts, what is chosen first."""
    if "<form" not in page:
        return
    for form in BeautifulSoup(page, "lxml").find_all("form"):
        if (form.get("method") or "get").lower() != "get":
            continue
        fields = {
            field["name"]: field.get("value") or ""
            for field in form.find_all("input", attrs={"name": True})
            if field.get("type") not in ("checkbox", "radio", "submit", "file")
            and field["name"] != "csrfmiddlewaretoken"
        }
        for field in form.find_all("select", attrs={"name": True}):
            option = field.find("option", attrs={"selected": True}) or field.find("option")
            fields[field["name"]] = (option.get("value") or "") if option else ""
        yield f"{(form.get('action') or '').partition('?')[0]}?{urlencode(fields)}"


def ask(client, path, method="GET"):
    """The answer to one request, with everything it changed undone."""
    with transaction.atomic():
        answer = Answer(client.generic(method, path))
        transaction.set_rollback(True)
    return answer


def crawl(client, starts):
    """Follow everything from `starts`; {address: answer}."""
    answers, asked, waiting = {}, Counter(), list(starts)
    while waiting:
        address = waiting.pop()
        path, _, query = address.partition("?")
        if address in answers or _LEFT.search(path) or asked[path] >= OF_A_PATH:
            continue
        asked[path] += bool(query)
        answers[address] = answer = ask(client, address)
        assert len(answers) < MOST, f"the site has no end: {address}"
        waiting.extend(given for given in answer.given(path) if given not in answers)
    return answers
