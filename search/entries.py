"""A record made ready for the index: analysed once, with offsets kept so that highlights need no second pass."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from intranet.ui.calendar import jalali_year
from search import phrases
from search.analysis import fold, keys, placed, registry_numbers
from search.beginnings import beginnings
from search.kinds import KINDS, OTHER, OWN_KIND, code_of
from search.records import SearchRecord

_json = json.JSONEncoder(ensure_ascii=False).encode
_year = lru_cache(maxsize=4096)(jalali_year)


def object_number(object_uid: str) -> int:
    """A 63-bit number for an object's uid."""
    return int.from_bytes(blake2b(object_uid.encode(), digest_size=8).digest()) >> 1


class Columns(NamedTuple):
    """What a passage is counted and narrowed by, as numbers; 0 for none. `day` is a date's ordinal."""

    object: int
    kind: int
    body_id: int
    organization: int
    district: int
    status: int
    year: int
    day: int
    language: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage of the index. `text` is what is matched; `meta` is what is shown, as JSON.

    `beginnings` are those of what is suggested as one types, `length` the length of its title.
    """

    uid: str
    object_uid: str
    kind: str
    text: str
    body: str
    body_keys: str
    offsets: bytes
    meta: str
    title_keys: str
    title_words: str
    beginnings: str
    length: int
    numbers: tuple[str, ...]
    audience: int
    columns: Columns

    @property
    def digest(self) -> str:
        """A hash of all that the index holds of it."""
        whole = json.dumps(
            [self.kind, self.text, self.body, self.meta, self.title_keys, self.audience, self.columns],
            ensure_ascii=False,
        )
        return blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _canonical(number: str) -> str:
    return "".join([*registry_numbers(number), *keys(number)][:1])


class _Object:
    """What all passages of an object share, worked out once from its own record."""

    def __init__(self, main: SearchRecord) -> None:
        self.main = main
        self.title_keys = keys(main.title)
        self.number = object_number(main.object_uid)
        self._canonical: dict[str, str] = {}
        self._number_keys: dict[tuple[str, ...], str] = {}

    def numbers(self, written: Iterable[str]) -> tuple[str, ...]:
        """These numbers as the index has them, each once."""
        for number in written:
            if number not in self._canonical:
                self._canonical[number] = _canonical(number)
        return tuple(dict.fromkeys(filter(None, (self._canonical[number] for number in written))))

    def number_keys(self, written: tuple[str, ...]) -> str:
        """By which these numbers are found among the words."""
        found = self._number_keys.get(written)
        if found is None:
            parts = (key for number in written for key in keys(number))
            found = self._number_keys[written] = " ".join(dict.fromkeys([*self.numbers(written), *parts]))
        return found


def make(record: SearchRecord, whole: _Object) -> Entry:
    """The entry of `record`, a passage of the object `whole`."""
    main = whole.main
    is_main = record.uid == main.uid
    body_keys, offsets = placed(record.body)
    title_keys = " ".join(whole.title_keys if is_main else [*keys(record.title), *whole.title_keys])
    numbers = whole.numbers(record.numbers)
    # a text within an object is offered for a number of its own alone
    own_numbers = numbers if is_main else set(numbers).difference(whole.numbers(main.numbers))
    offered = record.title if record.uid == record.object_uid else ""
    counted = record.kind if record.kind in OWN_KIND else main.kind
    meta = {
        "title": record.title,
        "title_keys": title_keys,
        "trail": record.trail,
        "url": record.url,
        "kind": record.kind,
        "object_kind": counted,
        "object_title": main.title,
        "object_url": main.url,
        "object_trail": main.trail,
        "date": record.date.isoformat() if record.date else "",
        "district": record.district,
        "status": record.status,
        "language": record.language,
        "numbers": numbers,
    }
    return Entry(
        uid=record.uid,
        object_uid=record.object_uid,
        kind=counted if counted in KINDS else OTHER,
        text=f"{title_keys} {whole.number_keys(record.numbers)} {body_keys}",
        body=record.body,
        body_keys=body_keys,
        offsets=offsets,
        meta=_json(meta),
        title_keys=title_keys,
        title_words=" ".join(filter(None, map(fold, offered.split()))),
        beginnings=f"{beginnings(offered, sorted(own_numbers))} {phrases.beginnings(record.title)}".strip(),
        length=len(record.title),
        numbers=numbers,
        audience=record.audience,
        columns=Columns(
            object=whole.number,
            kind=code_of(counted if counted in KINDS else OTHER),
            body_id=record.body_id or 0,
            organization=record.organization or 0,
            district=record.district or 0,
            status=code_of(record.status) if record.status else 0,
            year=_year(record.date) if record.date else 0,
            day=record.date.toordinal() if record.date else 0,
            language=code_of(record.language),
        ),
    )


def make_all(records: Iterable[SearchRecord]) -> Iterator[Entry]:
    """The entries of one object's records; the object's own record comes first, else the first stands for it."""
    gathered = list(records)
    main = next((record for record in gathered if record.uid == record.object_uid), None)
    if gathered:
        whole = _Object(main or gathered[0])
        yield from (make(record, whole) for record in gathered)
