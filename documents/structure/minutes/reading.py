"""Minutes taken apart, line by line: the head, then sections, then what is decided in running text."""

import re
from dataclasses import replace

from documents.structure.doubts import Doubt
from documents.structure.minutes import head
from documents.structure.minutes.attendance import Table, people_in
from documents.structure.minutes.decisions import Collector, columns_of
from documents.structure.minutes.found import Agenda, Decision, Minutes, Present
from documents.structure.minutes.rows import (
    Item,
    Label,
    Row,
    inline_items,
    item_of,
    label_of,
    opens_decisions,
    rows_of,
)
from documents.structure.segments import Spans
from documents.structure.shades import Line, shaded

_PROPOSER = re.compile(
    r"[(\[] ?(?:به )?(?:پیشنهاد(?:دهنده)?|درخواست|طرح) ?[:：]? ?(?P<who>[^()\[\]]{2,120})[)\]]"
)
_ENDS = re.compile(
    r"(?:جلسه|نشست)[^.]{0,60}(?:پایان یافت|خاتمه یافت|پایان پذیرفت|خاتمه پذیرفت|به پایان رسید"
    r"|(?<!\w)(?:ختم|خاتمه)(?!\w))|ختم جلسه"
)


def parse_minutes(source: str, furniture: Spans = ()) -> Minutes:
    """All that can be told of the minutes in `source`; what cannot is left empty and named as a doubt."""
    return _Reader(source, furniture).run()


class _Reader:
    def __init__(self, source: str, furniture: Spans) -> None:
        self.rows = rows_of(source, furniture)
        self.minutes = Minutes()
        self.section = ""
        self.presence = "present"
        self.table: Table | None = None
        self.paused = False
        self.listed = False
        self.collector: Collector

    def run(self) -> Minutes:
        minutes = self.minutes
        head.read(self.rows, minutes)
        self.collector = Collector(minutes.held_on)
        for row in self.rows:
            self._read(row)
        self.collector.close()
        minutes.decisions = self.collector.decisions
        minutes.discussion = self.collector.discussion
        if not minutes.attendance:
            head.read_presence(self.rows, minutes)
        minutes.doubts = _doubts(minutes) + (_of_votes(minutes) if self.listed else [])
        return minutes

    def _read(self, row: Row) -> None:
        if row.blank:
            self.collector.pause(in_section=self.section == "decisions")
            self.paused = True
            if self.section == "decisions" and not self.collector.listing:
                self.section = ""
            return
        in_head = row.number in self.minutes.head and not self.section
        if not in_head and self.minutes.lines.get("title") != row.number and not self._begins(row):
            self._within(row)
        self.paused = False

    def _begins(self, row: Row) -> bool:
        """Whether the row begins a section, a decision or a point, or ends the meeting; it is then read."""
        item = item_of(row.line)
        if item is not None and item.word in {"مصوبه", "تصمیم"} and self.section != "closing":
            if self.section != "decisions":
                self.collector.close()
            self.section, self.collector.listing = "decisions", True
            self.collector.begin(item.num, item.rest, row.number, item)
            return True
        if item is not None and item.word == "دستور" and self._point(item, row):
            return True
        if row.cells and self.section != "closing" and self._tabled(row):
            return True
        return self._heads(row)

    def _heads(self, row: Row) -> bool:
        """Whether the row is the head of a section, or ends the meeting."""
        label = label_of(row)
        if label is not None and not (
            label.section == "decision" and self.section == "decisions" and item_of(row.line)
        ):
            self._enter(label, row)
            return True
        if opens_decisions(row):
            self.collector.close()
            self.section = "decisions"
            self.collector.listing = True
            return True
        if _ENDS.search(row.shade) and self.section != "agenda":
            self.collector.close()
            if len(row.shade) < 240 or self.section == "decisions":
                self.section = "closing"
                return True
        return False

    def _tabled(self, row: Row) -> bool:
        """Whether the row is the head of a table, of people or of decisions."""
        table = Table(row.cells)
        if not table and not columns_of(row.cells):
            return False
        if self.section != ("present" if table else "decisions"):
            self.collector.close()
        if table:
            if self.section != "present":
                self.section, self.presence = "present", "present"
            self.table = table
        else:
            self.section = "decisions"
            self.collector.row(row.cells, row.number)
        return True

    def _within(self, row: Row) -> None:
        handler = {
            "present": self._person, "agenda": self._agenda, "decisions": self._decision, "closing": self._nothing,
        }.get(self.section, self._running)  # fmt: skip
        handler(row)

    def _point(self, item: Item, row: Row) -> bool:
        """«دستور دوم: …»: a point of the agenda, and the head of what was said of it."""
        title = _folded(item.rest.text)
        known = any(_folded(each.title)[:30] == title[:30] for each in self.minutes.agenda)
        if self.section == "agenda" and not known:
            return False
        self.collector.close()
        self.section = ""
        if title and not known:
            self._agenda_line(item.rest, row.number)
        return True

    def _enter(self, label: Label, row: Row) -> None:
        self.collector.close()
        self.table = None
        if label.section in {"present", "absent", "guest"}:
            self.section = "present"
            excused = "موجه" in (label.words + label.note) and "غیر" not in (label.words + label.note)
            self.presence = "excused" if label.section == "absent" and excused else label.section
            if label.rest.shade.strip():
                self._people(label.rest, row.number, listed=False)
        elif label.section == "decision":
            self.section = "decisions"
            self.collector.listing = False
            if label.rest.shade.strip():
                self.collector.begin("", label.rest, row.number)
            else:
                self.collector.expect(row.number)
        else:
            self.section = label.section
            if label.section == "decisions":
                self.collector.listing = True
            if label.rest.shade.strip() and label.section != "closing":
                {"agenda": self._agenda_line, "decisions": self._decision_line}.get(
                    label.section, self.collector.say
                )(label.rest, row.number)

    # --- sections ----------------------------------------------------------------------------------
    def _nothing(self, row: Row) -> None:
        """What stands below the last section is nobody's."""

    def _person(self, row: Row) -> None:
        if row.cells and self.table is not None:
            one = self.table.read(row.cells, self.presence, row.number)
            if one is not None:
                self._add(one)
            return
        if len(row.shade) > 60 and re.search(r"(?:شد|گردید|است|کرد|نمود|بود)\s*[.؛:]", row.shade):
            self.section = ""
            self._running(row)
            return
        self.listed = True
        listed = item_of(row.line) is not None or row.bullet or row.shade.count("،") < 2
        self._people(row.line, row.number, listed=listed)

    def _people(self, line: Line, number: int, *, listed: bool) -> None:
        for one in people_in(line, self.presence, number, listed=listed):
            self._add(one)

    def _add(self, one: Present) -> None:
        known = {(each.name, each.role) for each in self.minutes.attendance}
        if (one.name, one.role) not in known and not (
            not one.role and any(one.name == name for name, _ in known)
        ):
            self.minutes.attendance.append(one)

    def _agenda(self, row: Row) -> None:
        if re.search(r"مقرر (?:شد|گردید)|به تصویب رسید|تصویب (?:شد|گردید)|مصوب (?:شد|گردید)", row.shade):
            self.section = ""
            self._running(row)
            return
        item = item_of(row.line)
        if item is None and not row.bullet and self.minutes.agenda and len(row.shade) > 20:
            last = self.minutes.agenda[-1]
            if row.number == last.line + 1 and len(last.title) > 50:
                self.minutes.agenda[-1] = replace(last, title=f"{last.title} {row.line.text}")
                return
            if len(row.shade) > 160:
                self.section = ""
                self._running(row)
                return
        self._agenda_line(row.line, row.number)

    def _agenda_line(self, line: Line, number: int) -> None:
        pieces = inline_items(line)
        for piece in pieces:
            self._agenda_point(piece, number)

    def _agenda_point(self, line: Line, number: int) -> None:
        item = item_of(line)
        text = item.rest if item else line
        proposer = _PROPOSER.search(text.shade)
        title = text.cut(0, proposer.start()) if proposer else text.text
        title = " ".join(title.split()).strip(" .؛،:-•")
        if len(title) > 2:
            who = " ".join(text.cut(*proposer.span("who")).split()) if proposer else ""
            self.minutes.agenda.append(Agenda(title[:300], who[:150], number))

    def _decision(self, row: Row) -> None:
        if row.cells and self.collector.row(row.cells, row.number):
            return
        if self.paused and _signs(row):
            self.collector.close()
            self.section = "closing"
            return
        self._decision_line(row.line, row.number, bullet=row.bullet)

    def _decision_line(self, line: Line, number: int, *, bullet: bool = False) -> None:
        pieces = inline_items(line)
        if len(pieces) > 1:
            for piece in pieces:
                self._decision_line(piece, number)
            return
        item = item_of(line)
        if item is not None and self.collector.takes(item):
            self.collector.begin(item.num, item.rest, number, item)
        elif bullet and self.collector.listing:
            self.collector.begin("", shaded(line.text.lstrip("•·▪●○◦*■✓- ")), number)
        else:
            self.collector.go_on(line, number)

    def _running(self, row: Row) -> None:
        self.collector.say(row.line, row.number)


def _folded(text: str) -> str:
    return "".join(letter for letter in shaded(text).shade if letter.isalnum())


def _signs(row: Row) -> bool:
    """Whether a row below the list is of signatures: columns, or a short name of an office."""
    if item_of(row.line) is not None or row.bullet or row.shade.rstrip().endswith((".", "؛", ":")):
        return False
    return bool(row.cells) or (len(row.shade) < 50 and ":" not in row.shade)


def _doubts(minutes: Minutes) -> list[Doubt]:
    found: list[Doubt] = []
    if not minutes.body:
        found.append(Doubt("no_body", 1))
    if minutes.held_on is None:
        found.append(Doubt("no_date", 1))
    if not minutes.attendance:
        found.append(Doubt("no_attendance", 1))
    if not minutes.decisions:
        found.append(Doubt("no_decisions", 1))
    if minutes.begins_at and minutes.ends_at and minutes.ends_at < minutes.begins_at:
        found.append(Doubt("hours", minutes.lines.get("hours", 1)))
    return found + _of_numbers(minutes.decisions)


def _of_numbers(decisions: list[Decision]) -> list[Doubt]:
    found: list[Doubt] = []
    before: int | None = None
    seen: set[str] = set()
    for each in decisions:
        number = shaded(each.number).shade
        if number and number in seen:
            found.append(Doubt("decision_repeat", each.line, "", {"num": each.number}))
        seen.add(number)
        value = int(number) if number.isdigit() else None
        if value is not None and before is not None and value > before + 1:
            found.append(Doubt("decision_gap", each.line, "", {"before": before, "after": value}))
        before = value if value is not None else before
    return found


def _of_votes(minutes: Minutes) -> list[Doubt]:
    """More votes than people who were there."""
    there = sum(each.presence == "present" for each in minutes.attendance)
    found: list[Doubt] = []
    for each in minutes.decisions:
        votes = sum(filter(None, (each.votes.favour, each.votes.against, each.votes.abstained)))
        if there and votes > there:
            found.append(Doubt("votes", each.line, "", {"votes": votes, "present": there}))
    return found
