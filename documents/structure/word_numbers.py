"""The numbers that Word writes before paragraphs: they are not in the text, but follow from numbering.xml."""

from typing import Any

from documents.structure.numbers import TEENS, TENS, UNITS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ABJAD = ("الف", *"بجدهوزحطیکلمنسعفصقرشتثخذضظغ")
_ALPHA = ("الف", *"بتثجحخدذرزسشصضطظعغفقکلمنهوی")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_WORDS = {value: word for word, value in {**UNITS, **TEENS, **TENS}.items() if word != "هیجده"}
_DEEPEST = 9


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else child.get(f"{W}val")


def _number(element: Any, name: str) -> int | None:
    value = _value(element, name)
    return int(value) if value is not None and value.lstrip("-").isdigit() and len(value) < 6 else None


def written(number: int, form: str) -> str:
    """A number in one of Word's forms, as a Persian document shows it."""
    if form in {"bullet", "none"} or number < 0:
        return ""
    return _lettered(number, form).translate(_PERSIAN)


def _lettered(number: int, form: str) -> str:
    if form in {"arabicAbjad", "arabicAlpha"}:
        letters = _ABJAD if form == "arabicAbjad" else _ALPHA
        return letters[(number - 1) % len(letters)]
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and number < 400:
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form in {"ordinalText", "cardinalText", "ordinal"} and 0 < number < 100:
        return _worded(number, ordinal=form != "cardinalText")
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _worded(number: int, *, ordinal: bool) -> str:
    if ordinal and number == 1:
        return "اول"
    tens, units = number // 10 * 10, number % 10
    words = _WORDS.get(number) or f"{_WORDS[tens]} و {_WORDS[units]}"
    if not ordinal:
        return words
    if words.endswith("سه"):
        return words[:-2] + "سوم"
    return words + ("‌ام" if words.endswith("سی") else "م")


class Numbering:
    """The counters of one document; ask for its paragraphs in order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, Any] = {}
        self._names: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for style in styles.iter(f"{W}style") if styles is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = style
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._levels[key] = {_level(each): each for each in abstract.findall(f"{W}lvl")}
            if (link := _value(abstract, "numStyleLink")) is not None:
                linked[key] = link
            if (own := _value(abstract, "styleLink")) is not None:
                by_style[own] = key
        for key, link in linked.items():
            self._levels[key] = self._levels.get(by_style.get(link, ""), {})
        for num in numbering.iter(f"{W}num"):
            key = num.get(f"{W}numId", "")
            self._lists[key] = _value(num, "abstractNumId") or ""
            for override in num.findall(f"{W}lvlOverride"):
                start = _number(override, "startOverride")
                if start is not None:
                    self._starts.setdefault(key, {})[_level(override)] = start

    def style_of(self, paragraph: Any) -> str:
        """The name of the paragraph's style, or ""."""
        style = self._styles.get(_value(paragraph.find(f"{W}pPr"), "pStyle") or "")
        return (_value(style, "name") or "") if style is not None else ""

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level of a paragraph, by itself or by its style."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        style = _value(properties, "pStyle") or ""
        key, level = _value(own, "numId"), _number(own, "ilvl")
        name = style
        for _ in range(_DEEPEST):
            if key is not None or name not in self._styles:
                break
            element = self._styles[name]
            inner = element.find(f"{W}pPr")
            numbered = inner.find(f"{W}numPr") if inner is not None else None
            key = _value(numbered, "numId")
            level = level if level is not None else _number(numbered, "ilvl")
            name = _value(element, "basedOn") or ""
        if key is None or key == "0" or key not in self._lists:
            return None
        if level is None:
            levels = self._levels.get(self._lists[key], {})
            level = next((number for number, each in levels.items() if _value(each, "pStyle") == style), 0)
        return key, max(0, min(level, _DEEPEST - 1))

    def mark_of(self, paragraph: Any) -> str:
        """The number that Word shows before the paragraph, or "". Counts it."""
        place = self._place(paragraph)
        if place is None:
            return ""
        key, level = place
        abstract = self._lists[key]
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        override = self._starts.get(key, {}).get(level)
        if override is not None and (key, level) not in self._begun:
            counters[level] = override
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = self._start(levels, level)
        self._begun.add((key, level))
        for deeper in [each for each in counters if each > level]:
            if _number(levels.get(deeper), "lvlRestart") != 0:
                del counters[deeper]
        text = _value(levels[level], "lvlText") or ""
        if _value(levels[level], "numFmt") == "bullet":
            return "•"
        for each in range(_DEEPEST):
            if f"%{each + 1}" in text:
                number = counters.get(each, self._start(levels, each))
                text = text.replace(
                    f"%{each + 1}", written(number, _value(levels.get(each), "numFmt") or "decimal")
                )
        return text.strip()

    @staticmethod
    def _start(levels: dict[int, Any], level: int) -> int:
        start = _number(levels.get(level), "start")
        return 1 if start is None else start


def _level(element: Any) -> int:
    value = element.get(f"{W}ilvl", "0")
    return int(value) if value.isdigit() and len(value) < 3 else 0
