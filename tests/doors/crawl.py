"""A reader that follows everything it is given: links, sources, forms' addresses, redirects, addresses in JSON."""

import html
import re
from urllib.parse import unquote, urljoin, urlsplit

from django.db import transaction

_GIVEN = re.compile(
    r"""(?:href|src|action|formaction|data-[\w-]*url|content)\s*=\s*["']([^"'<>\s]+)["']""", re.IGNORECASE
)
_IN_DATA = re.compile(r'"(/[^"<>\s\\]*)"')
_LOCATIONS = re.compile(r"<loc>([^<]+)</loc>|<link[^>]*href=\"([^\"]+)\"")
# Addresses that end the session, or are another copy of the same page.
_LEFT = re.compile(r"^/(static|media)/|/logout/|^/healthz|[?&](p|page|ordering|sort|next|locale|tag)=")
_TEXTUAL = ("text/", "application/json", "application/xml", "application/atom+xml", "application/rss+xml",
            "application/problem+json", "application/opensearchdescription+xml")  # fmt: skip
MOST = 1500  # addresses a reader: more than there are, so that a loop of addresses ends


class Answer:
    """What came back: the letters of its body, headers and address, as text."""

    def __init__(self, response):
        body = b"".join(response) if response.streaming else response.content
        self.status = response.status_code
        self.type = response.get("Content-Type", "")
        self.location = response.get("Location", "")
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        text = body.decode("utf-8", errors="replace") if self.type.startswith(_TEXTUAL) else str(body)
        self.body = text
        self.text = unquote(f"{headers}\n{text}")

    def given(self, path):
        """The addresses of this site that the answer names."""
        found = [self.location] if self.location else []
        found += _GIVEN.findall(self.body)
        if "json" in self.type or "xml" in self.type:
            found += _IN_DATA.findall(self.body)
            found += [address for pair in _LOCATIONS.findall(self.body) for address in pair if address]
        for address in found:
            parts = urlsplit(urljoin(f"http://testserver{path}", html.unescape(address)))
            if parts.scheme in ("http", "https") and parts.netloc in (
                "testserver",
                "localhost",
                "localhost:8000",
            ):
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def ask(client, path, method="GET"):
    """The answer to one request, with everything it changed undone."""
    with transaction.atomic():
        answer = Answer(client.generic(method, path))
        transaction.set_rollback(True)
    return answer


def crawl(client, starts):
    """Follow everything from `starts`; {address: answer}."""
    answers, waiting = {}, list(dict.fromkeys(starts))
    while waiting and len(answers) < MOST:
        path = waiting.pop()
        if path in answers or _LEFT.search(path):
            continue
        answers[path] = answer = ask(client, path)
        waiting.extend(given for given in answer.given(path) if given not in answers)
    return answers
