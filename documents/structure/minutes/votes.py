"""How a decision came out: the words for passed, rejected, postponed, referred, and the counts of votes."""

import re

from documents.structure.minutes.found import Votes
from documents.structure.numbers import CARDINAL, number_value

_N = rf"(?:\d{{1,3}}|{CARDINAL}|هیچ)"
_FOR = re.compile(
    rf"(?<!\w)(?P<n>{_N}) ?(?:نفر )?(?:رای |آرای )?(?:موافق|مثبت)(?!\w)|(?:رای |آرای |تعداد )?موافق(?:ان"
    rf"|ین)? ?[:=] ?(?P<n2>{_N})"
    rf"|(?<!\w)با ?(?P<n3>{_N}) ?رای(?! ?(?:مخالف|ممتنع|منفی))(?!\w)"
)
_AGAINST = re.compile(
    rf"(?<!\w)(?P<n>{_N}) ?(?:نفر )?(?:رای |آرای )?(?:مخالف|منفی)(?!\w)|(?:رای |آرای |تعداد )?مخالف(?:ان"
    rf"|ین)? ?[:=] ?(?P<n2>{_N})"
)
_ABSTAINED = re.compile(
    rf"(?<!\w)(?P<n>{_N}) ?(?:نفر )?(?:رای |آرای )?(?:ممتنع|سفید)(?!\w)|(?:رای |آرای |تعداد )?(?:ممتنع"
    rf"|سفید)(?:ان|ین)? ?[:=] ?(?P<n2>{_N})"
)
_UNANIMOUS = re.compile(
    r"(?:به|با) ?(?:اتفاق|تمام) ?(?:کامل )?(?:آرا|آراء|آرای|ارا|اراء)(?!\w)|بالاتفاق|متفقا|باتفاق ?(?:آراء?|اراء?)"
)

_POSTPONED = re.compile(
    r"(?:به|تا) ?(?:یکی از )?جلس(?:ه|ات)[^.؛]{0,40}?(?:موکول|محول|منتقل|احاله)|موکول (?:شد|گردید|می)|مسکوت ماند"
    r"|به تعویق افتاد|(?<!\w)معوق (?:ماند|شد|گردید)|در جلسه (?:آینده|بعد|آتی) (?:مطرح|بررسی|طرح)"
)
_REJECTED = re.compile(
    r"(?<!\w)رد (?:شد|گردید)|به تصویب نرسید|تصویب نشد|تصویب نگردید|مصوب نشد|رای(?: کافی"
    r"| لازم)?(?: را)? ?(?:نیاورد|کسب ?نکرد|به ?دست ?نیاورد)"
    r"|(?:مورد )?موافقت (?:[^\W\d]+ ){0,2}(?:قرار نگرفت|نشد|نگردید)|مخالفت (?:شد|گردید)|با مخالفت (?:اعضا|اکثریت)"
)
_REFERRED = re.compile(
    r"(?:به|جهت [^.؛]{0,60}? به) ?(?:کمیسیون|کمیته|کارگروه|هیی?ات|هییت|شورا|شورای|معاونت|اداره|واحد|دبیرخانه|ستاد)"
    r"[^.؛]{0,70}? (?:ارجاع|احاله)|(?<!\w)ارجاع (?:شد|گردید|می|داده)"
)
_AMENDED = re.compile(
    r"با (?:اعمال |انجام |لحاظ |در نظر گرفتن )?(?:اصلاحات|اصلاح|تغییرات|تغییر)[^.؛]{0,60}?(?:تصویب|مصوب"
    r"|موافقت)|(?:تصویب|مصوب) [^.؛]{0,20}با (?:اصلاح|تغییر)"
)
_DECIDES = re.compile(
    r"(?<!\w)(?:مقرر (?:شد|گردید|است|گشت|شده|داشت|می)|مقررشد|مقررگردید|مصوب (?:شد|گردید|گشت|است|نمود|کرد|نشد)|مصوبشد"
    r"|(?:به|مورد) ?تصویب (?:نهایی |اعضا |شورا |نهایی اعضا )?(?:رسید|قرار گرفت|نرسید|نهایی رسید)|تصویب (?:شد"
    r"|گردید|نمود|کرد|نشد|نگردید)"
    r"|موافقت (?:شد|گردید|به عمل آمد|بعمل آمد|نمود|کرد|نشد)|(?:مورد )?موافقت (?:[^\W\d]+ ){0,2}قرار ن?گرفت"
    r"|تصمیم (?:گرفته شد|بر این شد|گرفت)|تصمیم گیری شد|تصمیم بر آن شد|قرار شد|مخالفت (?:شد|گردید)|رد (?:شد|گردید))"
)


def decides(shade: str) -> bool:
    """Whether a sentence says that something was decided, one way or another."""
    return any(pattern.search(shade) is not None for pattern in (_DECIDES, _POSTPONED, _REJECTED, _REFERRED))


def outcome_of(shade: str) -> str:
    """`passed`, `amended`, `rejected`, `postponed` or `referred`; what says nothing of it passed."""
    if _REJECTED.search(shade):
        return "rejected"
    if _POSTPONED.search(shade):
        return "postponed"
    if _REFERRED.search(shade) and not re.search(
        r"مقرر (?:شد|گردید)|تصویب (?:شد|گردید|رسید)|به تصویب", shade
    ):
        return "referred"
    return "amended" if _AMENDED.search(shade) else "passed"


def votes_of(shade: str) -> Votes:
    """The counts of votes in a text."""
    return Votes(
        _count(_FOR, shade),
        _count(_AGAINST, shade),
        _count(_ABSTAINED, shade),
        unanimous=_UNANIMOUS.search(shade) is not None,
    )


def _count(pattern: re.Pattern[str], shade: str) -> int | None:
    match = pattern.search(shade)
    if match is None:
        return None
    words = next(value for name, value in match.groupdict().items() if value)
    return 0 if words == "هیچ" else number_value(words)
