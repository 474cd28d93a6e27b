"""A record made ready for the index: analysed once, with offsets kept so that highlights need no second pass."""

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from intranet.ui.calendar import jalali_year
from search.analysis import STOP, analyze, fold, keys
from search.kinds import KINDS, OTHER, code_of
from search.records import SearchRecord


def object_number(object_uid: str) -> int:
    """A 63-bit number for an object's uid."""
    return int.from_bytes(blake2b(object_uid.encode(), digest_size=8).digest()) >> 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage of the index. `text` is what is matched; `meta` is what is shown, as JSON."""

    uid: str
    object_uid: str
    kind: str
    text: str
    body: str
    body_keys: str
    offsets: bytes
    meta: str
    title_words: str
    numbers: tuple[str, ...]
    audience: int
    district: int
    year: int

    @property
    def kind_code(self) -> int:
        """The number of its object's kind."""
        return code_of(self.kind)

    @property
    def digest(self) -> str:
        """A hash of all that the index holds of it."""
        whole = json.dumps(
            [self.kind, self.text, self.body, self.meta, self.audience, self.district, self.year],
            ensure_ascii=False,
        )
        return blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _canonical(number: str) -> str:
    return "".join(keys(number)[:1])


def make(record: SearchRecord, main: SearchRecord) -> Entry:
    """The entry of `record`, a passage of the object whose own record is `main`."""
    tokens = [token for token in analyze(record.body) if token.kind != STOP]
    offsets = array("I", (place for token in tokens for place in (token.start, token.end)))
    titles = [record.title] if record.uid == main.uid else [record.title, main.title]
    title_keys = " ".join(key for title in titles for key in keys(title))
    body_keys = " ".join(token.key for token in tokens)
    numbers = tuple(dict.fromkeys(filter(None, (_canonical(number) for number in record.numbers))))
    number_keys = " ".join(key for number in record.numbers for key in keys(number))
    meta = {
        "title": record.title,
        "title_keys": title_keys,
        "trail": record.trail,
        "url": record.url,
        "kind": record.kind,
        "object_kind": main.kind,
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
        kind=main.kind if main.kind in KINDS else OTHER,
        text=f"{title_keys} {number_keys} {body_keys}",
        body=record.body,
        body_keys=body_keys,
        offsets=offsets.tobytes(),
        meta=json.dumps(meta, ensure_ascii=False),
        title_words=" ".join(filter(None, (fold(word) for word in main.title.split()))),
        numbers=numbers,
        audience=record.audience,
        district=record.district or 0,
        year=jalali_year(record.date) if record.date else 0,
    )


def make_all(records: Iterable[SearchRecord]) -> Iterator[Entry]:
    """The entries of one object's records; the object's own record comes first, else the first stands for it."""
    gathered = list(records)
    main = next((record for record in gathered if record.uid == record.object_uid), None)
    for record in gathered:
        yield make(record, main or gathered[0])


def spans(offsets: bytes) -> list[tuple[int, int]]:
    """The (start, end) of each key of a body."""
    places = array("I")
    places.frombytes(offsets)
    flat: list[Any] = list(places)
    return list(zip(flat[::2], flat[1::2], strict=True))
