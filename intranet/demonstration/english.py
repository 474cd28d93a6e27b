"""English translations of a few pages, so that the second language is not empty."""

from wagtail.models import Locale, Page

from intranet.demonstration.manifest import Manifest
from intranet.demonstration.texts import stream, table
from pages.base import IntranetPage

ABOUT = ("About the headquarters", "What the headquarters is, where it comes from and what it does.")


def _translated(manifest: Manifest, key: str, page: Page, slug: str, **fields: object) -> IntranetPage | None:
    """The English copy of `page`, published with `fields`, unless there is one."""
    english = Locale.objects.get(language_code="en")
    siblings = Page.objects.filter(translation_key=page.translation_key, locale=english)

    def build() -> IntranetPage:
        copy: IntranetPage = page.specific.copy_for_translation(english)
        for name, value in (fields | {"slug": slug}).items():
            setattr(copy, name, value)
        copy.save_revision().publish(skip_permission_checks=True)
        return copy

    found = manifest.make(key, siblings, build)
    return found.specific if found is not None else None


def build_english(manifest: Manifest, home: Page) -> None:
    """The front page, «about» and the pages below it that have an English text."""
    about = home.get_children().filter(slug="about").first()
    if about is None:
        return
    front = _translated(
        manifest, "english:home", home, "en", title=table("english")["home"]["title"], show_in_menus=False
    )
    if front is None:
        return
    section = _translated(manifest, "english:about", about, "about", title=ABOUT[0], summary=ABOUT[1])
    if section is None:
        return
    for row in table("english")["page"]:
        page = about.get_children().filter(slug=row["slug"]).first()
        if page is not None:
            _translated(
                manifest,
                f"english:{row['slug']}",
                page,
                row["english_slug"],
                title=row["title"],
                summary=row["summary"],
                body=stream(row["body"]),
            )
