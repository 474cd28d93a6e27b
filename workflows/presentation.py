"""What the review page and the course of a text show, as plain data for templates.

Texts are taken field by field, whatever their family: this room knows no page model.
"""

import datetime
import difflib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.rich_text import RichText

from documents.structure.provisions import ParsedProvision, parse
from intranet.ui.numerals import to_persian
from intranet.ui.templatetags.persian import jalali
from workflows import queries
from workflows.models import Vote

_DIVISIONS = {"book", "title", "part", "chapter", "section", "subchapter", "attachment"}
_KIND_CLASSES = {
    "article": "article",
    "proviso": "proviso",
    "paragraph": "paragraph",
    "subparagraph": "paragraph",
}
# The law's own words for its parts, whatever language the page is read in.
_KIND_WORDS = {
    "book": "کتاب",
    "title": "باب",
    "part": "بخش",
    "chapter": "فصل",
    "section": "مبحث",
    "subchapter": "گفتار",
    "article": "ماده",
    "proviso": "تبصره",
    "attachment": "پیوست",
}
_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote|div|dd|tr)>|<br\s*/?>", re.IGNORECASE)
_CONTEXT = 1
# Fields that the page shows in its head, or that are not for reading.
_ELSEWHERE = {"erratum", "source_sha256", "withdrawn_on", "withdrawal_note"}


@dataclass(frozen=True)
class Passage:
    """One field of the text: `provisions` of a text with articles, or `content` ready for the page."""

    label: str
    content: Any = ""
    paragraphs: list[str] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    provisions: list[dict[str, Any]] = field(default_factory=list)
    rows: list[list[tuple[str, Any]]] = field(default_factory=list)


def _own_fields(obj: Any) -> Iterator[Any]:
    """The fields that people fill in and the number, in their order, less what the page's head shows."""
    for model_field in type(obj)._meta.local_fields:
        if model_field.remote_field and getattr(model_field.remote_field, "parent_link", False):
            continue
        if (model_field.editable or model_field.name == "number") and model_field.name not in _ELSEWHERE:
            yield model_field


def _is_long(model_field: Any) -> bool:
    return isinstance(model_field, models.TextField | StreamField)


def _label(model_field: Any) -> str:
    name = str(model_field.verbose_name)
    return name[:1].upper() + name[1:]


def _display(obj: Any, model_field: Any) -> Any:
    value = getattr(obj, model_field.name)
    if value in (None, ""):
        return ""
    if model_field.choices:
        return obj._get_FIELD_display(model_field)
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, datetime.date):
        return jalali(value)
    if isinstance(value, datetime.time):
        return to_persian(f"{value:%H:%M}")
    return to_persian(str(value))


def particulars(obj: Any) -> list[tuple[str, Any]]:
    """Label and value of each short field that has one."""
    rows = [(_label(each), _display(obj, each)) for each in _own_fields(obj) if not _is_long(each)]
    return [(label, value) for label, value in rows if value != ""]


def passages(obj: Any) -> list[Passage]:
    """The long fields and the lists of a text, those that hold something."""
    found = []
    for each in _own_fields(obj):
        value = getattr(obj, each.name)
        if not _is_long(each) or not value or each.name == "summary":
            continue
        if isinstance(each, StreamField):
            found.append(Passage(_label(each), content=value))
        elif isinstance(each, RichTextField):
            found.append(Passage(_label(each), content=RichText(value)))
        elif each.name == "source":
            parsed = parse(value)
            found.append(
                Passage(_label(each), preamble=_lines(parsed.preamble), provisions=_tree(parsed.provisions))
            )
        else:
            found.append(Passage(_label(each), paragraphs=_lines(value)))
    return found + _lists(obj)


def _lists(obj: Any) -> list[Passage]:
    found = []
    for relation in get_all_child_relations(type(obj)):
        children = list(getattr(obj, relation.get_accessor_name()).all())
        fields = [
            each
            for each in relation.related_model._meta.local_fields
            if each.name not in {"id", "sort_order", relation.field.name}
        ]
        rows = [[(_label(each), _display(child, each)) for each in fields] for child in children]
        if rows and relation.related_model._meta.app_label != "wagtailcore":
            label = str(relation.related_model._meta.verbose_name_plural)
            found.append(
                Passage(
                    label[:1].upper() + label[1:],
                    rows=[[cell for cell in row if cell[1] != ""] for row in rows],
                )
            )
    return found


def _lines(value: str) -> list[str]:
    return [line for line in (part.strip() for part in value.splitlines()) if line]


def _tree(provisions: list[ParsedProvision]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for parsed in sorted(provisions, key=lambda each: each.order):
        look = "division" if parsed.kind in _DIVISIONS else _KIND_CLASSES.get(parsed.kind, "paragraph")
        number = f"{_KIND_WORDS.get(parsed.kind, '')} {parsed.num}".strip()
        node = {
            "parsed": parsed,
            "number": to_persian(number),
            "look": look,
            "paragraphs": _lines(parsed.text),
            "children": [],
        }
        nodes[parsed.eid] = node
        parent = nodes.get(parsed.parent or "")
        (parent["children"] if parent else roots).append(node)
    return roots


@dataclass(frozen=True)
class Change:
    """What became of one field: `lines` of (kind, text), kind being `add`, `del`, `same` or `skip`."""

    label: str
    lines: list[tuple[str, str]]


def changes(before: Any, after: Any) -> list[Change]:
    """What differs between the published text and the one under review, line by line."""
    found = []
    for each in [*_head_fields(after), *_own_fields(after)]:
        old, new = _as_lines(before, each), _as_lines(after, each)
        if old != new:
            found.append(Change(_label(each), _compare(old, new)))
    for relation in get_all_child_relations(type(after)):
        if relation.related_model._meta.app_label != "wagtailcore":
            name = relation.get_accessor_name()
            old, new = _children_lines(before, name), _children_lines(after, name)
            if old != new:
                label = str(relation.related_model._meta.verbose_name_plural)
                found.append(Change(label[:1].upper() + label[1:], _compare(old, new)))
    if getattr(after, "withdrawn_on", None) and not getattr(before, "withdrawn_on", None):
        found.insert(0, Change(_("Withdrawal"), [("add", after.withdrawal_note)]))
    return found


def _head_fields(obj: Any) -> list[Any]:
    return [type(obj)._meta.get_field("title")]  # a field of every page's, not of the family's own


def _children_lines(obj: Any, name: str) -> list[str]:
    lines = []
    for child in getattr(obj, name).all():
        fields = [each for each in child._meta.local_fields if each.name not in {"id", "sort_order"}]
        cells = [str(_display(child, each)) for each in fields if not each.is_relation]
        lines.append(" · ".join(cell for cell in cells if cell))
    return lines


def _as_lines(obj: Any, model_field: Any) -> list[str]:
    if not _is_long(model_field):
        shown = _display(obj, model_field)
        return [str(shown)] if shown != "" else []
    value = str(getattr(obj, model_field.name) or "")
    if isinstance(model_field, StreamField | RichTextField):
        value = html.unescape(strip_tags(_BLOCK_END.sub("\n", value)))
    return _lines(value)


def _compare(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        if lines:
            lines.append(("skip", "…"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += [("same", line) for line in old[i1:i2]]
            else:
                lines += [("del", line) for line in old[i1:i2]]
                lines += [("add", line) for line in new[j1:j2]]
    return lines


_STEP_LOOKS = {
    TaskState.STATUS_APPROVED: "done",
    TaskState.STATUS_SKIPPED: "done",
    TaskState.STATUS_IN_PROGRESS: "now",
    TaskState.STATUS_REJECTED: "rejected",
}


def steps(workflow_state: WorkflowState) -> list[dict[str, str]]:
    """The steps of the workflow for `components/steps.html`, publication the last."""
    shown = [
        {"title": task.name, "state": _STEP_LOOKS.get(task.status, ""), "note": ""}
        for task in queries.next_steps(workflow_state)
    ]
    done = "done" if workflow_state.status == WorkflowState.STATUS_APPROVED else ""
    return [
        {"title": _("Handed in"), "state": "done", "note": jalali(workflow_state.created_at)},
        *shown,
        {"title": _("Published"), "state": done, "note": ""},
    ]


@dataclass(frozen=True)
class Turn:
    """One step that a text went through."""

    step: TaskState
    look: str
    votes: list[Vote]

    @property
    def title(self) -> str:
        """The step and how it ended."""
        endings = {
            TaskState.STATUS_APPROVED: _("approved"),
            TaskState.STATUS_REJECTED: _("sent back"),
            TaskState.STATUS_CANCELLED: _("taken back or ended"),
            TaskState.STATUS_IN_PROGRESS: _("in progress"),
            TaskState.STATUS_SKIPPED: _("skipped"),
        }
        return f"{self.step.task.name}: {endings[self.step.status]}"

    @property
    def by_vote(self) -> bool:
        """Whether a council voted, rather than one person decided."""
        return bool(getattr(self.step.task.content_type.model_class(), "by_vote", False))

    @property
    def comment(self) -> str:
        """What was said at the end of the step, unless its votes say it."""
        return "" if any(vote.choice for vote in self.votes) else self.step.comment


def timeline(page: Page) -> list[Turn]:
    """The course of a text, newest first."""
    looks = {TaskState.STATUS_APPROVED: "is-done", TaskState.STATUS_REJECTED: "is-late"}
    turns = [
        Turn(step, looks.get(step.status, ""), list(step.votes.all())) for step in queries.course_of(page)
    ]
    return turns[::-1]
