"""How often somebody may search, ask for copies or send files; sign-in, the API and exports count by themselves.

Searching is reading, and a reading path writes nothing if it can: each process counts for itself and asks the database
(`intranet.accounts.limits`), where all processes count together, at every `STEP`th request alone. So a limit holds
over all processes to within `STEP` requests a process.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from intranet.accounts.api import too_many
from intranet.accounts.limits import Rate, address_of, wait_of, window_of
from intranet.ui.problems import is_for_programs

STEP = 10
_MOST_ORIGINS = 10_000


@dataclass(frozen=True, slots=True)
class Rule:
    """Requests of these methods to these addresses, counted under `scope`."""

    scope: str
    methods: frozenset[str]
    path: re.Pattern[str]
    anonymous: Rate | None
    signed_in: Rate
    step: int = 1
    counts: Callable[[HttpRequest], bool] = lambda request: True


_NEW_COMMENT = re.compile(r"comments-\d+-(replies-\d+-)?text")


def holds_new_comment(request: HttpRequest) -> bool:
    """Whether a form of Wagtail's page editor brings a remark, or a reply to one, that is not stored yet."""
    said = request.POST
    return any(
        _NEW_COMMENT.fullmatch(name) and str(value).strip() and not said.get(f"{name.removesuffix('text')}id")
        for name, value in said.items()
    )


def rules() -> list[Rule]:
    """What is limited, by the settings."""
    return _rules(
        (settings.SEARCH_RATE_ANONYMOUS, settings.SEARCH_RATE_SIGNED_IN),
        settings.UPLOAD_RATE,
        settings.COMMENT_RATE,
        settings.VERIFY_RATE,
        (settings.PDF_RATE_ANONYMOUS, settings.PDF_RATE_SIGNED_IN),
    )


@lru_cache(maxsize=8)
def _rules(
    searches: tuple[int, int],
    uploads: int,
    comments: int,
    checks: int,
    copies: tuple[int, int],
) -> list[Rule]:
    return [
        Rule(
            "search",
            frozenset({"GET", "HEAD"}),
            re.compile(r"^/(en/)?search/(suggest.*)?$"),
            Rate(searches[0]),
            Rate(searches[1]),
            STEP,
        ),
        Rule(
            "upload",
            frozenset({"POST"}),
            re.compile(
                r"^/admin/(documents|images)/(multiple/)?(add|chooser/create|\d+/edit|edit/\d+|\d+)/"
                r"|^/(en/)?(ngo/\d+/(folders/\d+/|people/(invite|hand-over)/)?|members/\d+/documents/add/)$"
            ),
            None,
            Rate(uploads, 600),
        ),
        Rule(
            "verify",
            frozenset({"GET", "HEAD", "POST"}),
            re.compile(r"^/(en/)?verify/"),
            Rate(checks, 600),
            Rate(checks, 600),
        ),
        Rule(
            "pdf",
            frozenset({"GET", "HEAD"}),
            re.compile(r"^/(en/)?pdf/"),
            Rate(copies[0]),
            Rate(copies[1]),
            STEP,
        ),
        Rule(
            "comment",
            frozenset({"POST"}),
            re.compile(r"^/(en/)?ngo/(threads/\d+|\d+/threads/new)/$"),
            None,
            Rate(comments, 600),
        ),
        Rule(
            "comment",
            frozenset({"POST"}),
            re.compile(r"^/admin/pages/(\d+/edit|add/\w+/\w+/\d+)/$"),
            None,
            Rate(comments, 600),
            counts=holds_new_comment,
        ),
    ]


class Throttle:
    """Answers 429 with the seconds to wait to whoever asks too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.seen: dict[tuple[str, str], tuple[int, int]] = {}
        self.closed: dict[tuple[str, str], int] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count, and go on or refuse."""
        for rule in rules():
            if request.method in rule.methods and rule.path.match(request.path_info) and rule.counts(request):
                wait = self._wait(rule, request)
                if wait and is_for_programs(request):
                    return too_many(wait)
                if wait:
                    answer = render(request, "429.html", {"seconds": wait}, status=429)
                    answer.headers["Retry-After"] = str(wait)
                    return answer
        return self.get_response(request)

    def _wait(self, rule: Rule, request: HttpRequest) -> int:
        user = request.user
        known = user.is_authenticated
        origin = f"user:{user.pk}" if known else address_of(request)
        rate = rule.signed_in if known else rule.anonymous
        if rate is None:
            return 0  # they are sent to sign in
        window, left = window_of(rate)
        key = (rule.scope, origin)
        if self.closed.get(key) == window:
            return left
        began, count = self.seen.get(key, (window, 0))
        count = count + 1 if began == window else 1
        if len(self.seen) > _MOST_ORIGINS:
            self.seen.clear()
            self.closed.clear()
        self.seen[key] = (window, count)
        if count % rule.step:
            return 0
        wait = wait_of(rule.scope, origin, Rate(rate.limit // rule.step, rate.seconds))
        if wait:
            self.closed[key] = window
        return wait
