"""An event's detail as lines that people read."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_LONGEST = 600
_WORDS = {
    "before": gettext_lazy("before"),
    "after": gettext_lazy("after"),
    "changed": gettext_lazy("changed"),
    "reason": gettext_lazy("reason"),
    "comment": gettext_lazy("comment"),
    "difference": gettext_lazy("what differs"),
    "facts": gettext_lazy("facts"),
    "length": gettext_lazy("letters"),
    "sha256": gettext_lazy("checksum"),
    "roles": gettext_lazy("roles"),
    "name": gettext_lazy("name"),
    "to": gettext_lazy("to whom"),
    "step": gettext_lazy("step"),
    "revision": gettext_lazy("revision"),
    "number": gettext_lazy("number"),
    "size": gettext_lazy("size"),
    "substitute": gettext_lazy("substitute"),
    "in_place_of": gettext_lazy("in place of"),
    "until": gettext_lazy("valid until"),
    "language": gettext_lazy("language"),
    "outcome": gettext_lazy("outcome"),
    "format": gettext_lazy("format"),
    "asked": gettext_lazy("what was asked"),
    "address": gettext_lazy("address"),
}


def lines(detail: Any, target_type: str = "") -> list[tuple[str, str]]:
    """(what, value) for each value within `detail`; names of fields as the model calls them."""
    if not isinstance(detail, dict):
        return [(_("detail"), _said(detail))] if detail else []
    return list(_lines(detail, _fields(target_type), ()))


def _lines(value: Any, fields: dict[str, str], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _lines(inner, fields, (*path, _word(str(key), fields)))
    elif isinstance(value, list) and len(value) == 2 and len(path) > 1:  # a field's value before and after
        yield " ‹ ".join(path), f"{_said(value[0])} ← {_said(value[1])}"
    else:
        yield " ‹ ".join(path), _said(value)


def _said(value: Any) -> str:
    if isinstance(value, dict) and "name" in value:
        return str(value["name"])
    if isinstance(value, list):
        return "، ".join(_said(inner) for inner in value) or "—"
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _word(key: str, fields: dict[str, str]) -> str:
    return fields.get(key) or str(_WORDS.get(key, key))


def _fields(target_type: str) -> dict[str, str]:
    try:
        model = apps.get_model(target_type)
    except (LookupError, ValueError):
        return {}
    return {
        field.name: force_str(field.verbose_name)
        for field in model._meta.get_fields()
        if hasattr(field, "verbose_name") and field.name not in _WORDS
    }
