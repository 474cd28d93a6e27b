"""English translations of a few pages, made as a translator would in wagtail-localize: string by string.

So an editor who opens one finds the translator's screen, and a later change of the Persian page shows there as a
string that waits for its English.
"""

import html
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from intranet.demonstration.manifest import Manifest
from intranet.demonstration.texts import table, words_of
from pages.base import IntranetPage

ABOUT = ("About the headquarters", "What the headquarters is, where it comes from and what it does.")


def _translated(
    manifest: Manifest, key: str, page: Page, words: dict[str, str], **fields: Any
) -> IntranetPage | None:
    """The English translation of `page`, published, unless there is one. `words` gives the English of each string."""
    english = Locale.objects.get(language_code="en")
    siblings = Page.objects.filter(translation_key=page.translation_key, locale=english)
    found = manifest.make(key, siblings, _translate, page.specific, english, words, fields)
    return found.specific if found is not None else None


def _translate(
    page: IntranetPage, english: Locale, words: dict[str, str], fields: dict[str, Any]
) -> IntranetPage:
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        # A page's address may be the same word as its title, so it has a key of its own.
        said = "slug" if segment.context.path == "slug" else html.unescape(segment.string.data).strip()
        if english_words := words.get(said):
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=html.escape(english_words, quote=False),
            )
    translation.save_target(publish=False)
    made: IntranetPage = translation.get_target_instance().specific
    for name, value in fields.items():
        setattr(made, name, value)
    made.save_revision().publish(skip_permission_checks=True)
    return made


def _heads(page: Page, title: str, summary: str, slug: str) -> dict[str, str]:
    return {page.title: title, page.specific.summary: summary, "slug": slug}


def build_english(manifest: Manifest, home: Page) -> None:
    """The front page, «about» and the pages below it that have an English text."""
    about = home.get_children().filter(slug="about").first()
    if about is None:
        return
    words = _heads(home, table("english")["home"]["title"], "", "en")
    front = _translated(manifest, "english:home", home, words, slug="en", show_in_menus=False)
    if front is None:
        return
    section = _translated(manifest, "english:about", about, _heads(about, *ABOUT, "about"))
    if section is None:
        return
    persian = {row["slug"]: row for row in table("sections")["section"]}
    for row in table("english")["page"]:
        page = about.get_children().filter(slug=row["slug"]).first()
        if page is not None:
            words = _heads(page, row["title"], row["summary"], row["english_slug"])
            words |= dict(zip(words_of(persian[row["slug"]]["body"]), words_of(row["body"]), strict=True))
            _translated(manifest, f"english:{row['slug']}", page, words)
