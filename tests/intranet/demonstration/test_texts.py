"""The demonstration's texts are whole and well written."""

import re

import pytest

from documents.structure.provisions import parse
from intranet.demonstration import texts

ALL = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(texts.CONTENT.rglob("*"))
    if path.suffix in {".toml", ".txt"}
)
BYLAWS = list(texts.bylaws())


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (r"[يىكة]", "Arabic letters"),
        (r"[٠-٩]", "Arabic digits"),
        (r"\u200c[\s\u200c،؛.:»)]|[\s«(]\u200c", "a stray ZWNJ"),
        (r"(?<=\s)ها(?=[\s،.؛])|(?<=\s)های(?=\s)", "a plural set apart by a space"),
        (r"(?<![\u0600-\u06ff\u200c])ن?می [\u0600-\u06ff]", "a verb's «می» set apart by a space"),
        (r" [،؛.:»]", "a space before punctuation"),
        (r"[\u0600-\u06ff],|[\u0600-\u06ff];|[\u0600-\u06ff]\?", "Latin punctuation"),
    ],
)
def test_texts_orthography(wrong, why):
    found = re.search(wrong, ALL)
    assert found is None, f"{why}: …{ALL[max(0, found.start() - 30) : found.end() + 30]}…"


@pytest.mark.parametrize("number", range(len(BYLAWS)))
def test_bylaw_numbering_is_complete(number):
    articles = [node for node in parse(BYLAWS[number]["source"]).provisions if node.kind == "article"]
    assert [node.eid for node in articles] == [f"art_{n + 1}" for n in range(len(articles))]
    assert all(node.heading and node.text for node in articles)
    assert 8 <= len(articles) <= 30


def test_participation_bylaw_holds_the_facts():
    source = next(bylaw["source"] for bylaw in BYLAWS if "مشارکت‌های مردمی" in bylaw["title"])
    for fact in (
        "معاون فرهنگی و اجتماعی منطقه",
        "سه کارشناس اجتماعی خبره",
        "دو نفر از اعضای شورای اجتماعی",
        "سامانه سما",
        "پنج میلیارد تومان",
        "سیزده منطقه",
        "اعتیاد",
        "کودکان کار",
    ):
        assert fact in source


def test_stream_makes_blocks_and_escapes():
    blocks = texts.stream("بند <نخست>\n## عنوان\n- یک\n- دو\n= ۲۲ | منطقه\nپایان")
    assert [kind for kind, _ in blocks] == ["paragraph", "heading", "paragraph", "facts", "paragraph"]
    assert blocks[0][1] == "<p>بند &lt;نخست&gt;</p>"
    assert blocks[2][1] == "<ul><li>یک</li><li>دو</li></ul>"
    assert blocks[3][1] == [{"value": "۲۲", "label": "منطقه"}]
