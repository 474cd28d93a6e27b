"""Reading back what `writing` wrote: the same work, text and tree."""

import datetime
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from documents.structure.akoma_ntoso.model import (
    IN_FORCE,
    NAMESPACE,
    Event,
    Part,
    Refs,
    Text,
    Work,
    usual_since,
)
from documents.structure.akoma_ntoso.writing import ISSUER, MODIFICATIONS, ORIGINAL, PUBLISHER

_AKN = {"": NAMESPACE}
_STATUSES = {change: status for status, change in MODIFICATIONS.items()}
_HEADS = {"num", "heading", "subheading", "intro", "content", "wrapUp"}
#: Of a provision: its status, and since when and by when it is as it is.
_State = tuple[str, datetime.date, datetime.date | None]


def read(document: bytes) -> Text:
    """The text that a document of ours holds, its provisions in the order of the tree.

    Raises `ParseError` for no XML, `ValueError` for another document.
    """
    root = fromstring(document)
    act = root.find("act", _AKN)
    if act is None:
        raise ValueError("not an act in Akoma Ntoso")
    titles = {each.get("eId"): each.get("showAs", "") for each in act.findall("meta/references/*", _AKN)}
    work, expression = _find(act, ".//FRBRWork"), _find(act, ".//FRBRExpression")
    days = {
        each.get("eId", ""): Event(_date(each), each.get("type", ""), _by(each, titles))
        for each in act.findall("meta/lifecycle/eventRef", _AKN)
    }
    began = min(each.day for each in days.values() if each.kind == "generation")
    parts, refs = _tree(act, _states(act, days, began), began)
    unheaded = act.find("body/hcontainer[@name='text']/content", _AKN)
    preamble = act.find("preamble", _AKN) if unheaded is None else unheaded
    return Text(
        work=Work(
            subtype=_value(work, "FRBRsubtype").replace("-", "_"),
            day=_date(_find(work, "FRBRdate")),
            number=_value(work, "FRBRnumber"),
            title=_value(work, "FRBRname"),
            author=titles.get(ISSUER, ""),
        ),
        language=_find(expression, "FRBRlanguage").get("language", ""),
        version=int(_value(expression, "FRBRversionNumber")),
        valid_from=_date(_find(expression, "FRBRdate")),
        published_on=_date(_find(act, ".//FRBRManifestation/FRBRdate")),
        publisher=titles.get(PUBLISHER, ""),
        parts=parts,
        preamble=_words(preamble),
        closing=_words(act.find("conclusions", _AKN)),
        events=[each for each in days.values() if each.kind == "generation" or each.by],
        refs=refs,
    )


def _find(element: Element, path: str) -> Element:
    found = element.find(path, _AKN)
    if found is None:
        raise ValueError(f"no {path}")
    return found


def _value(element: Element, name: str) -> str:
    return _find(element, name).get("value", "")


def _date(element: Element) -> datetime.date:
    return datetime.date.fromisoformat(element.get("date", ""))


def _by(event: Element, titles: dict[str | None, str]) -> str:
    """By which text, when that is known; the original names none."""
    source = event.get("source", "").lstrip("#")
    return "" if source == ORIGINAL else titles.get(source, "")


def _states(act: Element, days: dict[str, Event], began: datetime.date) -> dict[str, _State]:
    starts = {
        f"#{group.get('eId')}": days[_find(group, "timeInterval").get("start", "").lstrip("#")].day
        for group in act.findall("meta/temporalData/temporalGroup", _AKN)
    }
    changes: dict[str, list[tuple[str, datetime.date | None]]] = {}
    for change in act.findall("meta/analysis/passiveModifications/textualMod", _AKN):
        eid = _find(change, "destination").get("href", "").lstrip("#")
        force = change.find("force", _AKN)
        day = starts[force.get("period", "")] if force is not None else None
        changes.setdefault(eid, []).append((_STATUSES[change.get("type", "")], day))
    return {eid: _state(each, began) for eid, each in changes.items()}


def _state(changes: list[tuple[str, datetime.date | None]], began: datetime.date) -> _State:
    status, changed_on = changes[-1]
    said = changes[0][1] if len(changes) > 1 else None
    return status, said or usual_since(status, changed_on, began), changed_on


def _tree(
    act: Element, states: dict[str, _State], began: datetime.date
) -> tuple[list[Part], dict[str, Refs]]:
    parts, refs = [], {}
    for element, parent in _provisions(_find(act, "body"), None):
        eid, kind = element.get("eId", ""), _name(element)
        num, note = element.find("num", _AKN), element.find("subheading", _AKN)
        status, since, changed_on = states.get(eid, (IN_FORCE, began, None))
        text = element.find("intro", _AKN)
        text = element.find("content", _AKN) if text is None else text
        parts.append(
            Part(
                eid=eid,
                kind=element.get("name", "") if kind == "hcontainer" else kind,
                num=_inner(num),
                number=num.get("title", "") if num is not None else "",
                heading=_inner(element.find("heading", _AKN)),
                text=_words(text),
                note=_inner(note),
                parent=parent,
                status=status,
                since=since,
                changed_on=changed_on,
            )
        )
        if text is not None and (own := _refs(text)):
            refs[eid] = own
    return parts, refs


def _provisions(element: Element, parent: str | None) -> Iterator[tuple[Element, str | None]]:
    for child in element:
        if _name(child) not in _HEADS and child.get("name") != "text":
            yield child, parent
            yield from _provisions(child, child.get("eId"))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _inner(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def _words(element: Element | None) -> str:
    return "" if element is None else "\n".join(_inner(each) for each in element.findall("p", _AKN))


def _refs(element: Element) -> Refs:
    found, place = [], 0
    for paragraph in element.findall("p", _AKN):
        at = place + len(paragraph.text or "")
        for ref in paragraph:
            end = at + len(_inner(ref))
            found.append((at, end, ref.get("href", "").lstrip("#")))
            at = end + len(ref.tail or "")
        place += len(_inner(paragraph)) + 1
    return found
