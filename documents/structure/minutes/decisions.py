"""Decisions gathered from lists, tables and running text, each read for its vote, actors and deadline."""

import datetime as dt
import re
from dataclasses import replace

from documents.structure.minutes.actors import actors_of, names_in
from documents.structure.minutes.deadlines import deadline_in
from documents.structure.minutes.found import Decision, Votes
from documents.structure.minutes.rows import Item
from documents.structure.minutes.votes import decides, outcome_of, votes_of
from documents.structure.numbers import number_value
from documents.structure.shades import Line, shaded

_SENTENCE_END = re.compile(r"(?<!\d)[.؟!]\s+|(?<=\d)\.\s+(?=[^\d])|؛\s+(?=(?:همچنین|و )?(?:مقرر|مصوب))")
_ABOUT_LAST = re.compile(
    r"^\W*(?:مسی?ول|متولی|مهلت|زمان|موعد|رای|آرا|آراء|این مصوبه|مصوبه (?:فوق|مذکور)|نتیجه رای|مجری|پیگیری"
    r"|دستگاه|تعداد آرا|ضمنا)|^\W*\d+ (?:رای )?موافق"
)
_LABELLED = re.compile(
    r"^\W*(?:مسی?ول|متولی|مهلت|زمان|موعد|رای|آرا|آراء|نتیجه|مجری|پیگیری|اقدام|دستگاه|نهاد|همکار|موافق)[^:]{0,40}:"
)
_WHOLE = re.compile(
    r"(?:کند|کنند|شود|شوند|دهد|دهند|گردد|گردند|نماید|نمایند|شد|گردید|است|باشد|باشند|یابد|گیرد|گیرند|رسید|رساند"
    r"|آورد|آورند|گذارد|گرفت|دارد|ماند|کرد|نشد)[ .؛!]*$"
)
_COLUMNS = (
    ("number", r"ردیف|شماره|^#$|^ر$"),
    ("text", r"شرح|متن|مصوبه|تصمیم|موضوع|عنوان"),
    ("who", r"مسی?ول|مجری|اقدام|پیگیری|متولی|محوری|دستگاه(?! ?(?:های )?(?:پشتیبان|همکار))"),
    ("helps", r"پشتیبان|همکار"),
    ("due", r"مهلت|زمان|موعد|تاریخ|سررسید"),
    ("favour", r"موافق"),
    ("against", r"مخالف"),
    ("abstained", r"ممتنع"),
    ("outcome", r"نتیجه|وضعیت|رای"),
)


class Collector:
    """Gathers decisions as lines come; ask for `decisions` after `close`."""

    def __init__(self, held_on: dt.date | None) -> None:
        self.held_on = held_on
        self.decisions: list[Decision] = []
        self.discussion: list[str] = []
        self.listing = False
        self._open: tuple[str, list[str], int] | None = None
        self._style: bool | None = None  # whether items are numbered in digits
        self._columns: dict[str, int] = {}
        self._prose: list[tuple[str, int]] = []
        self._loose: list[tuple[str, int]] = []

    # --- what comes ---------------------------------------------------------------------------------
    def takes(self, item: Item) -> bool:
        """Whether the item is a decision of its own, not a point within one."""
        digits = item.num[:1].isdigit()
        if self._open is None or self._style is None:
            return True
        if item.word in {"مصوبه", "تصمیم"}:
            return True
        if digits == self._style:
            number, last = item.value, number_value(self._open[0])
            return not (
                digits and number is not None and last is not None and number <= last and last - number > 1
            )
        return False

    def begin(self, number: str, line: Line, at: int, item: Item | None = None) -> None:
        """A decision begins."""
        self._shut()
        if item is not None and self._style is None:
            self._style = number[:1].isdigit()
        self._open = (number, [line.text] if line.text.strip() else [], at)

    def expect(self, at: int) -> None:
        """The next line begins a decision without a number."""
        self._shut()
        self._open = ("", [], at)

    def go_on(self, line: Line, at: int) -> None:
        """A line that goes on with the open decision, or stands among decisions without a mark."""
        if self._open is not None:
            number, lines, first = self._open
            self._open = (number, [*lines, line.text], at if not lines and not number else first)
        else:
            self._loose.append((line.text, at))

    def say(self, line: Line, at: int) -> None:
        """A line of running text."""
        self._prose.append((line.text, at))

    def pause(self, *, in_section: bool) -> None:
        """A blank line: running text makes a paragraph; a list goes on."""
        self._read_prose()
        if self._loose and in_section:
            self._read_loose()
        if self._open is not None and not self.listing and self._open[1]:
            self._shut()

    def row(self, cells: list[str], at: int) -> bool:
        """A row of a table; false when it is none of decisions."""
        columns = columns_of(cells)
        if columns:
            self._shut()
            self._columns = columns
            return True
        if not self._columns or len(cells) < 2:
            return False
        return self._tabled(cells, at)

    def close(self) -> None:
        """The end of a section."""
        self._shut()
        self._read_loose()
        self._read_prose()
        self._columns, self._style = {}, None

    # --- what becomes of it -------------------------------------------------------------------------
    def _shut(self) -> None:
        if self._open is None:
            return
        number, lines, at = self._open
        self._open = None
        text = _joined(lines)
        if text:
            self.decisions.append(self._made(number, text, at))

    def _made(self, number: str, text: str, at: int) -> Decision:
        line = shaded(text)
        core, supporting = actors_of(line)
        return Decision(
            number, text, at, outcome_of(line.shade), votes_of(line.shade), core, supporting,
            deadline_in(line, self.held_on),
        )  # fmt: skip

    def _tabled(self, cells: list[str], at: int) -> bool:
        def cell(name: str) -> Line:
            index = self._columns.get(name, -1)
            return shaded(cells[index]) if 0 <= index < len(cells) else shaded("")

        text = cell("text")
        if not any(letter.isalpha() for letter in text.text):
            return False
        made = self._made(cell("number").text.strip(" .-"), text.text, at)
        counts = {
            name: number_value(cell(name).text) if cell(name).text.strip() else None
            for name in ("favour", "against", "abstained")
        }
        outcome = cell("outcome").shade
        votes = made.votes
        if any(count is not None for count in counts.values()):
            votes = Votes(counts["favour"], counts["against"], counts["abstained"], votes.unanimous)
        elif outcome:
            votes = votes_of(outcome)
        self.decisions.append(
            replace(
                made,
                votes=votes,
                outcome=_outcome(outcome) or made.outcome,
                core=names_in(cell("who")) or made.core,
                supporting=names_in(cell("helps")) or made.supporting,
                deadline=deadline_in(cell("due"), self.held_on, alone=True) or made.deadline,
            )
        )
        return True

    def _read_loose(self) -> None:
        """Lines among the decisions that no mark parts: each sentence that decides, or else each paragraph."""
        loose, self._loose = self._loose, []
        if not loose:
            return
        text, places = _flowed(loose)
        whole = len(loose) > 1 and all(_WHOLE.search(shaded(line).shade) for line, _ in loose)
        if whole:
            self.decisions += [self._made("", line, at) for line, at in loose]
            return
        parts = [part for part in _sentences(text) if decides(shaded(part[0]).shade)]
        if len(parts) > 1:
            self._prose = loose + self._prose
            self._read_prose()
        elif len(text) > 15 and not text.rstrip().endswith(":"):
            self.decisions.append(self._made("", text, places[0][1]))

    def _read_prose(self) -> None:
        prose, self._prose = self._prose, []
        if not prose:
            return
        text, places = _flowed(prose)
        last = False
        for sentence, start in _sentences(text):
            shade = shaded(sentence).shade
            at = next(number for offset, number in reversed(places) if offset <= start)
            if decides(shade):
                self.decisions.append(self._made("", sentence, at))
                last = True
            elif last and _ABOUT_LAST.search(shade):
                before = self.decisions.pop()
                self.decisions.append(self._made(before.number, f"{before.text} {sentence}", before.line))
            else:
                self.discussion.append(sentence)
                last = False


def columns_of(cells: list[str]) -> dict[str, int]:
    """The columns of a table of decisions from its first row, or nothing."""
    found: dict[str, int] = {}
    if any(len(cell) > 60 for cell in cells):
        return {}
    for index, cell in enumerate(cells):
        shade = shaded(cell).shade
        for name, words in _COLUMNS:
            if name not in found and re.search(words, shade):
                found[name] = index
                break
    return found if "text" in found and len(found) > 1 else {}


def _outcome(shade: str) -> str:
    """The outcome that a cell names by itself («تصویب», «رد», «مسکوت»)."""
    if re.search(r"(?<!\w)(?:رد|عدم تصویب|مخالفت)(?!\w)", shade):
        return "rejected"
    if re.search("مسکوت|موکول|معوق|تعویق", shade):
        return "postponed"
    if "ارجاع" in shade:
        return "referred"
    if "اصلاح" in shade:
        return "amended"
    return "passed" if re.search("تصویب|مصوب|موافقت", shade) else ""


def _joined(lines: list[str]) -> str:
    """The lines of one decision: broken ones joined, points and labelled ones on lines of their own."""
    text = ""
    for line in lines:
        own = _LABELLED.match(shaded(line).shade) or re.match(
            r"^\s*(?:[(\[]?(?:الف|[ا-ی]|[\d۰-۹]{1,2}) ?[-–.)]|تبصره|[•·▪●-] )", line
        )
        text = f"{text}\n{line.strip()}" if text and own else f"{text} {line.strip()}".strip()
    return text.strip()


def _flowed(lines: list[tuple[str, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Broken lines as one text, and at which offset each begins."""
    text = ""
    places: list[tuple[int, int]] = []
    for line, number in lines:
        if text:
            text += " "
        places.append((len(text), number))
        text += line.strip()
    return text, places


def _sentences(text: str) -> list[tuple[str, int]]:
    """The sentences with their offsets."""
    found, place = [], 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[place:end]
        if piece.strip():
            found.append((piece.strip(), place + len(piece) - len(piece.lstrip())))
        place = end
    return found
