"""The parser of bylaws: on texts of our own, and on the real ones when they lie beside the repository."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.structure.numbers import number_value
from documents.structure.provisions import parse

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "bylaws"
LAST_ARTICLES = {
    "municipal_financial_bylaw_1346": 48,
    "apartment_ownership_bylaw": 27,
    "electronic_evidence_bylaw_1393": 48,
    "islamic_councils_elections_mayors_1375": 137,
    "alternative_punishments_bylaw_1393": 16,
    "admin_violations_bylaw": 47,
    "waste_bylaw": 39,
}

BYLAW = """آیین‌نامه مدیریت مشارکت‌های اجتماعی
شورای اسلامی شهر در جلسه مورخ ۱۴۰۱/۲/۳ این آیین‌نامه را تصویب کرد:
فصل اول: کلیات
ماده اول: هدف:
متن ماده یک.
ماده ۲ـ واژه‌ها در معانی زیر به کار می‌روند:
۱. سازمان
۲. ستاد، شامل:
   الف) دبیرخانه
   ب) کارگروه
۳. سامانه
تبصره: تبصره بی‌شماره
تبصره ٢ ـ تبصره دیگر
ماده ٣ مکرر - مکرر نخست
ماده ۳ مکرر ۲) مکرر دوم
فصل دوم ـ مقررات
ماده (۴) – ماده ۱۱ به شرح زیر اصلاح می‌شود:
«ماده ۱۱ـ متن تازه.»
ماده ۱۱ قانون شهرداری اجرا می‌شود.
ماده ۱۱ به شرح زیر اصلاح می‌شود.
ماده پنجم
متن ماده پنج
ماده بیست و یکم - (اصلاحی ۱۴۰۲/۱/۱) متن
پیوست ۱
ماده ۱ - در پیوست
"""


def _by_eid(text: str) -> dict:
    return {item.eid: item for item in parse(text).provisions}


def test_parse_bylaw_gives_eids_of_akoma_ntoso() -> None:
    assert list(_by_eid(BYLAW)) == [
        "chp_1", "art_1", "art_2", "art_2__para_1", "art_2__para_2", "art_2__para_2__subpara_1",
        "art_2__para_2__subpara_2", "art_2__para_3", "art_2__proviso_1", "art_2__proviso_2", "art_3bis",
        "art_3bis2", "chp_2", "art_4", "art_5", "art_21", "att_1", "att_1__art_1",
    ]  # fmt: skip


def test_parse_bylaw_keeps_title_preamble_and_parents() -> None:
    parsed = parse(BYLAW)
    found = _by_eid(BYLAW)
    assert parsed.title == "آیین‌نامه مدیریت مشارکت‌های اجتماعی"
    assert parsed.preamble.startswith("شورای اسلامی شهر")
    assert found["art_1"].heading == "هدف"
    assert found["art_1"].text == "متن ماده یک."
    assert found["art_2"].parent == "chp_1"
    assert found["art_2__para_2__subpara_1"].parent == "art_2__para_2"
    assert found["art_2__para_2__subpara_1"].num == "الف"
    assert found["art_21"].status == "amended"
    assert [item.order for item in parsed.provisions] == list(range(len(parsed.provisions)))


def test_parse_citation_at_line_start_is_no_article() -> None:
    assert "art_11" not in _by_eid(BYLAW)
    assert "ماده ۱۱ قانون شهرداری" in _by_eid(BYLAW)["art_4"].text


@pytest.mark.parametrize("separator", ["-", "–", "—", "ـ", ":", ")", ".", " -", "\u200cـ\u200c", "\\-", ""])
@pytest.mark.parametrize("number", ["۱", "١", "1", "(۱)", "اول", "یک"])
def test_parse_article_whatever_its_separator(separator: str, number: str) -> None:
    found = _by_eid(f"آیین‌نامه\n**ماده {number}**{separator} شهرداری موظف است.\nماده ۲ - متن.")
    assert list(found) == ["art_1", "art_2"]
    assert found["art_1"].text == "شهرداری موظف است."


def test_parse_single_article_with_provisos() -> None:
    found = _by_eid("ماده واحده - اجازه داده می‌شود.\nتبصره ۱- الف\nتبصره ۲- ب")
    assert list(found) == ["art_single", "art_single__proviso_1", "art_single__proviso_2"]


def test_parse_table_of_contents_is_left_out() -> None:
    contents = "فهرست\n* فصل اول- کلیات\n* فصل دوم- پایان\n# آیین‌نامه\n"
    text = contents + "فصل اول- کلیات\nماده ۱- الف\nفصل دوم- پایان\nماده ۲- ب"
    assert list(_by_eid(text)) == ["chp_1", "art_1", "chp_2", "art_2"]


def test_parse_restarted_numbering_opens_an_annex() -> None:
    assert list(_by_eid("ماده ۱- الف\nماده ۲- ب\nماده ۱- ج\nماده ۲- د")) == [
        "art_1", "art_2", "att_1", "att_1__art_1", "att_1__art_2",
    ]  # fmt: skip


def test_parse_provisos_of_a_paragraph_are_its_own() -> None:
    found = _by_eid("ماده ۱- الف:\n۱- یک\nتبصره ۱- الف\n۲- دو\nتبصره ۱- ب")
    assert list(found)[-1] == "art_1__para_2__proviso_1"


def test_parse_hard_broken_lines_are_joined() -> None:
    assert _by_eid("ماده ۱- شهرداری مکلف است\n\nظرف یک ماه\nاقدام کند.\nنکته دیگر.")["art_1"].text == (
        "شهرداری مکلف است ظرف یک ماه اقدام کند.\nنکته دیگر."
    )


@pytest.mark.parametrize(
    ("words", "value"),
    [("بیست و یکم", 21), ("صد و سی و هفت", 137), ("سی‌ام", 30), ("۱۲", 12), ("دهم", 10), ("الف", None)],
)
def test_number_value_of_words(words: str, value: int | None) -> None:
    assert number_value(words) == value


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from([*BYLAW.splitlines(), "ماده", "تبصره", "«", "بند ۲ -", "ماده ۱", "الف-", "ه ـ"]),
        ),
        max_size=25,
    )
)
def test_parse_any_text_gives_unique_eids_with_known_parents(lines: list[str]) -> None:
    parsed = parse("\n".join(lines))
    eids = [item.eid for item in parsed.provisions]
    assert len(set(eids)) == len(eids)
    for item in parsed.provisions:
        assert item.parent is None or eids.index(item.parent) < item.order


@pytest.mark.beside
@pytest.mark.parametrize("name", LAST_ARTICLES)
def test_parse_real_bylaw_finds_every_article(name: str) -> None:
    found = parse((SHARED / f"{name}.txt").read_text(encoding="utf-8")).provisions
    numbers = [int(m[1]) for item in found if (m := re.fullmatch(r"art_(\d+)", item.eid))]
    assert numbers == list(range(1, LAST_ARTICLES[name] + 1))


def test_parse_heading_that_ends_like_a_verb_is_a_heading() -> None:
    article = parse("ماده ۱ ـ درخواست:\nسازمان درخواست خود را تسلیم می‌کند.").provisions[0]
    assert (article.heading, article.text) == ("درخواست", "سازمان درخواست خود را تسلیم می‌کند.")
