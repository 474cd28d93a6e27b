"""The rule of visibility of pages, and what keeps their targets right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.translation import gettext as _
from guardian.models import GroupObjectPermission, UserObjectPermission
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from intranet.access import restrictions
from intranet.access.actions import CHANGED, forget, rederive
from intranet.access.clauses import Clauses, widened
from intranet.access.models import State
from intranet.access.restrictions import clauses_of_restriction, narrowed_by
from intranet.outbox.actions import publish_many
from organizations.sharing import shared_tokens
from pages.base import IntranetPage


def clauses_of_pages(pages: Sequence[Page], state: str) -> list[Clauses | None]:
    """Who may read each of `pages` in `state`: the page's own readers, within every restriction on its path."""
    specific = [page.specific for page in pages]
    by_class: dict[type[Page], list[Page]] = defaultdict(list)
    for page in specific:
        by_class[type(page)].append(page)
    for model, alike in by_class.items():
        prefetch_related_objects(alike, *getattr(model, "readers_depend_on", ()))
    if state == State.DRAFT:
        return [page.draft_readers() if isinstance(page, IntranetPage) else None for page in specific]
    restrictions, shared = _restrictions_on(specific), shared_tokens(specific)
    found: list[Clauses | None] = []
    for page in specific:
        readers = None
        if isinstance(page, IntranetPage) and page.live:
            on_the_way = (one for way in _ways(page) for one in restrictions.get(way, ()))
            readers = narrowed_by(page.live_readers(), on_the_way)
        found.append(None if readers is None else widened(readers, shared[page.pk]))
    return found


def _ways(page: Page) -> list[str]:
    """The treebeard paths of the page and of all above it."""
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]


def _restrictions_on(pages: Iterable[Page]) -> dict[str, list[PageViewRestriction]]:
    """The restrictions of `pages` and of all above them, by the path of the page that each stands at."""
    ways = {way for page in pages for way in _ways(page)}
    found: dict[str, list[PageViewRestriction]] = defaultdict(list)
    restrictions = PageViewRestriction.objects.filter(page__path__in=ways)
    for restriction in restrictions.select_related("page").prefetch_related("groups"):
        found[restriction.page.path].append(restriction)
    return found


def parts_of_page(page: Page, state: str) -> list[tuple[str, Clauses | None]]:
    """What the conditions of `page` come from: its own rule, and each restriction on its path, by name."""
    specific = page.specific
    own = specific.draft_readers() if state == State.DRAFT else specific.live_readers()
    parts = [(_("the rule of its kind: %(kind)s") % {"kind": specific.get_verbose_name()}, own)]
    if state == State.LIVE:
        path = specific.get_ancestors(inclusive=True)
        for restriction in PageViewRestriction.objects.filter(page__in=path).order_by("page__depth"):
            name = _("the restriction at «%(title)s»") % {"title": restriction.page.title}
            parts.append((name, clauses_of_restriction(restriction)))
    return parts


def page_at(kwargs: Mapping[str, Any], args: tuple[Any, ...]) -> Page | None:
    """The page that an address names: by its number, or by its path below the front page of its language."""
    if "page_id" in kwargs:
        return Page.objects.filter(pk=kwargs["page_id"]).first()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    path = kwargs.get("path", args[0] if args else "")
    if site is None:
        return None
    home = site.root_page.localized.url_path.rstrip("/")
    return Page.objects.filter(url_path="/".join([home, *filter(None, path.split("/")), ""])).first()


def _rederive_subtree(page: Page) -> None:
    rederive(page.get_descendants(inclusive=True).specific().iterator(chunk_size=500))


def _note_names(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Before a page is saved: whether its name or address, which those below it carry too, becomes another."""
    if raw or not isinstance(instance, IntranetPage) or not instance.pk or not instance.numchild:
        return
    names = ("title", "slug", "live")
    stored = Page.objects.filter(pk=instance.pk).values_list(*names).first()
    instance._is_renamed = stored is not None and stored != tuple(getattr(instance, name) for name in names)


def _page_saved(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    if not raw and isinstance(instance, IntranetPage):
        rederive(instance)
        if instance.__dict__.pop("_is_renamed", False):
            _tell_below(instance)


def _tell_below(page: Page) -> None:
    """The pages below carry this one's name in their trail, where their readers may read it."""
    below = page.get_descendants().values_list("pk", flat=True)
    publish_many(CHANGED, [f"page:{pk}" for pk in below])


def _grant_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    model = instance.content_type.model_class()
    if model is not None and issubclass(model, IntranetPage):
        page = Page.objects.filter(pk=instance.object_pk, numchild__gt=0).first()
        if page is not None:
            _tell_below(page)


def _page_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, IntranetPage):
        forget(Page, instance.pk)


def _page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    _rederive_subtree(instance)


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    pre_save.connect(_note_names, dispatch_uid="pages.names")
    post_save.connect(_page_saved, dispatch_uid="pages.saved")
    post_delete.connect(_page_deleted, dispatch_uid="pages.deleted")
    post_page_move.connect(_page_moved, dispatch_uid="pages.moved")
    restrictions.follow(PageViewRestriction, "page", _rederive_subtree, name="pages")
    for grant in (UserObjectPermission, GroupObjectPermission):
        for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
            signal.connect(_grant_changed, sender=grant, dispatch_uid=f"pages.{grant.__name__}.{name}")
