"""A text with an amendment carried out: words replaced, a provision rewritten, added or struck. Plain Python.

Only the places that the amendment names are touched. What comes out is read again, and refused where the change would
make another provision of the text be read differently.
"""

from bisect import bisect_right

from documents.structure.provisions import ParsedProvision, ParsedText, parse
from documents.structure.shades import shaded

STRUCK = {"repeal": "نسخ شد.", "delete": "حذف شد."}


class UnfitAmendment(Exception):  # noqa: N818 - it reads as what it is
    """An amendment that does not fit its text; `code` says why, `values` fill in the sentence.

    `no_provision` (eid) · `no_words` · `not_found` (words) · `ambiguous` (count) · `misread` (eid) · `nothing_new`.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def replace_words(source: str, eid: str, old: str, new: str) -> str:
    """`source` with the words `old` of the provision `eid` (not of those below it) replaced by `new`.

    The words are found in any form of their letters and spaces; they must stand there once.
    """
    parsed = parse(source)
    provision = _provision(parsed, eid)
    if not old.strip():
        raise UnfitAmendment("no_words")
    places = [place for span in provision.spans for place in _places(source, span, old)]
    if not places:
        raise UnfitAmendment("not_found", words=old.strip())
    if len(places) > 1:
        raise UnfitAmendment("ambiguous", count=len(places))
    start, end = places[0]
    return _checked(parsed, source[:start] + new.strip() + source[end:], source)


def rewrite(source: str, eid: str, new: str) -> str:
    """`source` with the words of the provision `eid` as `new` has them; number, heading and what is below it stay."""
    parsed = parse(source)
    provision = _provision(parsed, eid)
    if not new.strip():
        raise UnfitAmendment("no_words")
    start, end = _words_of(source, provision)
    return _checked(parsed, source[:start] + new.strip() + _tail(source[start:end]) + source[end:], source)


def strike(source: str, eid: str, word: str) -> str:
    """`source` with `word` («نسخ شد.») in place of the provision `eid` and of all below it; its number stays."""
    parsed = parse(source)
    start, _ = _words_of(source, _provision(parsed, eid))
    end = _end(parsed, eid)
    below = {each.eid for each in parsed.provisions if each.eid.startswith(f"{eid}__")}
    return _checked(parsed, source[:start] + word + _tail(source[start:end]) + source[end:], source, below)


def insert(source: str, eid: str, new: str) -> str:
    """`source` with the provisions `new` (with their own numbers: «تبصره ۲ ـ …») after `eid` and all below it.

    An empty `eid` is the end of the last provision.
    """
    parsed = parse(source)
    if not new.strip():
        raise UnfitAmendment("no_words")
    if not eid and parsed.provisions:
        eid = parsed.provisions[-1].eid.partition("__")[0]
    _provision(parsed, eid)
    end = _end(parsed, eid)
    tail = _tail(source[:end]) or "\n"
    changed = f"{source[: end - len(_tail(source[:end]))]}\n{new.strip()}{tail}{source[end:]}"
    if len(parse(changed).provisions) <= len(parsed.provisions):
        raise UnfitAmendment("nothing_new")
    return _checked(parsed, changed, source)


def _provision(parsed: ParsedText, eid: str) -> ParsedProvision:
    found = next((each for each in parsed.provisions if each.eid == eid), None)
    if found is None:
        raise UnfitAmendment("no_provision", eid=eid)
    return found


def _end(parsed: ParsedText, eid: str) -> int:
    own = (each for each in parsed.provisions if each.eid == eid or each.eid.startswith(f"{eid}__"))
    return max(end for each in own for _, end in each.spans)


def _tail(text: str) -> str:
    return text[len(text.rstrip()) :]


def _keyed(text: str) -> tuple[str, list[int]]:
    """The text for comparing, without spaces, and where in `text` each of its letters stands."""
    line = shaded(text)
    letters = [(letter, line.places[at] if line.places else at) for at, letter in enumerate(line.shade)]
    kept = [(letter, at) for letter, at in letters if not letter.isspace()]
    return "".join(letter for letter, _ in kept), [at for _, at in kept]


def _places(source: str, span: tuple[int, int], words: str) -> list[tuple[int, int]]:
    """Where `words` stand within a span of the source, as whole words."""
    text = source[span[0] : span[1]]
    key, places = _keyed(text)
    wanted, _ = _keyed(words)
    found = []
    at = key.find(wanted)
    while wanted and at >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            found.append((span[0] + start, span[0] + end))
        at = key.find(wanted, at + 1)
    return found


def _words_of(source: str, provision: ParsedProvision) -> tuple[int, int]:
    """From where to where in the source a provision's own text stands, after its number and heading."""
    start, end = provision.spans[0]
    key, places = _keyed(source[start:end])
    beginning, _ = _keyed(provision.text.partition("\n")[0][:60])
    at = key.find(beginning) if beginning else -1
    if at < 0:
        raise UnfitAmendment("no_words") if not beginning else UnfitAmendment("misread", eid=provision.eid)
    return start + places[at], provision.spans[-1][1]


def _checked(
    before: ParsedText, changed: str, source: str, gone: set[str] | frozenset[str] = frozenset()
) -> str:
    """`changed`, when every provision of `before` but those `gone` is still there, and those far from the change as
    they were. Raises `UnfitAmendment`.
    """
    after = {each.eid: each for each in parse(changed).provisions}
    first = next(
        (at for at, (a, b) in enumerate(zip(source, changed, strict=False)) if a != b),
        min(len(source), len(changed)),
    )
    starts = [each.spans[0][0] for each in before.provisions]
    touched = bisect_right(starts, first) - 1
    for number, each in enumerate(before.provisions):
        if each.eid in gone:
            continue
        found = after.get(each.eid)
        if found is None or (number != touched and found.text != each.text):
            raise UnfitAmendment("misread", eid=each.eid)
    return changed
