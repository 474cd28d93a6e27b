"""Writing a text as Akoma Ntoso. Valid against the schema for whatever the text holds."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from documents.structure.akoma_ntoso.model import (
    ADDED,
    AMENDED,
    COUNTRY,
    IN_FORCE,
    NAMESPACE,
    REPEALED,
    Event,
    Part,
    Refs,
    Text,
    usual_since,
)

PUBLISHER, ISSUER, ORIGINAL = "publisher", "issuer", "original"
#: What has no element of its own is a container with a name.
NAMED = {"attachment"}
MODIFICATIONS = {ADDED: "insertion", AMENDED: "substitution", REPEALED: "repeal"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", NAMESPACE)


def write(text: Text) -> bytes:
    """The document, in UTF-8. What XML cannot hold (control characters) is left out."""
    root = Element(f"{{{NAMESPACE}}}akomaNtoso")
    act = _add(root, "act", name=text.work.subtype.replace("_", "-"), contains="singleVersion")
    _meta(_add(act, "meta"), text)
    title = _add(_add(_add(act, "preface"), "longTitle"), "p")
    _add(title, "docTitle", text.work.title)
    if text.preamble and text.parts:
        _lines(_add(act, "preamble"), text.preamble)
    _body(_add(act, "body"), text)
    if text.closing:
        _lines(_add(act, "conclusions"), text.closing)
    indent(act[0], level=2)  # what is said about the text; the text itself keeps its spaces as they are
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, tag: str, words: str = "", /, **attributes: str) -> Element:
    element = SubElement(parent, f"{{{NAMESPACE}}}{tag}", {key: clean(attributes[key]) for key in attributes})
    if words:
        element.text = clean(words)
    return element


def clean(words: str) -> str:
    """The words without what XML cannot hold; line ends as XML reads them."""
    return _NO_XML.sub("", words).replace("\r\n", "\n").replace("\r", "\n")


# --- what is said about the text ---------------------------------------------------------------------------------


def _meta(meta: Element, text: Text) -> None:
    own, work = text.uri, text.work
    author = f"#{ISSUER if work.author else PUBLISHER}"
    identification = _add(meta, "identification", source=f"#{PUBLISHER}")

    of_work = _frbr(identification, "Work", work.uri, ("approval", work.day), author)
    _add(of_work, "FRBRcountry", value=COUNTRY)
    _add(of_work, "FRBRsubtype", value=work.subtype.replace("_", "-"))
    _add(of_work, "FRBRnumber", value=work.number)
    _add(of_work, "FRBRname", value=work.title)

    of_text = _frbr(identification, "Expression", own, ("in-force", text.valid_from), author)
    _add(of_text, "FRBRversionNumber", value=str(text.version))
    _add(of_text, "FRBRlanguage", language=text.language)

    _frbr(
        identification, "Manifestation", f"{own}.xml", ("publication", text.published_on), f"#{PUBLISHER}",
        this=f"{own}/!main.xml",
    )  # fmt: skip
    days = _days(text)
    _life(meta, text, days)
    _changes(meta, text, days)
    _intervals(meta, days)
    references = _add(meta, "references", source=f"#{PUBLISHER}")
    _add(
        references,
        "original",
        eId=ORIGINAL,
        href=f"{work.uri}/{text.language}@{text.began}",
        showAs=work.title,
    )
    for number, event in enumerate(_amending(text), 1):
        href = f"{work.uri}/{text.language}@{event.day}"
        _add(references, "passiveRef", eId=f"by_{number}", href=href, showAs=event.by or str(event.day))
    for eid, name in ((PUBLISHER, text.publisher), (ISSUER, work.author)):
        if name:
            href = f"/akn/ontology/organization/{eid}"
            _add(references, "TLCOrganization", eId=eid, href=href, showAs=name)


def _frbr(
    parent: Element, level: str, uri: str, day: tuple[str, datetime.date], author: str, *, this: str = ""
) -> Element:
    element = _add(parent, f"FRBR{level}")
    _add(element, "FRBRthis", value=this or f"{uri}/!main")
    _add(element, "FRBRuri", value=uri)
    _add(element, "FRBRdate", name=day[0], date=str(day[1]))
    _add(element, "FRBRauthor", href=author)
    return element


def _amending(text: Text) -> list[Event]:
    return [event for event in text.events if event.kind != "generation"]


def _days(text: Text) -> list[Event]:
    """The events of the work, and the days of change that only a note in the text knows; in their order."""
    known = list(text.events) or [Event(text.valid_from, "generation")]
    dated = {event.day for event in known}
    said = {day for part in text.parts for day in (part.since, part.changed_on) if day} - dated
    return sorted([*known, *(Event(day, "amendment") for day in said)], key=lambda event: event.day)


def _life(meta: Element, text: Text, days: list[Event]) -> None:
    lifecycle = _add(meta, "lifecycle", source=f"#{PUBLISHER}")
    amending = _amending(text)
    for number, event in enumerate(days, 1):
        source = f"#by_{amending.index(event) + 1}" if event in amending else f"#{ORIGINAL}"
        _add(
            lifecycle, "eventRef", eId=f"event_{number}", date=str(event.day), source=source, type=event.kind
        )


def _changes(meta: Element, text: Text, days: list[Event]) -> None:
    """What became of each provision; two entries where it was added on one day and changed on another."""
    changes = [(part, *change) for part in text.parts for change in _changes_of(part, text.began)]
    if not changes:
        return
    passive = _add(_add(meta, "analysis", source=f"#{PUBLISHER}"), "passiveModifications")
    for number, (part, kind, day) in enumerate(changes, 1):
        change = _add(passive, "textualMod", type=kind, eId=f"change_{number}")
        _add(
            change, "source", href=f"#{ORIGINAL}" if day is None else f"{text.work.uri}/{text.language}@{day}"
        )
        _add(change, "destination", href=f"#{part.eid}")
        if day is not None:
            _add(change, "force", period=f"#from_{_place(days, day)}")


def _changes_of(part: Part, began: datetime.date) -> Iterable[tuple[str, datetime.date | None]]:
    if part.since is not None and part.since != usual_since(part.status, part.changed_on, began):
        yield "insertion", part.since
    if part.status != IN_FORCE:
        yield MODIFICATIONS[part.status], part.changed_on


def _place(days: list[Event], day: datetime.date) -> int:
    return next(number for number, event in enumerate(days, 1) if event.day == day)


def _intervals(meta: Element, days: list[Event]) -> None:
    data = _add(meta, "temporalData", source=f"#{PUBLISHER}")
    for number in range(1, len(days) + 1):
        group = _add(data, "temporalGroup", eId=f"from_{number}")
        _add(group, "timeInterval", refersTo="#inForce", start=f"#event_{number}")


# --- the text ----------------------------------------------------------------------------------------------------


def _body(body: Element, text: Text) -> None:
    if not text.parts:  # a text without headings is all preamble, and a body must hold something
        _lines(_add(_add(body, "hcontainer", eId="text_1", name="text"), "content"), text.preamble)
        return
    children: dict[str | None, list[Part]] = defaultdict(list)
    for part in text.parts:
        children[part.parent].append(part)
    _parts(body, None, children, text.refs)


def _parts(
    parent: Element, eid: str | None, children: dict[str | None, list[Part]], refs: Mapping[str, Refs]
) -> None:
    for part in children[eid]:
        attributes = {"eId": part.eid} | ({"status": "removed"} if part.status == REPEALED else {})
        if part.kind in NAMED:
            element = _add(parent, "hcontainer", name=part.kind, **attributes)
        else:
            element = _add(parent, part.kind, **attributes)
        _head(element, part)
        if children[part.eid]:
            if part.text:
                _lines(_add(element, "intro"), part.text, refs.get(part.eid, ()))
            _parts(element, part.eid, children, refs)
        else:
            _lines(_add(element, "content"), part.text, refs.get(part.eid, ()))


def _head(element: Element, part: Part) -> None:
    if part.num or part.number:
        number = {"title": part.number} if part.number else {}
        _add(element, "num", part.num, **number)
    if part.heading:
        _add(element, "heading", part.heading)
    if part.note:
        _add(_add(element, "subheading"), "remark", part.note)


def _lines(parent: Element, words: str, refs: Refs = ()) -> None:
    """Every line as a paragraph, with what names another provision of the text as a reference."""
    place = 0
    for line in words.split("\n"):
        own = [(a - place, b - place, to) for a, b, to in refs if place <= a and b <= place + len(line)]
        paragraph = _add(parent, "p")
        done = 0
        last: Element | None = None
        for start, end, to in sorted(own):
            if start < done:
                continue
            _write_after(paragraph, last, line[done:start])
            last = _add(paragraph, "ref", line[start:end], href=f"#{to}")
            done = end
        _write_after(paragraph, last, line[done:])
        place += len(line) + 1


def _write_after(paragraph: Element, last: Element | None, words: str) -> None:
    if last is None:
        paragraph.text = clean(words)
    else:
        last.tail = clean(words)
