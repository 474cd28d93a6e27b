"""The desk (میز کار)."""

from django.http import HttpRequest, HttpResponse


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


substitutions = end_substitution = read_notices = open_notice = desk
