"""What public text teaches the analysis, and that nothing else does."""

import pytest
from wagtail.models import PageViewRestriction

from pages.sections.models import SectionPage
from search import engines, indexing, lexicons
from search.analysis import analyzer_of, current, key, serve
from search.analysis.learning import learn
from search.models import LearntLexicon
from search.records import SearchRecord
from tests import factories

PARTED = "گزارش تک‌فوتونی و تک‌فوتونی‌ها"


class Texts:
    """A source of texts by number: (audience, body)."""

    def __init__(self, texts):
        self.texts = texts

    def all_pks(self):
        return list(self.texts)

    def records_for(self, pk):
        audience, body = self.texts[pk]
        uid = f"text:{pk}"
        yield SearchRecord(
            uid=uid, object_uid=uid, kind="news", title="", trail="", body=body, url="/", numbers=(), date=None,
            district=None, organization=None, status="", language="fa", audience=audience,
        )  # fmt: skip


@pytest.fixture
def site(index, monkeypatch):
    """A function of texts by number that makes them all of the site; the process analyses as before afterwards."""

    def only(texts):
        monkeypatch.setattr("search.records.sources", {"text": Texts(texts)})
        for module in (indexing, lexicons):
            monkeypatch.setattr(module, "sources", {"text": Texts(texts)})

    yield only
    serve(None)


def test_learn_a_parted_word_reads_the_glued_one():
    analyzer = analyzer_of(tuple(learn([PARTED])))
    assert analyzer.key("تکفوتونی") == analyzer.key("تک‌فوتونی") == analyzer.key("تک فوتونی")


def test_learn_the_same_text_in_another_order_is_the_same():
    texts = [PARTED, "حرفه‌ای حرفه‌ای", "تیم‌های تیم‌ها"]
    assert learn(texts) == learn(reversed(texts)) != []


def test_learn_text_without_zwnj_teaches_nothing():
    assert learn(["سازمانهای مردمنهاد و ساز مانها"]) == []


def test_learn_the_reading_that_the_site_writes():
    lines = tuple(learn(["چهره‌ها و حرف‌های ما، حرف‌های شما، حرف‌های او"]))
    assert analyzer_of(lines).key("حرفهای") == "حرف"
    assert key("حرفهای") == key("حرفه‌ای")


def test_rebuild_public_text_teaches_and_the_index_names_it(site, audience):
    site({1: (audience(), PARTED)})
    indexing.rebuild()
    assert engines.current().lexicon() == current().lexicon.digest != ""
    assert LearntLexicon.objects.count() == 1
    assert key("تکفوتونی") == "تک فوتونی"
    assert list(indexing.differences()) == []


def test_public_texts_are_those_of_pages_open_to_everybody(db, index):
    about = factories.section("about")
    factories.add_page(about, SectionPage, title="نخست", summary=PARTED)
    closed = factories.add_page(about, SectionPage, title="دوم", summary="محرمانه")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    texts = list(lexicons.public_texts())
    assert any(PARTED in text for text in texts)
    assert not any("محرمانه" in text for text in texts)


def test_rebuild_private_text_teaches_nothing(site, audience):
    site({1: (audience("org:1"), PARTED), 2: (audience("signed-in"), PARTED)})
    indexing.rebuild()
    assert engines.current().lexicon() == ""
    assert not LearntLexicon.objects.exists()


def test_rebuild_changed_text_another_lexicon_serves_and_the_old_one_goes(site, audience):
    site({1: (audience(), PARTED)})
    indexing.rebuild()
    before = engines.current().lexicon()
    site({1: (audience(), "مسابقه توپ‌ربایی")})
    indexing.rebuild()
    assert engines.current().lexicon() not in {"", before}
    assert LearntLexicon.objects.count() == 1


def test_serve_index_whose_lexicon_was_lost_is_not_held(site, audience):
    site({1: (audience(), PARTED)})
    indexing.rebuild()
    assert lexicons.is_held()
    LearntLexicon.objects.all().delete()
    assert not lexicons.is_held()
