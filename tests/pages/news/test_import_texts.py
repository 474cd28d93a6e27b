"""Importing plain texts as they come."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intranet.access.queries import can_see
from pages.news.actions import files_of
from pages.news.models import NewsIndexPage, NewsPage
from tests import factories

pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"

NEWS = """کد خبر : 512
نشست دبيران مناطق برگزار شد

به گزارش روابط عمومي، اين نشست در تالار
شهر با حضور دبيران مناطق برگزار شد و در آن درباره
واگذاري امور گفت و گو شد.

 • پیگیری امور محله ها
 • گزارش <ماهانه> دبیران

۱۷ فروردین ۱۴۰۱ - ۰۹:۰۵
برچسبها
نظر شما
"""
OTHER = """سازمانهاي مردمنهاد و محله

1- سازمانهای مردم نهاد در هر محله با سرای محله همکاری میکنند؛

2- گزارش این همکاری هر ماه به دبیرخانه منطقه فرستاده میشود؛
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(OTHER.encode("utf-16"))
    return tmp_path


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_texts", *(str(arg) for arg in args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_import_dry_run_writes_nothing(site, folder):
    out, _ = run(folder, "--dry-run")
    assert "نشست دبيران مناطق برگزار شد" in out
    assert "1401/01/17 · code 512" in out
    assert "2 files: 2 draft (dry run)" in out
    assert not NewsPage.objects.exists()


def test_import_drafts_recognised(site, folder):
    run(folder)
    page = NewsPage.objects.get(news_code="512")
    assert page.get_parent().slug == "received"
    assert not page.live
    assert page.date == datetime.date(2022, 4, 6)
    assert page.title == "نشست دبيران مناطق برگزار شد"  # stored text is never changed
    html = "".join(str(block.value) for block in page.body)
    assert "تالار شهر با حضور" in html  # hard line breaks are undone
    assert "<li>گزارش &lt;ماهانه&gt; دبیران</li>" in html
    assert "نظر شما" not in html
    other = NewsPage.objects.get(news_code="")
    assert "1- سازمانهای مردم نهاد" in str(other.body[0].value)  # numbers stand as printed


def test_import_drafts_unread_by_strangers(site, folder, make_user):
    run(folder)
    page = NewsPage.objects.first()
    assert not can_see(make_user("ngo_member"), page, "live")
    assert not can_see(make_user("ngo_member"), page, "draft")
    assert can_see(make_user("editor"), page, "draft")


def test_import_twice_changes_nothing(site, folder):
    run(folder)
    before = list(NewsPage.objects.values_list("pk", "latest_revision_id"))
    out, _ = run(folder)
    assert "2 files: 2 here already" in out
    assert list(NewsPage.objects.values_list("pk", "latest_revision_id")) == before


def test_import_publish_public_and_once(site, folder, client):
    run(folder, "--publish")
    page = NewsPage.objects.get(news_code="512")
    assert page.live
    assert client.get(page.url).status_code == 200
    assert "2 here already" in run(folder, "--publish")[0]


def test_import_publish_after_drafts_publishes_them(site, folder):
    run(folder)
    run(folder, "--publish")
    assert NewsPage.objects.filter(live=True).count() == NewsPage.objects.count() == 2


def test_import_publish_edited_draft_leaves_it(site, folder):
    run(folder)
    page = NewsPage.objects.get(news_code="512")
    page.title = "عنوان ویراستار"
    page.save_revision()
    assert "1 here already" in run(folder, "--publish")[0]
    page.refresh_from_db()
    assert not page.live


def test_import_bad_files_named_others_imported(site, folder):
    (folder / "broken.txt").write_bytes(b"\x00\x01\xff\xfe\x80")
    (folder / "empty.txt").write_bytes(b"")
    missing = folder / "missing.txt"
    err = io.StringIO()
    with pytest.raises(
        CommandError, match=r"3 could not be imported: .*broken\.txt, .*empty\.txt, .*missing"
    ):
        call_command("import_texts", str(folder), str(missing), stdout=io.StringIO(), stderr=err)
    assert "broken.txt: refused: not a text" in err.getvalue()
    assert "empty.txt: refused: empty" in err.getvalue()
    assert NewsPage.objects.count() == 2


def test_import_same_title_gets_own_address(site, folder):
    (folder / "c.txt").write_text(NEWS.replace("512", "513"), encoding="utf-8")
    run(folder)
    slugs = list(NewsPage.objects.filter(title__startswith="نشست").values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) == 2


def test_import_without_site_says_so(site, folder):
    NewsIndexPage.objects.all().delete()
    with pytest.raises(CommandError, match="install"):
        run(folder)


def test_files_of_folder_skips_hidden(folder):
    (folder / ".hidden").write_text("x")
    assert [path.name for path in files_of([folder, folder / "a.txt"])] == ["a.txt", "b.txt"]


@pytest.mark.beside
def test_import_the_five_texts_at_hand(site):
    run(SEEDS, "--publish")
    pages = {page.news_code: page for page in NewsPage.objects.all()}
    assert NewsPage.objects.filter(live=True).count() == 5
    assert {"73", "19869"} <= set(pages)
    assert pages["19869"].date == datetime.date(2022, 4, 6)
    assert NewsPage.objects.filter(date=datetime.date(2011, 5, 15)).count() == 1
    assert factories.section("received").get_children().count() == 5
