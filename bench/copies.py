"""An official copy of a hundred pages, beside bare WeasyPrint on the same HTML, in turn in one run.

`python -m bench.copies [ROUNDS]`. The mark is 1.3; processor time, the best of the rounds of each.
"""

import datetime
import os
import sys
import time
import warnings

import django

MARK = 1.3
WORDS = "متن این ماده برای سنجش زمان چیدن صفحه‌ها نوشته شده است و سازمان‌های مردم‌نهاد شهر را در بر می‌گیرد؛ "


def source(chapters: int = 20, articles: int = 12) -> str:
    """A bylaw that fills about a hundred pages."""
    lines = []
    for chapter in range(1, chapters + 1):
        lines.append(f"فصل {chapter} ـ کلیات")
        for number in range((chapter - 1) * articles + 1, chapter * articles + 1):
            lines += [
                f"ماده {number} ـ {WORDS * 6}",
                f"تبصره ۱ ـ {WORDS * 3}",
                f"الف ـ {WORDS}",
                f"ب ـ {WORDS}",
            ]
    return "\n".join(lines)


def main(rounds: int = 2) -> None:
    """Print pages, both times, and their ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.test")
    django.setup()
    import pypdfium2
    from weasyprint import HTML

    from documents import pdf
    from documents.qr import drawing_of
    from documents.structure.akoma_ntoso.model import Event, Part, Text, Work
    from documents.structure.akoma_ntoso.writing import write
    from documents.structure.provisions import parse
    from documents.typesetting import OwnFiles, typeset
    from pages.legal_text import render

    parsed, day = parse(source()), datetime.date(2022, 4, 6)
    parts = [
        Part(p.eid, p.kind, p.num, p.number, p.heading, p.text, p.note, p.parent, p.status, day)
        for p in parsed.provisions
    ]
    text = Text(
        Work("bylaw", day, "1", "متن"), "fas", 1, day, day, "ستاد", parts, events=[Event(day, "generation")]
    )
    letter = pdf.Letter(
        title="آیین‌نامه آزمون",
        kind="آیین‌نامه",
        language="fa",
        body=render(parsed, "fa").html,
        address="",
        date=day,
    )
    html = pdf.sheet(letter, code="7K3M0QX29WPD")
    drawings = {"own:code": drawing_of("https://localhost/verify/")}

    def ours() -> bytes:
        attached = [pdf.Attached("text.xml", "Akoma Ntoso", write(text))]
        return typeset(html, drawings=drawings, attached=attached, progress=lambda pages: None)

    def bare() -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            return bytes(HTML(string=html, url_fetcher=OwnFiles(drawings)).write_pdf())

    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, make in (("bare", bare), ("ours", ours)):
            began = time.process_time()
            made = make()
            best[name] = min(best.get(name, 1e9), time.process_time() - began)
    with pypdfium2.PdfDocument(made) as document:
        pages = len(document)
    ratio = best["ours"] / best["bare"]
    print(
        f"{pages} pages: bare {best['bare']:.1f} s, official copy {best['ours']:.1f} s, ratio {ratio:.2f} (≤ {MARK})"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
