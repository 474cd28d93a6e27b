"""What a bylaw offers to search: itself, and every chapter, article and proviso by its own address."""

from collections.abc import Iterator

from pages.bylaws.models import BylawPage, Provision
from pages.legal_text import DIVISIONS, label_of
from search.records import Passage

OWN_PASSAGE = DIVISIONS | {"article", "proviso"}


def passages_of_bylaw(page: BylawPage) -> Iterator[Passage]:
    """The page with its preamble first; then chapters, articles and provisos, each with the clauses below it."""
    status = page.status.value
    if page.withdrawn_on:
        yield page.page_passage(page.withdrawal_note, status=status)
        return
    language = page.locale.language_code
    version = page.current_version
    yield page.page_passage(page.subject, version.preamble if version else page.source, status=status)
    if version is None:
        return
    provisions = list(version.provisions.order_by("order"))
    by_pk = {each.pk: each for each in provisions}
    words = _words(provisions)
    for provision in provisions:
        if provision.kind not in OWN_PASSAGE:
            continue
        label = label_of(provision.kind, provision.num, language)
        if provision.kind == "proviso" and (article := _article_of(provision, by_pk)):
            label = f"{label_of('article', article.num, language)}، {label}"
        yield Passage(
            anchor=provision.eid,
            kind="provision",
            title=f"{label} ـ {provision.heading}" if provision.heading else label,
            body=words[provision.pk],
            status="repealed" if provision.status == "repealed" else status,
        )


def _article_of(provision: Provision, by_pk: dict[int, Provision]) -> Provision | None:
    parent = by_pk.get(provision.parent_id or 0)
    while parent is not None and parent.kind != "article":
        parent = by_pk.get(parent.parent_id or 0)
    return parent


def _words(provisions: list[Provision]) -> dict[int, str]:
    """The words of each provision with its clauses, without what is a passage of its own."""
    words: dict[int, list[str]] = {}
    owner: dict[int, int] = {}
    for each in provisions:  # parents come before their children
        own = each.kind in OWN_PASSAGE or each.parent_id is None
        owner[each.pk] = each.pk if own else owner[each.parent_id or 0]
        words.setdefault(owner[each.pk], []).extend(filter(None, [each.text]))
    return {pk: "\n".join(lines) for pk, lines in words.items()}
