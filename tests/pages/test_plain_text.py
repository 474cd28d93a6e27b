"""The words of rich text and StreamFields."""

from pages.blocks import BodyBlock
from pages.plain_text import from_html, from_stream


def test_blocks_of_rich_text_become_lines():
    assert from_html(
        "<h2>عنوان</h2><p>متن <b>مهم</b>&nbsp;است<br/>دوم</p><ul><li>یک</li><li>دو</li></ul>"
    ) == ("عنوان\nمتن مهم است\nدوم\nیک\nدو")


def test_zwnj_and_entities_survive():
    assert from_html("<p>سازمان‌های &laquo;مردم‌نهاد&raquo; &lt;b&gt;</p>") == "سازمان‌های «مردم‌نهاد» <b>"


def test_every_block_gives_its_words():
    block = BodyBlock()
    value = block.to_python(
        [
            {"type": "heading", "value": "عنوان"},
            {"type": "paragraph", "value": "<p>بند</p>"},
            {"type": "quote", "value": {"text": "سخن", "source": "گوینده"}},
            {"type": "facts", "value": [{"type": "item", "value": {"value": "۲۲", "label": "منطقه"}}]},
        ]
    )
    assert from_stream(value).split("\n") == ["عنوان", "بند", "سخن", "گوینده", "۲۲", "منطقه"]
