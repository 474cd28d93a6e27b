"""Plain texts from the web: on texts of our own, and on the institution's five when they are at hand."""

import datetime as dt
from pathlib import Path

import pytest

from documents.structure.press import UnreadableText, read_plain_text

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"

NEWS = """نشست هم اندیشی تشکل های مردمی برگزار شد
نشست هم اندیشی تشکل های مردمی برگزار شد

به گزارش روابط عمومي، اين نشست در تالار
شهر با حضور دبيران مناطق برگزار شد و در آن درباره
واگذاري امور گفت و گو شد.

 • بند نخست
 • بند دوم که سطرش شکسته
است

انتهای پیام/

۱۷ فروردین ۱۴۰۱ - ۰۹:۰۵
کد خبر: 19869

برچسبها

نظر شما
advertise advertise advertise
• 1 + 12 =
02188000000 , تهران خیابان نخست پلاک 20
"""


def test_read_news_recognises_its_parts() -> None:
    text = read_plain_text(NEWS, "news.txt")
    assert text.title == "نشست هم اندیشی تشکل های مردمی برگزار شد"
    assert not text.title_is_derived
    assert text.date == dt.date(2022, 4, 6)
    assert text.code == "19869"
    assert [(block.kind, block.mark) for block in text.blocks] == [
        ("paragraph", ""), ("item", "•"), ("item", "•"),
    ]  # fmt: skip
    assert text.blocks[0].text.endswith("درباره واگذاري امور گفت و گو شد.")
    assert text.blocks[2].text == "بند دوم که سطرش شکسته است"


def test_read_news_keeps_what_it_drops() -> None:
    dropped = read_plain_text(NEWS, "news.txt").dropped
    assert "نظر شما" in dropped
    assert any("advertise" in line for line in dropped)
    kept = read_plain_text(NEWS).body.replace(" ", "")
    lost = [
        line
        for line in NEWS.splitlines()[2:]
        if line.strip() and line.strip() not in dropped and line.replace(" ", "") not in kept
    ]
    assert lost == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_read_text_in_every_encoding(encoding: str) -> None:
    assert read_plain_text(NEWS.encode(encoding), "x.txt").title == read_plain_text(NEWS).title


def test_read_text_in_windows_1256() -> None:
    arabic = (
        NEWS.replace("ی", "ي")
        .replace("ک", "ك")
        .translate({ord(c): str(i) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹")})
    )
    text = read_plain_text(arabic.encode("windows-1256"), "x.txt")
    assert text.date == dt.date(2022, 4, 6)
    assert "نشست" in text.title


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xd8\xff\xe0\x10JFIF", bytes(range(256)) * 3],
)
def test_read_bytes_that_are_no_text_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableText, match=r"x\.txt"):
        read_plain_text(content, "x.txt")


def test_read_text_without_title_derives_one() -> None:
    lead = "رییس ستاد از امضای تفاهم نامه مشترک ستاد با معاونت اجتماعی و فرهنگی خبر داد و گفت که " * 3 + "."
    text = read_plain_text(f"کد خبر : 73\n\n{lead}\nپاراگراف دوم.")
    assert text.title_is_derived
    assert len(text.title) <= 112
    assert text.code == "73"
    assert len(text.blocks) == 2


@pytest.mark.beside
@pytest.mark.parametrize(
    ("seed", "title", "date", "code", "blocks"),
    [
        ("000", "اولین نشست شورای هماهنگی", dt.date(2011, 5, 15), "", 10),
        ("001", "رییس ستاد توان افزایی", None, "73", 8),
        ("002", "تاریخچه و معرفی ستاد", None, "", 26),
        ("003", "مشارکت نخبگان و فعالان", dt.date(2022, 4, 6), "19869", 8),
        ("004", "قرارگاه تحول اجتماعی مشهد تشکیل میشود", None, "", 10),
    ],
)
def test_read_seed(seed: str, title: str, date: dt.date | None, code: str, blocks: int) -> None:
    path = next(SEEDS.glob(f"{seed}_*.txt"))
    text = read_plain_text(path.read_bytes(), path.name)
    assert text.title.startswith(title)
    assert (text.date, text.code, len(text.blocks)) == (date, code, blocks)
    assert "ارسال نظر" not in text.body
    assert "advertise" not in text.body
