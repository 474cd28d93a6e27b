"""Personal values under a key per person: with the key's end they cannot be read, and the chain still verifies.

The chain hashes what is stored, which is the sealed form. A sealed value is text: `sealed:1:<key number>:<base64>`,
AES-256-GCM over the value's JSON with a nonce of its own, the key's number as associated data.
"""

import base64
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_MARK = "sealed:1:"
_NONCE = 12


class PersonKey(models.Model):
    """The key of one person's values. Removing it is how they are erased."""

    person = models.CharField(gettext_lazy("person"), max_length=120, unique=True)
    secret = models.BinaryField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.person


@dataclass(frozen=True, slots=True)
class Personal:
    """A value in an event's detail that is about `person`, and goes when he is forgotten."""

    person: Any
    value: Any


_person_of: dict[str, Callable[[Any], Any]] = {}


def register(label: str, person_of: Callable[[Any], Any]) -> None:
    """Say whom rows of the model `label` (`app.Model`) are about: `person_of(row)` is a person's row or None.

    Names and details of acts on such rows are sealed with that person's key. Call it from `AppConfig.ready()`.
    """
    _person_of[label] = person_of


def subject_of(row: Any) -> str | None:
    """The name under which the key of the person that `row` is about is kept; None when it is about nobody."""
    if row is None or getattr(row, "pk", None) is None or not hasattr(row, "_meta"):
        return None
    label = row._meta.label
    if label == settings.AUTH_USER_MODEL:
        return f"{label}:{row.pk}"
    if label not in _person_of:
        return None
    person = _person_of[label](row)
    if person is None:
        return None
    return f"{label}:{row.pk}" if person is row else subject_of(person)


def sealed_with(key: int, secret: bytes, value: Any) -> str:
    """`value` (JSON) sealed with the key of number `key`."""
    nonce = os.urandom(_NONCE)
    plain = json.dumps(value, ensure_ascii=False).encode()
    content = nonce + AESGCM(secret).encrypt(nonce, plain, str(key).encode())
    return f"{_MARK}{key}:{base64.b64encode(content).decode()}"


def _parted(stored: str) -> tuple[int, bytes]:
    key, _colon, content = stored.removeprefix(_MARK).partition(":")
    return int(key), base64.b64decode(content)


def is_sealed(stored: Any) -> bool:
    """Whether `stored` is a sealed value."""
    return isinstance(stored, str) and stored.startswith(_MARK)


def _escaped(value: Any) -> Any:
    """`value` so that nobody's own text is taken for a sealed one."""
    return f" {value}" if is_sealed(value) else value


class Sealer:
    """Seals the values of one event; asks once for each person's key, and makes those that are missing."""

    def __init__(self) -> None:
        self._keys: dict[str, PersonKey] = {}

    def _key(self, subject: str) -> PersonKey:
        if subject not in self._keys:
            self._keys[subject], _made = PersonKey.objects.get_or_create(
                person=subject, defaults={"secret": AESGCM.generate_key(256)}
            )
        return self._keys[subject]

    def seal(self, subject: str | None, value: Any) -> Any:
        """`value` sealed for `subject`; as it is when it is about nobody, or is empty."""
        if subject is None or value in ("", None, {}):
            return _escaped(value)
        key = self._key(subject)
        return sealed_with(key.pk, bytes(key.secret), value)

    def detail(self, subject: str | None, detail: Mapping[str, Any]) -> Any:
        """An event's detail: sealed as a whole when its target is a person, else each `Personal` in it."""
        if subject is not None:
            return self.seal(subject, _plain(detail))
        return self._within(detail)

    def _within(self, value: Any) -> Any:
        if isinstance(value, Personal):
            subject = subject_of(value.person)
            if subject is None and value.person is not None:
                raise TypeError(f"{value.person!r} is not known to be a person: `sealing.register` its model")
            return self.seal(subject, value.value)
        if isinstance(value, Mapping):
            return {key: self._within(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._within(inner) for inner in value]
        return _escaped(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Personal):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


class Keys:
    """Opens sealed values; asks for each key once, or for those of many events together."""

    def __init__(self) -> None:
        self._secrets: dict[int, bytes | None] = {}

    def fetch(self, stored: Iterable[Any]) -> None:
        """Ask for the keys of all sealed values in `stored`: one query."""
        missing = {number for value in stored for number in _numbers(value)} - self._secrets.keys()
        if missing:
            self._secrets.update(dict.fromkeys(missing))
            found = PersonKey.objects.filter(pk__in=missing).values_list("pk", "secret")
            self._secrets.update({number: bytes(secret) for number, secret in found})

    def opened(self, stored: Any) -> Any:
        """`stored` with every sealed value opened; what is erased says so."""
        self.fetch([stored])
        return self._opened(stored)

    def _opened(self, stored: Any) -> Any:
        if is_sealed(stored):
            number, content = _parted(stored)
            secret = self._secrets.get(number)
            if secret is None:
                return _("(erased)")
            try:
                plain = AESGCM(secret).decrypt(content[:_NONCE], content[_NONCE:], str(number).encode())
            except InvalidTag:
                return _("(unreadable)")
            return json.loads(plain)
        if isinstance(stored, dict):
            return {key: self._opened(inner) for key, inner in stored.items()}
        if isinstance(stored, list):
            return [self._opened(inner) for inner in stored]
        return stored


def _numbers(stored: Any) -> set[int]:
    if is_sealed(stored):
        return {_parted(stored)[0]}
    if isinstance(stored, dict):
        stored = list(stored.values())
    if isinstance(stored, list):
        return {number for inner in stored for number in _numbers(inner)}
    return set()


def open_together(events: Iterable[Any]) -> list[Any]:
    """The events, which from now on share the keys that open them: one query for all."""
    rows, keys = list(events), Keys()
    keys.fetch(value for row in rows for value in (row.actor_sealed, row.target_sealed, row.detail_sealed))
    for row in rows:
        row.keys = keys
    return rows
