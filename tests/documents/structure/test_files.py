"""Readers of files: Word's automatic numbers, the heads and feet of pages, mirrored numbers, a site's chrome."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents.structure.encodings import UnreadableText
from documents.structure.files import draft_of_text, read_file
from documents.structure.paper import draft_of_pages
from documents.structure.provisions import parse
from documents.structure.word_numbers import written

NUMBERING = (
    '<w:abstractNum {} w:abstractNumId="77">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="ماده %1-"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="arabicAbjad"/><w:lvlText w:val="%2)"/></w:lvl>'
    "</w:abstractNum>"
)


def word_file(path, *paragraphs):
    """A document whose paragraphs are (text, level of the automatic list or None)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in paragraphs:
        paragraph = document.add_paragraph(text)._p
        if level is not None:
            numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            paragraph.get_or_add_pPr().append(parse_xml(numbered))
    document.save(path)
    return path


def eids(draft):
    return [each.eid for each in parse(draft.text, draft.furniture).provisions]


def test_read_word_computes_automatic_numbers(tmp_path):
    path = word_file(
        tmp_path / "a.docx",
        ("دستورالعمل آزمون", None), ("متن نخست است.", 0), ("موارد:", 0), ("یک", 1), ("دو", 1), ("پایان است.", 0),
        ("موارد دیگر:", 0), ("سه", 1), ("تبصره ـ متن تبصره است.", None),
    )  # fmt: skip
    assert eids(read_file(path)) == [
        "art_1", "art_2", "art_2__para_1", "art_2__para_2", "art_3", "art_4", "art_4__para_1", "art_4__proviso_1",
    ]  # fmt: skip
    assert "ماده ۲- موارد:\nالف) یک\nب) دو\nماده ۳- پایان است." in read_file(path).text


def test_read_word_leaves_out_deleted_words(tmp_path):
    path = word_file(tmp_path / "a.docx", ("ماده ۱- متن است.", None))
    document = docx.Document(path)
    run = f"<w:r {nsdecls('w')}><w:delText>حذف‌شده</w:delText></w:r>"
    deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="a">{run}</w:del>'
    inserted = f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t> تازه.</w:t></w:r></w:ins>'
    for change in (deleted, inserted):
        document.paragraphs[-1]._p.append(parse_xml(change))
    document.save(path)
    assert read_file(path).text.strip() == "ماده ۱- متن است. تازه."


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (12, "decimal", "۱۲"), (2, "arabicAbjad", "ب"), (3, "arabicAlpha", "ت"), (4, "upperRoman", "IV"),
        (21, "ordinalText", "بیست و یکم"), (3, "ordinalText", "سوم"), (30, "ordinalText", "سی‌ام"),
        (1, "bullet", ""), (3, "lowerLetter", "c"),
    ],
)  # fmt: skip
def test_written_number_in_the_forms_of_word(number, form, text):
    assert written(number, form) == text


def pages(count):
    return [
        f"شهرداری نمونه\nماده {2 * n - 1}ـ متن ماده است و\nماده {2 * n}ـ متن دیگر است.\nصفحه {n} از {count}"
        for n in range(1, count + 1)
    ]


def test_pages_lose_their_heads_and_feet_to_the_residue():
    draft = draft_of_pages(pages(6))
    parsed = parse(draft.text, draft.furniture)
    assert [each.eid for each in parsed.provisions] == [f"art_{n}" for n in range(1, 13)]
    assert not any("صفحه" in each.text or "نمونه" in each.text for each in parsed.provisions)
    furniture = "".join(each.text for each in parsed.residue if each.kind == "furniture")
    assert furniture.count("صفحه") == 6
    assert furniture.count("شهرداری نمونه") == 5  # the first may be the title


def test_pages_with_mirrored_numbers_are_turned_round_and_said():
    page = (
        "ماده 9ـ مصوب 6831 است.\nماده 01ـ مورخ 7831 است.\nماده 11ـ متن\nماده 21ـ سال 8831 است.\nماده 31ـ متن"
    )
    draft = draft_of_pages([page])
    assert draft.repairs == ["mirrored_text"]
    assert "مصوب 1386" in draft.text
    assert eids(draft) == ["art_9", "art_10", "art_11", "art_12", "art_13"]


def test_pages_with_reversed_letters_are_turned_round_and_said():
    lines = [
        "ماده 12ـ شهرداری باید به شورا گزارش دهد.",
        "این گزارش برای شورا است.",
        "تبصره ـ با نظر شورا است.",
    ]
    page = "\n".join(line.replace("12", "21")[::-1] for line in lines)
    draft = draft_of_pages([page])
    assert draft.repairs == ["reversed_text"]
    assert draft.text.strip() == "\n".join(lines)


def test_html_numbers_its_lists_and_sets_its_chrome_apart():
    draft = draft_of_text(
        "<html><body><nav><a>خانه</a></nav><h1>آیین‌نامه</h1><div class='share-box'>اشتراک</div>"
        "<p><b>ماده ۱</b>- شرایط:</p><ol><li>یک</li><li>دو</li></ol><p>ماده&nbsp;۲- متن است.</p>"
        "<script>x()</script><footer>تماس با ما</footer></body></html>"
    )
    parsed = parse(draft.text, draft.furniture)
    assert parsed.title == "آیین‌نامه"
    assert [each.eid for each in parsed.provisions] == ["art_1", "art_1__para_1", "art_1__para_2", "art_2"]
    assert [each.text for each in parsed.residue if each.kind == "furniture"] == [
        "خانه",
        "اشتراک",
        "تماس با ما",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"), (b"PK\x03\x04", "broken"), (b"%PDF-1.4", "broken"), (b"\xd0\xcf\x11\xe0\0", "old_word"),
        (bytes(range(256)) * 4, "encoding"),
    ],
)  # fmt: skip
def test_read_bad_file_says_why(tmp_path, content, reason):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UnreadableText) as refused:
        read_file(tmp_path / "file")
    assert refused.value.reason == reason


def test_read_pdf_finds_articles(tmp_path):
    from weasyprint import HTML

    lines = "".join(f"<p>ماده {n}ـ شورا در نشست {n} این متن را تصویب کرده است.</p>" for n in range(1, 30))
    style = '<style>@page{size:A5;@bottom-center{content:"صفحه " counter(page)}}</style>'
    HTML(string=f'<html lang="fa" dir="rtl">{style}<h1>آیین‌نامه آزمون</h1>{lines}').write_pdf(
        tmp_path / "a.pdf"
    )
    assert eids(read_file(tmp_path / "a.pdf")) == [f"art_{n}" for n in range(1, 30)]
