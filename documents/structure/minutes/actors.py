"""Who must carry a decision out, and who helps: told by the words around a name of an office."""

import re

from documents.structure.shades import Line, shaded

OFFICES = (
    r"(?:معاونت?|معاونین|معاونان|ادار[هات]+|اداره ?کل|سازمان(?:های)?|دبیرخانه(?: ?های)?|دبیر(?:ان)?|شهرداری"
    r"|شهردار(?:ان)?|مدیر(?:ان|یت|کل|عامل)?"
    r"|کمیته|کمیسیون|کارگروه|شورا(?:ی|ها)?|شورایاری|ستاد|واحد|نماینده|نمایندگان|ریی?س|روسای|مسی?ول(?:ان|ین)?"
    r"|مسوول(?:ین)?|امور|حوزه|ناظر|حراست|انجمن(?: ?های)?"
    r"|خانه|بنیاد|هیی?ات|هیات|موسسه|شرکت|قرارگاه|دفتر|نیروی|بهزیستی|هلال|سپاه|دادگستری|استانداری|فرمانداری"
    r"|مرکز|مشاور(?:ان|ین)?|کارشناس(?:ان)?|سرای|سراهای"
    r"|دهیاری|آموزش و پرورش|دانشگاه|سمن ?(?:های|ها)?|آقای|آقا|خانم|سرکار|جناب|مهندس|دکتر|حسابداری|ذیحساب"
    r"|روابط عمومی|قایم مقام|سرپرست|اعضای?|گروه|بسیج|پلیس|راهور|آتش ?نشانی|اورژانس|پایگاه)"
)
_LEAD = re.compile(
    r"(?:مقرر ?(?:شد|گردید|گشت|است|شده است|شد تا)|مصوب ?(?:شد|گردید)|تصویب ?(?:شد|گردید)|قرار شد"
    r"|تصمیم گرفته شد) ?(?:که|تا)? ?[:،-]? ?"
)
_LABEL = re.compile(
    r"(?:(?:مسی?ول|متولی|مسوول|دستگاه|واحد|نهاد) ?(?:پیگیری(?: و اجرا)?|اجرا(?: و پیگیری)?|اجرایی?|اقدام"
    r"|انجام)?|مجری|اقدام ?کننده|پیگیری|اقدام|بازوی اجرا) ?[:：=] ?(?P<who>[^.؛\n]{2,160})"
)
_CORE_LABEL = re.compile(r"(?:دستگاه|نهاد|بازیگر|عضو)?(?: ?های)? ?محوری ?[:：] ?(?P<who>[^.؛\n]{2,200})")
_SUPPORT_LABEL = re.compile(
    r"(?:(?:دستگاه|نهاد|بازیگر|عضو)?(?: ?های)? ?(?:پشتیبان|همکار)|همکاران|با همکاری) ?[:：] ?(?P<who>[^.؛\n]{2,200})"
)
_WITH = re.compile(
    r"(?:با|و) (?:همکاری|مشارکت|هماهنگی|هماهنگ ی|کمک|پشتیبانی|همراهی|مساعدت) (?P<who>[^.؛\n]{2,160})"
)
_BY = re.compile(
    rf"(?:توسط|از سوی|از طریق|به عهده|بر عهده|بعهده|برعهده|به مسی?ولیت|با مسی?ولیت) ?(?P<who>{OFFICES}[^.؛\n]{{0,140}})"
)
_MUST = re.compile(
    rf"(?<!\w)(?P<who>{OFFICES}[^.؛:\n]{{0,120}}?) (?:موظف|مکلف|ملزم|متعهد|مامور) ?(?:شد|گردید|است|می ?باشد|اند"
    rf"|شدند|گردیدند)"
)
_REFER = re.compile(
    r"به (?P<who>(?:کمیسیون|کمیته|کارگروه|معاونت|اداره|واحد|دبیرخانه|ستاد|هیات|هییت"
    r"|شورای)[^.؛\n]{0,80}?) (?:ارجاع|احاله|محول|ابلاغ)"
)
#: Where the name of an actor ends.
_STOP = re.compile(
    r"(?<!\w)(?:نسبت|ظرف|طی|تا|حداکثر|نهایتا|با|در|را|به|از|برای|جهت|که|گزارش|فهرست|طرح|برنامه|پیش ?نویس|متن"
    r"|نتیجه|نتایج|ضمن|اقدام|پیگیری|موضوع|مراتب"
    r"|هماهنگی|همکاری|لازم|بررسی|تهیه|ارایه|ارائه|ارسال|اعلام|برگزار|انجام|معرفی|ایجاد|تشکیل|می|نمی|انتخاب"
    r"|منصوب|هر|ماهانه|هفته ?ای|یک|این|آن|نسخه|اسامی|سامانه|مهلت|پس|قبل|پیش|بدون|طبق|براساس|بر|آیین ?نامه"
    r"|دستورالعمل|توسط|ارجاع|شد|گردید|است|شود|گردد|گزارشی|موظف|مکلف|ملزم|متعهد|مسی?ول)(?!\w)|[(:؛.]"
)
_AGAIN = re.compile(rf"(?:، ?|؛ ?| ?/ ?| ?\+ ?| - | و (?={OFFICES}(?!\w)))")
_START = re.compile(OFFICES + r"(?!\w)")
#: A sentence that tells its first words to do something, not one that tells what was said.
_IS_TO = re.compile(r"(?:کند|کنند|نماید|نمایند|دهد|دهند|رساند|رسانند|فرستد|آورد|آورند|گردد)[ .؛!]*$")
_LONGEST = 110


def actors_of(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who must carry out what the line decides, and those who help."""
    supporting = [*_labelled(_SUPPORT_LABEL, line), *_worded(_WITH, line)]
    core = _labelled(_CORE_LABEL, line) or _labelled(_LABEL, line)
    if not core:
        core = _worded(_MUST, line) or _after_lead(line) or _worded(_BY, line) or _worded(_REFER, line)
    core = [name for name in dict.fromkeys(core) if name not in supporting]
    return tuple(core), tuple(dict.fromkeys(supporting))


def names_in(line: Line) -> tuple[str, ...]:
    """The names of a cell: what stands between commas, strokes and «و»."""
    return tuple(dict.fromkeys(_split(line)))


def _labelled(pattern: re.Pattern[str], line: Line) -> list[str]:
    match = pattern.search(line.shade)
    if match is None:
        return []
    start, end = match.span("who")
    stop = re.compile(
        r"(?<!\w)(?:مهلت|زمان|تاریخ|دستگاه|نهاد|پشتیبان|همکار|محوری|موعد)(?: ?های)? ?(?:\w+ ?){0,2}[:：]|\t|\|"
    ).search(line.shade, start, end)
    return _split(shaded(line.cut(start, stop.start() if stop else end)))


def _worded(pattern: re.Pattern[str], line: Line) -> list[str]:
    found: list[str] = []
    for match in pattern.finditer(line.shade):
        start, end = match.span("who")
        if pattern is _MUST:
            inner = [
                each.start()
                for each in re.finditer(r"(?:،|؛|\.) ?|(?:شد|گردید|است) (?:که |تا )?", line.shade[start:end])
            ]
            if inner:
                tail = re.compile(OFFICES).search(line.shade, start + inner[-1] + 1, end)
                if tail and "،" not in line.shade[start : tail.start()]:
                    start = tail.start()
        elif pattern is not _REFER:
            end = _end(line.shade, start, end)
        if _START.match(line.shade, start) and 0 < end - start <= _LONGEST:
            found += _split(shaded(line.cut(start, end)))
    return found


def _after_lead(line: Line) -> list[str]:
    shade = line.shade
    places = [match.end() for match in _LEAD.finditer(shade)]
    if not places and _IS_TO.search(shade):
        places = [0]
    for start in places:
        if _START.match(shade, start):
            end = _end(shade, start, min(len(shade), start + _LONGEST + 40))
            if end - start <= _LONGEST:
                return _split(shaded(line.cut(start, end)))
    return []


def _end(shade: str, start: int, end: int) -> int:
    """Where the names that begin at `start` end: before a word that no office has in its name."""
    place = start
    head = _START.match(shade, start)
    if head is not None:
        place = head.end()
    stop = _STOP.search(shade, place, end)
    return stop.start() if stop else end


def _split(line: Line) -> list[str]:
    """Single names; «و» parts only where another office follows, «اجتماعی و فرهنگی» is one."""
    names: list[str] = []
    place = 0
    cuts = [(match.start(), match.end()) for match in _AGAIN.finditer(line.shade)] + [
        (len(line.shade), len(line.shade))
    ]
    for start, end in cuts:
        if start < place:
            continue
        name = " ".join(line.cut(place, start).split()).strip(" ،؛:.-–\u200c")
        if len(name) > 1 and any(letter.isalpha() for letter in name):
            names.append(name)
        place = end
    return names
