"""Marking what matched, in the original characters, from the offsets that the index keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from unicodedata import combining

from django.utils.safestring import SafeString, mark_safe

from search.analysis import STOP, analyze, current
from search.engines.base import Candidate

LENGTH = 240
#: What holds the parts of one word together: they are marked as one, so that the letters keep their shapes.
JOINERS = "\u200c\u200d\u0640\u00ad"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    marked: bool = False


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A mark as far as the written word goes: half of «مردم‌نهاد» says little, and its letters would come apart."""
    while start > 0 and _is_of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _is_of_word(text[end]):
        end += 1
    return start, end


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character in JOINERS or bool(combining(character))


def _pieces(text: str, marks: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    place = start
    for mark_start, mark_end in sorted(_whole(text, *mark) for mark in marks):
        if mark_start < place or mark_end > end:
            continue
        between = text[place:mark_start]
        if pieces and pieces[-1].marked and not between.strip(JOINERS):
            pieces[-1] = Piece(pieces[-1].text + between + text[mark_start:mark_end], marked=True)
            place = mark_end
            continue
        if between:
            pieces.append(Piece(between))
        pieces.append(Piece(text[mark_start:mark_end], marked=True))
        place = mark_end
    if place < end:
        pieces.append(Piece(text[place:end]))
    return pieces


def to_html(pieces: list[Piece]) -> SafeString:
    """The pieces escaped, the marked ones in `<mark>`."""
    return mark_safe(  # noqa: S308  (every piece is escaped here)
        "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in pieces)
    )


def to_text(pieces: list[Piece]) -> str:
    """The pieces as plain text."""
    return "".join(piece.text for piece in pieces)


def words(text: str) -> tuple[tuple[int, int, str], ...]:
    """The words of a title: start, end, key."""
    return _words(text, current().lexicon.digest)


@lru_cache(maxsize=4096)
def _words(text: str, _lexicon: str) -> tuple[tuple[int, int, str], ...]:
    """Kept by the lexicon with which they were analysed: titles come again with every search that finds them."""
    return tuple((token.start, token.end, token.key) for token in analyze(text) if token.kind != STOP)


def _marked(keys: Sequence[str], wanted: set[str]) -> list[int]:
    """The places of the keys that are wanted; those of a run only where the whole of it stands."""
    places = {place for place, key in enumerate(keys) if key in wanted}
    for run in (each.split() for each in wanted if " " in each):
        for place, key in enumerate(keys):
            if key == run[0] and list(keys[place : place + len(run)]) == run:
                places.update(range(place, place + len(run)))
    return sorted(places)


def title(text: str, wanted: set[str]) -> list[Piece]:
    """A title with its matching words marked."""
    found = words(text)
    marks = [found[place][:2] for place in _marked([key for _, _, key in found], wanted)]
    return _pieces(text, marks, 0, len(text))


def _window(marks: list[tuple[int, int, str]], length: int) -> int:
    """The first of the marks from which `length` characters hold the most different keys, then the most marks."""
    best, first = (-1, -1), 0
    for index, (start, _, _) in enumerate(marks):
        inside = [key for begin, end, key in marks[index : index + 40] if end - start <= length]
        worth = (len(set(inside)), len(inside))
        if worth > best:
            best, first = worth, index
    return first


def _to_edge(text: str, place: int, step: int, limit: int) -> int:
    """Move a cut to the next space, so that no word is cut; a sentence's end is better and may be near."""
    for moved in range(limit):
        at = place + step * moved
        if at <= 0 or at >= len(text):
            return max(0, min(at, len(text)))
        if text[at].isspace():
            return at
    return place


def snippet(candidate: Candidate, wanted: set[str], length: int = LENGTH) -> list[Piece]:
    """The part of a passage that shows best why it was found, its beginning when nothing in it did."""
    body = candidate.body
    if not body:
        return []
    keys = candidate.body_keys
    # where a run stands nowhere whole, half of it is why the passage was found
    places = _marked(keys, wanted) or _marked(keys, {key for run in wanted for key in run.split()})
    marks = sorted(  # other readings stand behind all words
        (*span, keys[place]) for span, place in zip(candidate.spans(places), places, strict=True)
    )
    start = 0
    if marks:
        first = marks[_window(marks, length)]
        start = max(0, first[0] - length // 4)
        dot = max(body.rfind(sign, start, first[0]) for sign in ".؛؟\n")
        start = dot + 1 if dot >= 0 else _to_edge(body, start, 1, 30) if start else 0
    end = _to_edge(body, min(len(body), start + length), -1, 30) if start + length < len(body) else len(body)
    while start < end and body[start].isspace():
        start += 1
    pieces = _pieces(body, [(begin, stop) for begin, stop, _ in marks], start, end)
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(body):
        pieces.append(Piece(" …"))
    return pieces
