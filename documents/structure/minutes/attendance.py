"""Who was there: names and posts out of lists, sentences and tables."""

import re

from documents.structure.minutes.actors import OFFICES
from documents.structure.minutes.found import Present
from documents.structure.shades import Line, shaded

_HONORIFIC = re.compile(
    r"^(?:(?:جناب|سرکار)? ?(?:آقایان|آقای|آقا|خانم ?ها(?:ی)?|خانم(?!\w)|حجت ?الاسلام(?: و ?المسلمین)?|سرکار"
    r"|جناب|برادر|خواهر)(?: و (?:آقایان|خانم ?ها|بانوان))?[ :]*)+"
)
_EXCUSED = re.compile(r"(?<!غیر)(?<!غیر )موجه|اطلاع قبلی|مرخصی|ماموریت|مأموریت|با عذر|بیماری|با اطلاع")
_ABSENT = re.compile(r"(?<!\w)غایب|غیبت|عدم حضور|حضور نداشت")
_ROLE = re.compile(r" ?(?:[(\[]| - |\t|: |، | – |(?<=\S)[-–](?= )) ?")
_COUNT = re.compile(
    r"^\W*(?:تعداد )?\d+ (?:نفر|تن)|^(?:اکثریت|کلیه|تمامی|همه|اعضا[ی]?|سایر|دیگر|تعدادی?|جمعی)(?!\w)"
)
_STATED = re.compile(r"\s*\(?(?:غیر ?)?(?:موجه|با اطلاع قبلی|مرخصی|مأموریت|ماموریت)\)?$")
_NOBODY = re.compile(r"^\W*(?:ندارد|نداشت|نداشتند|هیچ|-+|هیچ ?کس|ندارند)\W*$")
_MARK = re.compile(r"^\s*(?:[(\[]?\d{1,2}[)\]]? ?[-.):،]? ?(?=[^\d\s])|[•·▪●○*-]\s*)")
_AND = re.compile(rf" و (?=(?:{OFFICES}|عضو|کارشناس|اعضا|دبیر)(?!\w))")
_OFFICE = re.compile(rf"(?<!\w)(?:{OFFICES}|عضو|کارشناس|شورا|شهر|منطقه|بخش|محله)(?!\w)")
_STATES = {
    "present": re.compile(r"^(?:حاضر|بلی|بله|✓|√|×?✔|\+|حضور دارد)$"),
    "excused": re.compile(r"موجه|مرخصی|ماموریت"),
    "absent": re.compile(r"^(?:غایب|غیبت|خیر|-|–|حضور ندارد|غیر موجه|غیرموجه)$"),
    "guest": re.compile(r"^(?:مهمان|میهمان|مدعو)$"),
}


def people_in(line: Line, presence: str, number: int, *, listed: bool) -> list[Present]:
    """The people of one line; `listed` when each line names one, with his post behind a comma or a stroke."""
    mark = _MARK.match(line.shade)
    text = shaded(line.cut(mark.end() if mark else 0).strip(" \t.،؛\u200c"))
    if not text.shade.strip() or _NOBODY.match(text.shade):
        return []
    if " - " in text.shade and text.shade.count(" - ") > 1 and "،" not in text.shade:
        found = [_one(shaded(part), presence, number) for part in re.split(r" [-–] ", text.text)]
        return [one for one in found if one is not None]
    if listed:
        one = _one(text, presence, number)
        return [one] if one else []
    found = [_one(shaded(part), presence, number) for part in _parts(text)]
    return [one for one in found if one is not None]


def _parts(line: Line) -> list[str]:
    """A sentence's names: parted by commas, the last by «و»."""
    parts: list[str] = []
    depth, place = 0, 0
    for index, letter in enumerate(line.shade):
        depth += (letter in "([") - (letter in ")]")
        if letter in "،,؛;" and depth <= 0:
            parts.append(line.cut(place, index))
            place = index + 1
    parts.append(line.cut(place))
    names: list[str] = []
    for index, part in enumerate(parts):
        names += _at_and(shaded(part), plain=index == len(parts) - 1)
    return [name for name in names if name.strip()]


def _at_and(line: Line, *, plain: bool) -> list[str]:
    """Cut before «و» where another person follows; `plain`: also between two bare names."""
    cuts = [
        match.span()
        for match in _AND.finditer(line.shade)
        if line.shade.count("(", 0, match.start()) == line.shade.count(")", 0, match.start())
    ]
    if not cuts and plain and not _OFFICE.search(line.shade.split("(")[0]):
        cuts = [
            match.span()
            for match in re.finditer(r" و ", line.shade)
            if "(" not in line.shade[: match.start()]
            or line.shade.count("(", 0, match.start()) == line.shade.count(")", 0, match.start())
        ]
    found, place = [], 0
    for start, end in cuts:
        found.append(line.cut(place, start))
        place = end
    return [*found, line.cut(place)]


def _one(line: Line, presence: str, number: int) -> Present | None:
    if _COUNT.search(line.shade):
        return None
    state = presence
    if _EXCUSED.search(line.shade) and presence in {"absent", "excused"}:
        state = "excused"
    elif presence == "present" and re.search(r"[(\[] ?(?:غایب|غیبت)", line.shade):
        state = "excused" if _EXCUSED.search(line.shade) else "absent"
    elif re.search(r"[(\[] ?(?:مهمان|میهمان|مدعو)", line.shade):
        state = "guest"
    start = _HONORIFIC.match(line.shade)
    begin = start.end() if start else 0
    split = _ROLE.search(line.shade, begin)
    name = _tidy(line.cut(begin, split.start()) if split else line.cut(begin))
    role = _STATED.sub("", _tidy(line.cut(split.end()))) if split else ""
    role += ")" if role.count("(") > role.count(")") else ""
    if re.fullmatch(
        r"(?:غیر ?)?(?:موجه|غایب|غیبت موجه|با اطلاع قبلی|مرخصی|مأموریت|ماموریت|مهمان|میهمان|مدعو|حاضر)",
        shaded(role).shade,
    ):
        role = ""
    if not 2 <= len(name) <= 150 or not any(letter.isalpha() for letter in name):
        return None
    return Present(name, role[:100], state, number)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" .،؛:()[]-–\u200c\u200f")


class Table:
    """The columns of a table of attendance, from its first row."""

    def __init__(self, head: list[str]) -> None:
        self.name = self.role = self.state = self.organization = -1
        for index, cell in enumerate(head):
            shade = shaded(cell).shade
            if "نام" in shade and self.name < 0 and "سازمان" not in shade and "دستگاه" not in shade:
                self.name = index
            elif re.search(r"سمت|مسی?ولیت|نقش|عنوان", shade) and self.role < 0:
                self.role = index
            elif re.search(r"سازمان|دستگاه|نهاد|واحد", shade) and self.organization < 0:
                self.organization = index
            elif re.search(r"حضور|وضعیت|حاضر", shade) and self.state < 0:
                self.state = index

    def __bool__(self) -> bool:
        return self.name >= 0 and (self.role >= 0 or self.state >= 0 or self.organization >= 0)

    def read(self, cells: list[str], presence: str, number: int) -> Present | None:
        """The person of a row, or None."""

        def cell(index: int) -> str:
            return _tidy(cells[index]) if 0 <= index < len(cells) else ""

        name = cell(self.name)
        start = _HONORIFIC.match(shaded(name).shade)
        name = _tidy(name[start.end() :]) if start else name
        if not 2 <= len(name) <= 150 or not any(letter.isalpha() for letter in name):
            return None
        role = "، ".join(filter(None, [cell(self.role), cell(self.organization)]))
        said = shaded(cells[self.state].strip()).shade if 0 <= self.state < len(cells) else ""
        state = next(
            (key for key in ("excused", "absent", "guest", "present") if _STATES[key].search(said)), presence
        )
        if state == "excused" and re.search("غیر ?موجه", said):
            state = "absent"
        return Present(name, role[:100], state, number)


def absence_in(line: Line) -> str | None:
    """`excused` or `absent` when a sentence speaks of absence."""
    if not _ABSENT.search(line.shade):
        return None
    return "excused" if _EXCUSED.search(line.shade) else "absent"
