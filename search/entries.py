"""A record made ready for the index: analysed once, with offsets kept so that highlights need no second pass."""

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from intranet.ui.calendar import jalali_year
from search import phrases
from search.analysis import ALSO, STOP, analyze, fold, keys, registry_numbers
from search.beginnings import beginnings
from search.kinds import KINDS, OTHER, OWN_KIND, code_of
from search.records import SearchRecord


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


def make(record: SearchRecord, main: SearchRecord) -> Entry:
    """The entry of `record`, a passage of the object whose own record is `main`."""
    tokens = [token for token in analyze(record.body) if token.kind != STOP]
    tokens.sort(key=lambda token: token.kind == ALSO)  # other readings of a word stand behind all words
    offsets = array("I", (place for token in tokens for place in (token.start, token.end)))
    titles = [record.title] if record.uid == main.uid else [record.title, main.title]
    title_keys = " ".join(key for title in titles for key in keys(title))
    body_keys = " ".join(token.key for token in tokens)
    numbers = tuple(dict.fromkeys(filter(None, (_canonical(number) for number in record.numbers))))
    number_keys = " ".join(
        dict.fromkeys([*numbers, *(key for number in record.numbers for key in keys(number))])
    )
    # a text within an object is offered for a number of its own alone
    theirs = set() if record.uid == main.uid else set(main.numbers)
    own_numbers = [_canonical(number) for number in record.numbers if number not in theirs]
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
        text=f"{title_keys} {number_keys} {body_keys}",
        body=record.body,
        body_keys=body_keys,
        offsets=offsets.tobytes(),
        meta=json.dumps(meta, ensure_ascii=False),
        title_keys=title_keys,
        title_words=" ".join(filter(None, (fold(word) for word in offered.split()))),
        beginnings=f"{beginnings(offered, own_numbers)} {phrases.beginnings(record.title)}".strip(),
        length=len(record.title),
        numbers=numbers,
        audience=record.audience,
        columns=Columns(
            object=object_number(record.object_uid),
            kind=code_of(counted if counted in KINDS else OTHER),
            body_id=record.body_id or 0,
            organization=record.organization or 0,
            district=record.district or 0,
            status=code_of(record.status) if record.status else 0,
            year=jalali_year(record.date) if record.date else 0,
            day=record.date.toordinal() if record.date else 0,
            language=code_of(record.language),
        ),
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
