"""The description of the API (OpenAPI 3.1), written by hand beside the view; a test holds the answers against it."""

from typing import Any

from search.fields import LANGUAGES
from search.kinds import KINDS, STATUSES
from search.narrowing import RELEVANCE, SORTS

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}


def _parameter(name: str, says: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": says, "schema": schema, **more}


def _several(name: str, says: str, items: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "array", "items": items}
    return _parameter(name, f"{says} Of several, any.", schema, style="form", explode=True)


PARAMETERS = [
    _parameter(
        "q",
        "The question, in any spelling: words, “a phrase”, −without, either | other, field words "
        "(نوع: منطقه: نهاد: سازمان: شماره: عنوان: از: تا: or kind: district: body: organisation: "
        "number: title: from: to:). A body or organisation is named by "
        "one word of its name, or by several in quotation marks. What is malformed is read as plain words.",
        TEXT | {"maxLength": 500},
        example="آیین‌نامه مشارکت",
    ),
    _several("kind", "Kinds of text.", TEXT | {"enum": sorted(KINDS)}),
    _several("district", "Numbers of districts.", {"type": "integer", "minimum": 1}),
    _several("year", "Jalali years.", {"type": "integer", "minimum": 1300}),
    _several("body", "Numbers of councils, committees and the like, from the facet.", {"type": "integer"}),
    _several("organization", "Numbers of organisations, from the facet.", {"type": "integer"}),
    _several("status", "Statuses of texts.", TEXT | {"enum": sorted(STATUSES)}),
    _several("language", "Languages of texts.", TEXT | {"enum": sorted(LANGUAGES)}),
    _parameter(
        "from", "The first day: a Jalali day, month or year, or an ISO day.", TEXT, example="1390/05/01"
    ),
    _parameter("to", "The last day.", TEXT, example="1390/05/31"),
    _parameter("sort", "The order.", TEXT | {"enum": list(SORTS), "default": RELEVANCE}),
    _parameter("page", "Which page of results.", {"type": "integer", "minimum": 1, "default": 1}),
    _parameter("size", "Results on a page.", {"type": "integer", "minimum": 1, "maximum": 50, "default": 10}),
]

HIT = {
    "type": "object",
    "required": ["title", "url", "kind", "snippet", "passage", "object_url", "highlighted", "passages"],
    "properties": {
        "title": TEXT | {"description": "The title of the text that was found."},
        "url": TEXT | {"description": "Path of the best passage, with its fragment (#art_5__proviso_2)."},
        "kind": TEXT,
        "weaker": {"type": "boolean", "description": "Whether it has only some of the words."},
        "snippet": TEXT | {"description": "The sentence that shows why, as plain text."},
        "highlighted": TEXT | {"description": "The same as HTML: escaped, with <mark>."},
        "passage": TEXT | {"description": "The title of the passage; empty when the text itself was found."},
        "object_url": TEXT | {"description": "Path of the whole text."},
        "date": TEXT | {"description": "YYYY-MM-DD (Gregorian), or empty."},
        "district": {"type": ["integer", "null"]},
        "numbers": {"type": "array", "items": TEXT, "description": "Registry numbers, in ASCII digits."},
        "passages": {
            "type": "array",
            "description": "Other places in the same text.",
            "items": {
                "type": "object",
                "required": ["title", "url"],
                "properties": {"title": TEXT, "url": TEXT},
            },
        },
    },
}

RESULTS = {
    "type": "object",
    "required": ["query", "total", "page", "hits", "facets"],
    "properties": {
        "query": TEXT,
        "total": COUNT | {"description": "Texts that match well enough, of those the reader may see."},
        "weaker_total": COUNT | {"description": "Texts that have only some of the words; they come last."},
        "page": {"type": "integer", "minimum": 1},
        "hits": {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}},
        "facets": {
            "type": "object",
            "description": "How many texts each value of a filter would leave, all other filters in force.",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["value", "count"],
                    "properties": {"value": {"type": ["string", "integer"]}, "label": TEXT, "count": COUNT},
                },
            },
        },
    },
}

PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457); `detail` in Persian or English, by Accept-Language.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
    },
}


def _problem(says: str, **headers: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": says,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if headers:
        answer["headers"] = {
            name.replace("_", "-"): {"description": text, "schema": TEXT} for name, text in headers.items()
        }
    return answer


def description(address: str) -> dict[str, Any]:
    """The whole description; `address` is where the site answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Search of the NGO headquarters' intranet",
            "version": "1",
            "description": "Finds what the reader may see: public texts for everybody, more for a session of the "
            "site or a personal token (made on the page of one's account).",
        },
        "servers": [{"url": address}],
        "security": [{}, {"token": []}, {"session": []}],
        "paths": {
            "/api/search": {
                "get": {
                    "operationId": "search",
                    "summary": "Search",
                    "parameters": PARAMETERS,
                    "responses": {
                        "200": {
                            "description": "One page of results.",
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/Results"}}
                            },
                        },
                        "401": _problem(
                            "The token is not in force.", WWW_Authenticate="What would be accepted."
                        ),
                        "405": _problem("Another method than GET.", Allow="The methods."),
                        "429": _problem("Asked too often.", Retry_After="Seconds to wait."),
                        "503": _problem(
                            "The engine does not answer at the moment.", Retry_After="Seconds to wait."
                        ),
                    },
                }
            },
        },
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            },
            "schemas": {"Results": RESULTS, "Hit": HIT, "Problem": PROBLEM},
        },
    }
