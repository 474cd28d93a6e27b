"""What an answer of the site comes to, in one letter."""

from urllib.parse import urlsplit

SEEN = "V"  # it is shown, or done
SIGN_IN = "L"  # sent to sign in
REFUSED = "-"  # 403, or Wagtail's way of saying so: back to the admin's front page
UNKNOWN = "U"  # 401: a program is told to sign in, and not sent to a page
ABSENT = "0"  # 404, 410
ELSEWHERE = "R"  # sent to another page: the act was done, or the address is another's old one
METHOD = "M"  # 405: not by this method
BAD = "B"  # 400: the request lacks what the view needs


def letter(response, path):
    """The letter of `response` to a request for `path`."""
    status = response.status_code
    if status in (301, 302):
        target = urlsplit(response["Location"]).path
        if target in ("/accounts/login/", "/en/accounts/login/"):
            return SIGN_IN
        return REFUSED if target == "/admin/" and path != "/admin/" else ELSEWHERE
    if 200 <= status < 300:
        return SEEN
    return {400: BAD, 401: UNKNOWN, 403: REFUSED, 404: ABSENT, 405: METHOD, 410: ABSENT}[status]
