"""Minutes in the manners of different councils: what was understood of each stands beside them, written by hand."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.structure.files import read_file
from documents.structure.minutes import parse_minutes
from documents.structure.minutes.deadlines import deadline_in
from documents.structure.shades import shaded

FOLDER = Path(__file__).parent / "minutes"
HELD_ON = dt.date(2022, 5, 26)  # ۵ خرداد ۱۴۰۱


@dataclass(frozen=True)
class Expected:
    """What stands in a file: decisions as line, number, outcome, votes, core, supporting, due day."""

    body: str
    session: str
    held_on: str
    begins: str
    ends: str
    presence: dict
    agenda: int
    decisions: list = field(default_factory=list)


EXPECTED = {
    "agenda_by_agenda": Expected(
        "کمیسیون فرهنگی و اجتماعی شورا",
        "42",
        "2023-03-05",
        "15:00",
        "17:00",
        {"present": 4, "absent": 1, "excused": 1},
        2,
        [
            (12, "", "amended", (3, None, 1), [], [], ""),
            (16, "", "postponed", (None, None, None), [], [], ""),
        ],
    ),
    "closed": Expected(
        "هیئت رسیدگی به درخواست‌های مقام مشورتی",
        "3",
        "2024-12-27",
        "08:30",
        "10:00",
        {"present": 3, "excused": 1},
        1,
        [
            (15, "۱", "rejected", (1, 2, None), [], [], ""),
            (16, "۲", "passed", (None, None, None), ["دبیر هیئت"], [], "2025-01-01"),
        ],
    ),
    "council_letters": Expected(
        "شورای اسلامی شهر",
        "45",
        "2020-02-09",
        "17:00",
        "19:15",
        {},
        0,
        [
            (6, "1", "passed", (None, None, None), [], [], ""),
            (
                7,
                "2",
                "passed",
                (None, None, None),
                ["معاونت فنی و عمرانی شهرداری"],
                ["اداره بهزیستی"],
                "2020-03-19",
            ),
            (8, "3", "rejected", (2, 5, None), [], [], ""),
            (9, "4", "postponed", (None, None, None), [], [], ""),
        ],
    ),
    "flowing": Expected(
        "شورای اسلامی شهر",
        "90",
        "2008-04-08",
        "09:00",
        "11:00",
        {"present": 4, "excused": 1},
        0,
        [
            (5, "", "passed", (11, 2, None), [], [], ""),
            (7, "", "referred", (None, None, None), ["کمیسیون برنامه و بودجه"], [], ""),
            (7, "", "rejected", (None, None, None), [], [], ""),
            (9, "", "passed", (None, None, None), ["شهرداری"], [], "2008-06-09"),
        ],
    ),
    "informal": Expected(
        "شورای مشورتی سمن های منطقه 5",
        "",
        "2020-06-01",
        "17:00",
        "",
        {"present": 4},
        0,
        [
            (9, "", "passed", (None, None, None), [], [], "2020-06-14"),
            (10, "", "passed", (None, None, None), ["دبیر منطقه"], [], ""),
            (11, "", "passed", (None, None, None), ["موسسه سبزاندیشان"], [], ""),
        ],
    ),
    "letters": Expected(
        "قرارگاه اجتماعی",
        "17",
        "2022-03-08",
        "",
        "",
        {"present": 5, "guest": 1},
        0,
        [
            (
                9,
                "الف",
                "passed",
                (None, None, None),
                ["اداره کل سازمان‌های مردم‌نهاد"],
                ["شهرداری مناطق", "دبیرخانه‌های مناطق"],
                "2022-06-07",
            ),
            (10, "ب", "passed", (None, None, None), ["سازمان بهزیستی"], ["نیروی انتظامی"], "2023-03-20"),
            (11, "ج", "passed", (None, None, None), [], [], ""),
        ],
    ),
    "long_prose": Expected(
        "دبیرخانه مشورتی سازمان‌های مردم‌نهاد و اداره کل سلامت",
        "",
        "2019-07-03",
        "09:00",
        "",
        {"present": 4},
        0,
        [
            (5, "", "passed", (None, None, None), [], [], ""),
            (5, "", "passed", (None, None, None), ["دبیرخانه"], [], "2019-07-22"),
            (5, "", "postponed", (None, None, None), [], [], ""),
        ],
    ),
    "lost_zwnj": Expected(
        "كارگروه آسيب هاي اجتماعي منطقه 9",
        "4",
        "2020-09-02",
        "10:00",
        "12:00",
        {"present": 4},
        2,
        [
            (14, "1", "passed", (None, None, None), ["اداره سلامت"], ["آموزش و پرورش منطقه"], "2020-09-21"),
            (15, "2", "passed", (None, None, None), ["دبيرخانه منطقه"], [], "2020-09-16"),
            (16, "3", "passed", (None, None, None), [], [], ""),
        ],
    ),
    "numbered": Expected(
        "کمیته مشترک ستاد سمن‌ها و معاونت امور اجتماعی و فرهنگی",
        "12",
        "2022-05-26",
        "16:00",
        "18:30",
        {"present": 4, "excused": 1},
        3,
        [
            (21, "۱", "passed", (4, None, None), ["معاونت امور اجتماعی و فرهنگی"], [], "2022-06-26"),
            (22, "۲", "passed", (None, None, None), ["دبیرخانه"], ["دبیران مناطق"], "2022-09-22"),
            (23, "۳", "postponed", (None, None, None), [], [], ""),
        ],
    ),
    "piped": Expected(
        "ستاد هماهنگی نوروز ۱۴۰۲ سمن‌های شهر",
        "",
        "2023-02-11",
        "13:00",
        "15:00",
        {"present": 2, "absent": 1},
        0,
        [
            (8, "۱", "passed", (None, None, None), ["معاونت اجتماعی", "سازمان بوستان‌ها"], [], "2023-03-16"),
            (9, "۲", "passed", (None, None, None), ["دبیرخانه ستاد"], [], "2023-02-25"),
            (10, "۳", "passed", (None, None, None), ["روابط عمومی"], [], "2023-02-19"),
        ],
    ),
    "points": Expected(
        "کارگروه مشارکت منطقه ۱۲",
        "7/1402",
        "2023-05-30",
        "10:00",
        "11:30",
        {"present": 5},
        0,
        [
            (7, "۱", "passed", (None, None, None), ["کارشناس مسئول سمن‌ها"], [], "2023-06-21"),
            (12, "۲", "passed", (None, None, None), ["اداره آموزش شهروندی"], [], "2023-09-22"),
            (15, "۳", "passed", (3, 2, None), [], [], ""),
        ],
    ),
    "registers": Expected(
        "شورای اسلامی شهر",
        "160/1818",
        "2011-05-15",
        "16:00",
        "18:00",
        {"present": 5},
        0,
        [
            (10, "۷۸۰", "passed", (5, None, None), [], [], ""),
            (11, "۷۸۱", "passed", (4, 1, None), ["شهرداری"], [], "2011-05-30"),
            (12, "۷۸۲", "rejected", (1, 4, None), [], [], ""),
        ],
    ),
    "wrapped": Expected(
        "شورای هماهنگی دبیران مناطق",
        "2",
        "2023-10-10",
        "14:00",
        "16:00",
        {"present": 5},
        0,
        [
            (8, "", "passed", (None, None, None), ["کمیته ظرفیت‌سنجی"], [], "2023-11-21"),
        ],
    ),
}


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_what_a_file_of_minutes_says(name):
    found = parse_minutes((FOLDER / f"{name}.txt").read_text())
    expected = EXPECTED[name]
    assert (found.body, found.session_number) == (expected.body, expected.session)
    assert str(found.held_on) == expected.held_on
    hours = [each.strftime("%H:%M") if each else "" for each in (found.begins_at, found.ends_at)]
    assert hours == [expected.begins, expected.ends]
    assert Counter(each.presence for each in found.attendance) == expected.presence
    assert len(found.agenda) == expected.agenda
    told = [
        (
            each.line,
            each.number,
            each.outcome,
            (each.votes.favour, each.votes.against, each.votes.abstained),
            list(each.core),
            list(each.supporting),
            str(each.deadline.day) if each.deadline else "",
        )
        for each in found.decisions
    ]
    assert told == expected.decisions


def test_who_was_there_and_why_not():
    found = parse_minutes((FOLDER / "numbered.txt").read_text())
    told = [(each.name, each.role, each.presence, each.line) for each in found.attendance]
    assert told[0] == ("احمدی", "نماینده ستاد (رئیس کمیته)", "present", 8)
    assert told[-1] == ("بهرامی", "نماینده سازمان عضو", "excused", 13)
    assert found.agenda[0].proposer == "دبیرخانه"
    assert found.place == "سالن جلسات ستاد"
    assert found.title.startswith("صورتجلسه کمیته مشترک")
    assert not found.closed
    assert parse_minutes((FOLDER / "closed.txt").read_text()).closed


def test_a_table_in_word(tmp_path):
    document = docx.Document()
    document.add_heading("صورتجلسه کارگروه پایش منطقه ۳", 0)
    document.add_paragraph("شماره جلسه: ۵ - تاریخ: ۱۴۰۲/۰۲/۱۰ - ساعت: ۱۰ تا ۱۲")
    people = document.add_table(rows=0, cols=4)
    for row in (
        ("ردیف", "نام و نام خانوادگی", "سمت", "امضا"),
        ("۱", "آقای توکلی", "معاون منطقه", ""),
        ("۲", "خانم سعیدی", "کارشناس", ""),
    ):
        for cell, text in zip(people.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("")
    table = document.add_table(rows=0, cols=6)
    for row in (
        ("ردیف", "متن مصوبه", "مسئول پیگیری", "مهلت", "موافق", "مخالف"),
        ("۱", "بازدید از سراهای محله انجام شود.", "دبیر منطقه", "یک ماه", "۲", "۰"),
        ("۲", "خرید میز و صندلی به جلسه بعد موکول شد.", "", "", "", ""),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(tmp_path / "minutes.docx")
    draft = read_file(tmp_path / "minutes.docx")
    found = parse_minutes(draft.text, draft.furniture)
    assert (found.body, found.session_number) == ("کارگروه پایش منطقه ۳", "5")
    assert [(each.name, each.role) for each in found.attendance] == [
        ("توکلی", "معاون منطقه"),
        ("سعیدی", "کارشناس"),
    ]
    first, second = found.decisions
    assert (first.core, first.votes.favour, first.votes.against) == (("دبیر منطقه",), 2, 0)
    assert first.deadline.day == dt.date(2023, 5, 31)
    assert second.outcome == "postponed"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("ظرف یک ماه اجرا شود", "2022-06-26"),
        ("حداکثر ظرف مدت دو هفته", "2022-06-09"),
        ("در مهلت ۱۰ روزه", "2022-06-05"),
        ("تا پایان شهریور", "2022-09-22"),
        ("تا پایان فروردین", "2023-04-20"),
        ("تا پایان شهریورماه ۱۴۰۲", "2023-09-22"),
        ("لغایت ۱۴۰۱/۰۶/۳۱", "2022-09-22"),
        ("تا نیمه مهر", "2022-10-07"),
        ("تا پایان سال جاری", "2023-03-20"),
        ("تا پایان ماه آینده", "2022-07-22"),
        ("تا تاریخ ۱۵ مرداد", "2022-08-06"),
        ("ظرف ۴۸ ساعت", "2022-05-28"),
        ("ظرف ۳ روز کاری", "2022-05-30"),
        ("تا جلسه آینده", "None"),
        ("تا ۳۱ مهر", ""),
        ("برای سال آینده", ""),
        ("طی گزارشی اعلام شد", ""),
    ],
)
def test_deadlines_are_counted_from_the_day_of_the_meeting(words, day):
    found = deadline_in(shaded(f"مقرر شد اداره {words}"), HELD_ON)
    assert (str(found.day) if found else "") == day


def test_a_month_after_the_last_of_a_long_month_is_the_last_of_a_short_one():
    found = deadline_in(shaded("ظرف یک ماه"), dt.date(2022, 9, 22))  # ۳۱ شهریور
    assert found.day == dt.date(2022, 10, 22)  # ۳۰ مهر


def test_what_looks_wrong_is_said_with_its_line():
    text = "\n".join(
        [
            "صورتجلسه کمیته نظارت",
            "تاریخ: ۱۴۰۱/۳/۵",
            "حاضرین:",
            "۱- دبیر",
            "۲- رئیس",
            "مصوبات:",
            "۱- الف تصویب شد.",
            "۳- ب با ۹ رأی موافق تصویب شد.",
            "۳- پ تصویب شد.",
        ]
    )
    doubts = [(each.code, each.line) for each in parse_minutes(text).doubts]
    assert doubts == [("decision_gap", 8), ("decision_repeat", 9), ("votes", 8)]
    assert [each.code for each in parse_minutes("سلام").doubts] == [
        "no_body",
        "no_date",
        "no_attendance",
        "no_decisions",
    ]


WORDS = (
    "مصوبه مصوبات: حاضرین: غایبین دستور جلسه ساعت ۱۶ تا ظرف پایان یک ماه مقرر گردید شد. ۱- ۲) الف) ( ) | \t \n \n\n "
    "، ؛ و با ۵ رأی موافق ۱۴۰۱/۳/۵ ۱۴۰۱/۱۳/۴۵ کمیته شورای بهمن ۹۹۹۹۹۹ سال «»"
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS.split(" ")), max_size=80).map(" ".join))
)
def test_no_text_breaks_it_and_every_line_is_one_of_the_source(text):
    found = parse_minutes(text)
    last = len(text.splitlines()) + text.count("\f") + 1
    told = [*found.attendance, *found.agenda, *found.decisions]
    assert all(1 <= each.line <= last for each in told)
    assert all(each.text.strip() for each in found.decisions)
