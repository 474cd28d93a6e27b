"""The language of queries: what is an operator, what is a field word, and that nothing is ever an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import keys
from search.narrowing import Narrowing
from search.query import parse

pytestmark = pytest.mark.django_db
SIGNS = st.sampled_from([
    "نوع:", "منطقه:", "شماره:", "از:", "تا:", "عنوان:", "سال:", "kind:", "from:", "to:", "title:", "خبر",
    "نهاد:", "org:", "۱۳۹۰/۱۳/۴۰",
    "مرداد ۱۳۹۰", "OR", "یا", "|", "-", "−", "‑", "«", "»", '"', "(", ")", " ", ":", "بودجه", "شهر", "۱۶۰/۱۸۱۸", "\x00",
    "\u200c", "9" * 30, "نوع:خبر", "-(", "(یا)",
])  # fmt: skip


def _clauses(text):
    return [[concept.keys for concept in clause.concepts] for clause in parse(text).clauses]


def _narrowing(text):
    return Narrowing().by_words(parse(text).fields)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(SIGNS, max_size=12).map("".join)))
def test_parse_any_text_is_never_an_error(text):
    query = parse(text)
    assert all(concept.keys for clause in query.clauses for concept in clause.concepts)
    assert all(concept.keys for concept in (*query.without, *query.titled))
    assert 0 <= query.needed <= 2 * len(query.clauses)
    Narrowing().by_words(query.fields).as_filters()
    for clause in query.clauses:
        parse(query.less(clause))
    for field in query.fields:
        assert 0 <= field.start < field.end <= len(query.text)
        parse(query.without_span(field.start, field.end))


@pytest.mark.parametrize(
    "text",
    [
        "فرارویدادگی یا پایه‌گیری چیست؟",
        "هر سیستم نوآوری یا تولیدی متکی به چیست؟",
        "در صورت برکناری، مرگ، استعفا یا ناتوانی چه می‌شود",
        "کاخ جنوب غربی یا «کاخی بدون رقیب» از چند آجر ساخته شده است؟",
        "(مانند میرداماد) اصالت یا ماهیت",
        "شوراها (مانند شورای شهر یا شورای روستا که برگزیده‌اند) چه می‌کنند",
    ],
)
def test_parse_ya_in_a_question_is_a_word(text):
    assert all(len(clause.concepts) == 1 for clause in parse(text).clauses)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("بودجه OR اعتبار", 2),
        ("بودجه | اعتبار", 2),
        ("بودجه یا اعتبار", 2),
        ("بودجه یا اعتبار یا هزینه", 3),
        ("(بودجه یا اعتبار)", 2),
        ("«بودجه سال» یا «اعتبار سال»", 2),
    ],
)
def test_parse_either(text, sides):
    (clause,) = parse(text).clauses
    assert len(clause.concepts) == sides


def test_parse_either_in_brackets_among_words():
    query = parse("سهم (بودجه یا «اعتبار جاری») محله")
    assert [len(clause.concepts) for clause in query.clauses] == [1, 2, 1]
    assert query.clauses[1].concepts[1].keys == tuple(keys("اعتبار جاری"))
    assert len(parse("سهم «بودجه سال» یا «اعتبار سال» محله").clauses) == 3


@pytest.mark.parametrize("sign", ["-", "−", "‑"])
def test_parse_without(sign):
    query = parse(f"شهر {sign}بودجه {sign}«شورای شهر»")
    assert [concept.keys for concept in query.without] == [("بودجه",), tuple(keys("شورای شهر"))]
    assert _clauses(f"شهر {sign}بودجه") == [[("شهر",)]]


@pytest.mark.parametrize("text", ["آیین‌نامه - بودجه", "۱۳۹۰-۱۳۹۵", "کاخ–موزه", "قرن –نوزدهم"])
def test_parse_a_dash_that_joins_or_parts_is_no_minus(text):
    assert parse(text).without == ()


def test_parse_without_a_group_leaves_out_each():
    assert [concept.keys for concept in parse("شهر -(بودجه یا محله)").without] == [("بودجه",), ("محله",)]


@pytest.mark.parametrize("quotes", ["«»", "“”", '""', "„“", "»«"])
def test_parse_phrase_is_required(quotes):
    (clause,) = parse(f"{quotes[0]}شورای اسلامی شهر{quotes[1]}").clauses
    assert clause.required
    assert clause.concepts[0].keys == tuple(keys("شورای اسلامی شهر"))


def test_parse_phrase_with_a_number_has_the_numbers_parts_as_the_index_does():
    (clause,) = parse("«نامه ۱۶۰/۱۸۱۸ شورا»").clauses
    assert clause.concepts[0].keys == tuple(keys("نامه 160/1818 شورا"))


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("نوع:خبر", "kinds", ("news",)),
        ("نوع: آيين نامه", "kinds", ("bylaw",)),
        ("نوع:آیین‌نامه", "kinds", ("bylaw",)),
        ("نوع:دبیرخانه منطقه", "kinds", ("district",)),
        ("kind:news", "kinds", ("news",)),
        ("KIND: Resolution", "kinds", ("resolution",)),
        ("نوع:خبر نوع:مصوبه", "kinds", ("news", "resolution")),
        ("منطقه:۳", "districts", (3,)),
        ("district:٣", "districts", (3,)),
        ("سال:۱۳۹۰", "years", (1390,)),
        ("وضعیت:منسوخ", "statuses", ("repealed",)),
        ("زبان:انگلیسی", "languages", ("en",)),
    ],
)
def test_parse_field_words_narrow(text, name, values):
    query = parse(text)
    assert getattr(Narrowing().by_words(query.fields), name) == values
    assert query.clauses == ()
    assert query.asks


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("از:۱۳۹۰/۰۵/۰۱", "2011-07-23", None),
        ("از: ۱۳۹۰/۵/۱ تا:١٣٩٠/٥/٣١", "2011-07-23", "2011-08-22"),
        ("از:1/5/1390", "2011-07-23", None),
        ("از:مرداد ۱۳۹۰ تا:مرداد ۱۳۹۰", "2011-07-23", "2011-08-22"),
        ("از:۱ مرداد ۱۳۹۰", "2011-07-23", None),
        ("از:مرداد ماه ۱۳۹۰", "2011-07-23", None),
        ("از:1390/5", "2011-07-23", None),
        ("from:1390 to:1390", "2011-03-21", "2012-03-19"),
        ("since:2011-07-23 until:2011", "2011-07-23", "2011-12-31"),
        ("از:۱۳۹۰ از:۱۳۸۹", "2011-03-21", None),
    ],
)
def test_parse_dates(text, since, until):
    narrowing = _narrowing(text)
    assert (
        narrowing.since and narrowing.since.isoformat(),
        narrowing.until and narrowing.until.isoformat(),
    ) == (
        since,
        until,
    )
    assert parse(text).clauses == ()


@pytest.mark.parametrize(
    "text",
    [
        "نوع:ققنوس",
        "نوع:",
        "منطقه:سه",
        "منطقه:",
        "منطقه:۰",
        "از:تهران",
        "از:۱۳۹۰/۱۳/۰۱",
        "تا:۱۳۹۰/۱۲/۳۱",
        "از: خانه تا مدرسه",
        "ساعت: ۹",
        "از:۹۹۹۹۹",
        "عنوان:؟",
        "شماره:؟",
    ],
)
def test_parse_malformed_field_words_are_plain_words(text):
    query = parse(text)
    assert query.fields == ()
    assert query.keys == parse(text.replace(":", " ")).keys


def test_parse_field_words_leave_the_other_words():
    query = parse("بودجه نوع:خبر محله منطقه:۳ سالانه")
    assert query.keys == parse("بودجه محله سالانه").keys
    first, second = query.fields
    assert query.without_span(first.start, first.end) == "بودجه محله منطقه:۳ سالانه"
    assert query.without_span(second.start, second.end) == "بودجه نوع:خبر محله سالانه"


@pytest.mark.parametrize(
    "typed", ["160/1818/18066", "۱۶۰/۱۸۱۸/۱۸۰۶۶", "160 / 1818 / 18066", "«۱۶۰/۱۸۱۸/۱۸۰۶۶»"]
)
def test_parse_number_in_any_digits_and_spaces(typed):
    assert parse(f"شماره:{typed}").numbered == ("160/1818/18066",)


def test_parse_title_takes_a_word_or_a_phrase():
    assert [concept.keys for concept in parse("عنوان:مشارکت محله").titled] == [tuple(keys("مشارکت"))]
    assert [concept.keys for concept in parse("عنوان:«مشارکت محله»").titled] == [tuple(keys("مشارکت محله"))]


def test_needed_all_of_two_words_and_most_of_more():
    assert parse("بودجه محله").needed == sum(clause.weight for clause in parse("بودجه محله").clauses)
    long = parse("تسهیلگری شفافیت ظرفیت‌سنجی تصدی قرارگاه")
    assert 0.6 < long.needed / sum(clause.weight for clause in long.clauses) < 0.8
    assert parse("مردم").clauses[0].weight == 1
    assert parse("تسهیلگری").clauses[0].weight == 2


def test_less_gives_the_text_without_one_part():
    query = parse("بودجه «شورای شهر» (محله یا منطقه) -خبر نوع:مصوبه")
    for clause in query.clauses:
        again = parse(query.less(clause))
        assert again.clauses == tuple(each for each in query.clauses if each is not clause)
        assert (again.without, again.fields[0].value) == (query.without, "resolution")
