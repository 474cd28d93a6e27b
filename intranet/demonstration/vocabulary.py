"""Synonyms of the field and a few pinned answers."""

from wagtail.models import Page

from intranet.demonstration.manifest import Manifest
from intranet.demonstration.texts import table
from search.models import PinnedAnswer, PinnedPage, Synonym


def build_vocabulary(manifest: Manifest, home: Page) -> None:
    """What the editors taught the search."""
    content = table("vocabulary")
    for row in content["synonym"]:
        manifest.make(
            f"synonym:{row['key']}",
            Synonym.objects.filter(terms=row["terms"]),
            Synonym.objects.create,
            terms=row["terms"],
            note=row.get("note", ""),
        )
    sections = {page.slug: page for page in home.get_children()}
    for row in content["pinned"]:
        answer = manifest.make(
            f"pinned:{row['key']}",
            PinnedAnswer.objects.filter(questions=row["questions"]),
            PinnedAnswer.objects.create,
            questions=row["questions"],
        )
        if answer is not None and manifest.is_new(f"pinned:{row['key']}"):
            pages = [PinnedPage(page=sections[slug]) for slug in row["sections"] if slug in sections]
            answer.pages.set(pages)
            answer.save()
