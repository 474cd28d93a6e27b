"""What an edit of a page changed, field by field, for the record: before and after, large texts as what differs."""

import hashlib
import json
import re
from difflib import unified_diff
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from organizations.changes import difference

SHORT = 200  # letters: what is longer, or is a list, is told by its digest and by the lines that differ
LONGEST_DIFFERENCE = 2000  # letters
_LONGEST_LINE = 300

# Wagtail's own book-keeping, and the notes beside a text, which are no part of it.
_NOT_OF_THE_TEXT = frozenset(
    {
        "alias_of", "content_type", "depth", "draft_title", "expired", "first_published_at",
        "has_unpublished_changes", "last_published_at", "latest_revision", "latest_revision_created_at", "live",
        "live_revision", "locked", "locked_at", "locked_by", "numchild", "path", "pk", "translation_key", "url_path",
        "wagtail_admin_comments",
    }
)  # fmt: skip
_END_OF_BLOCK = re.compile(r"(</(?:p|h[1-6]|li|blockquote|tr)>)")


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Of each field that is not the same, `{"before": …, "after": …}`, and for a large one `"difference"` too.

    `before` and `after` are what revisions hold. Of a large value `before` and `after` are its length and SHA-256.
    """
    found = difference(_text_of(before), _text_of(after))
    return {name: _shortened(change["before"], change["after"]) for name, change in found.items()}


def _text_of(content: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return {name: value for name, value in plain.items() if name not in _NOT_OF_THE_TEXT}


def _shortened(before: Any, after: Any) -> dict[str, Any]:
    if _is_short(before) and _is_short(after):
        return {"before": before, "after": after}
    return {"before": _digest(before), "after": _digest(after), "difference": _difference(before, after)}


def _is_short(value: Any) -> bool:
    return not isinstance(value, list | dict) and (not isinstance(value, str) or len(value) <= SHORT)


def _digest(value: Any) -> dict[str, Any]:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return {"length": len(words), "sha256": hashlib.sha256(words.encode()).hexdigest()}


def _difference(before: Any, after: Any) -> str:
    lines = list(unified_diff(_lines(before), _lines(after), lineterm="", n=0))[2:]
    told = "\n".join(line[:_LONGEST_LINE] for line in lines if not line.startswith("@@"))
    return told if len(told) <= LONGEST_DIFFERENCE else told[:LONGEST_DIFFERENCE] + "…"


def _unnumbered(row: Any) -> Any:
    """A block without its number: that of an unchanged one may be another."""
    return {name: inner for name, inner in row.items() if name != "id"} if isinstance(row, dict) else row


def _lines(value: Any) -> list[str]:
    """A value as lines that can be told apart: a paragraph, a block or a row each."""
    if isinstance(value, str):
        try:
            blocks = json.loads(value)  # a stream of blocks
        except ValueError:
            return _END_OF_BLOCK.sub("\\1\n", value).splitlines()
        value = blocks if isinstance(blocks, list) else [blocks]
    if isinstance(value, list):
        return [json.dumps(_unnumbered(row), ensure_ascii=False, sort_keys=True) for row in value]
    return [] if value is None else [json.dumps(value, ensure_ascii=False)]
