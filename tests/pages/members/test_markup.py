"""The light markup of representatives: there and back, and nothing harmful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.members.markup import clean, to_html, to_text

SAMPLES = [
    ("سلام", "<p>سلام</p>"),
    ("یک\nدو\n\nسه", "<p>یک<br>دو</p><p>سه</p>"),
    ("## برنامه\n- کلاس\n- اردو", "<h2>برنامه</h2><ul><li>کلاس</li><li>اردو</li></ul>"),
    ("### خرد\n۱. یک\n2. دو", "<h3>خرد</h3><ol><li>یک</li><li>دو</li></ol>"),
    ("**مهم** و *کج*", "<p><b>مهم</b> و <i>کج</i></p>"),
    ("[ما](https://a.test/?q=1&p=2)", '<p><a href="https://a.test/?q=1&amp;p=2">ما</a></p>'),
    ("[برگه](page:7)", '<p><a linktype="page" id="7">برگه</a></p>'),
    ("۲ * ۳ * ۴", "<p>۲ * ۳ * ۴</p>"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "html"), SAMPLES)
def test_to_html(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(("text", "html"), SAMPLES)
def test_to_text_gives_back_what_makes_the_same_html(text, html):
    assert to_html(to_text(html)) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        '<img src=x onerror="alert(1)">',
        '[x](https://a.test/"onmouseover="alert(1))',
        "**<b onclick=x>**",
    ],
)
def test_to_html_holds_nothing_that_runs(text):
    html = to_html(text)
    for harm in ("<script", "<img", 'href="javascript', 'href="data', " onmouseover=", "<b onclick"):
        assert harm not in html


@given(st.text(alphabet="ab<>&*[]()#-.\n \u200cسل۱1/:", max_size=80))
def test_to_html_is_clean_and_stable(text):
    html = to_html(text)
    assert clean(html) == html
    once = to_html(to_text(html))
    assert to_html(to_text(once)) == to_html(to_text(to_html(to_text(once))))
