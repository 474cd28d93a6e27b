"""Building the demonstration and taking it away again."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ProtectedError
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from documents.models import RegistryNumber
from documents.registry import void_number
from intranet.accounts.models import User
from intranet.audit.actions import record
from intranet.demonstration import organizations, pages
from intranet.demonstration.area import build_area
from intranet.demonstration.english import build_english
from intranet.demonstration.files import build_files
from intranet.demonstration.following import build_following
from intranet.demonstration.manifest import Manifest, checksum_of, fresh
from intranet.demonstration.meetings import build_meetings
from intranet.demonstration.memoranda import build_memorandum
from intranet.demonstration.models import DemonstrationItem, DemonstrationState
from intranet.demonstration.queue import build_queue
from intranet.demonstration.sittings import build_sittings
from intranet.demonstration.texts import content_sha256, table
from intranet.demonstration.vocabulary import build_vocabulary
from pages.home.actions import install_site
from pages.threads.models import Thread

Say = Callable[[str], None]


@dataclass
class Built:
    """What a build did. `password` is the accounts' when this build set it, otherwise empty."""

    made: int = 0
    password: str = ""


@dataclass
class Removed:
    """What a removal did; `kept` names what people changed or built upon."""

    removed: int = 0
    kept: list[str] = field(default_factory=list)


def _allow() -> None:
    if not settings.DEMONSTRATION_ALLOWED:
        raise PermissionDenied("demonstration content and accounts are not made under the production profile")


def account_names() -> list[str]:
    """The names of the demonstration accounts, in their fixed order."""
    return [row["username"] for row in table("accounts")["account"]]


def build(password: str, say: Say) -> Built:
    """Make what is missing of the demonstration. `password` of the new accounts; empty: one is made.

    Running it again changes nothing, except that a given password is set where the accounts still have an
    older one of ours.
    """
    _allow()
    content = content_sha256()
    if DemonstrationState.objects.filter(content_sha256=content).exists():
        return Built(password=_renew_password(password))
    built = Built()
    new_accounts = not DemonstrationItem.objects.filter(key__startswith="account:").exists()
    built.password = (password or secrets.token_urlsafe(9)) if new_accounts else _renew_password(password)
    manifest = Manifest()
    home = install_site()
    with disable_reference_index_auto_update():  # each object is entered once, when it is sealed
        _build_all(manifest, home, built.password or password, say)
    with transaction.atomic():
        manifest.seal()
        DemonstrationState.objects.all().delete()
        DemonstrationState.objects.create(content_sha256=content)
        built.made = manifest.made
        record(None, "demonstration.built", None, made=built.made)
    return built


def _build_all(manifest: Manifest, home: Page, password: str, say: Say) -> None:
    with transaction.atomic():
        say("districts, bodies, organisations, accounts")
        organizations.build_districts(manifest)
        organizations.build_bodies(manifest)
        organizations.build_ngos(manifest)
        organizations.build_accounts(manifest, make_password(password or None))
    editor = User.objects.filter(username="editor").first()
    tree = pages.Tree(manifest, home, editor)
    for name, build_part in (
        ("sections", pages.build_sections),
        ("bylaws", pages.build_bylaws),
        ("meetings and resolutions", build_meetings),
        ("memorandum", build_memorandum),
        ("district secretariats", pages.build_district_pages),
        ("member NGOs", pages.build_member_pages),
        ("news", pages.build_news),
    ):
        say(name)
        with transaction.atomic():
            build_part(tree)
    with transaction.atomic():
        say("files, English pages, texts under review")
        build_files(manifest, User.objects.filter(username="staff").first())
        build_english(manifest, home)
        build_queue(manifest)
        build_vocabulary(manifest, home)
    with transaction.atomic():
        say("the organisations' own areas")
        build_area(manifest)
        say("meetings in progress")
        build_sittings(manifest)
        say("what became of resolutions")
        build_following(manifest)


def _renew_password(password: str) -> str:
    """Set `password` on the accounts whose password nobody has changed; return it when one was set."""
    if not password:
        return ""
    hashed = ""
    for item in DemonstrationItem.objects.filter(key__startswith="account:"):
        user = fresh(item)
        if not isinstance(user, User) or checksum_of(user) != item.checksum or user.check_password(password):
            continue
        hashed = hashed or make_password(password)
        user.password = hashed
        user.save(update_fields=["password"])
        item.checksum = checksum_of(user)
        item.save(update_fields=["checksum"])
    return password if hashed else ""


def remove(say: Say) -> Removed:
    """Take away what the demonstration made, newest first; keep what people changed or built upon."""
    result = Removed()
    with transaction.atomic():
        # What people built upon is judged before anything goes: a removal must not look like a change.
        items = list(DemonstrationItem.objects.select_related("content_type").order_by("-pk"))
        changed = {item.pk for item in items if (obj := fresh(item)) and checksum_of(obj) != item.checksum}
        ours = {(item.content_type_id, item.object_id) for item in items if item.pk not in changed}
        for item in items:
            obj = fresh(item)
            if obj is None:
                item.delete()
            elif item.pk in changed:
                result.kept.append(str(obj))
                item.delete()  # changed by people: theirs from now on
            elif _carries_others(obj, ours) or not _delete(obj):
                result.kept.append(str(obj))
            else:
                item.delete()
                result.removed += 1
        DemonstrationState.objects.all().delete()
        record(None, "demonstration.removed", None, removed=result.removed, kept=len(result.kept))
    say(f"{result.removed} removed, {len(result.kept)} kept")
    return result


def _carries_others(obj: models.Model, ours: set[tuple[int, int]]) -> bool:
    """Whether deleting `obj` would take something with it that people made."""
    from django.contrib.contenttypes.models import ContentType

    if isinstance(obj, Page):
        return obj.get_children().exists()  # ours below it are gone already
    if isinstance(obj, User):
        return hasattr(obj, "person")
    for relation in obj._meta.related_objects:
        if (
            relation.related_model._meta.app_label != "organizations"
            or relation.on_delete is not models.CASCADE
        ):
            continue
        kind = ContentType.objects.get_for_model(relation.related_model).pk
        rows = relation.related_model._base_manager.filter(**{relation.field.name: obj})
        if any((kind, pk) not in ours for pk in rows.values_list("pk", flat=True)):
            return True
    return False


def _delete(obj: models.Model) -> bool:
    """Delete `obj`; False when something that stays needs it. A page's number stays in its register, void."""
    try:
        with transaction.atomic():
            if isinstance(obj, Page | Thread):
                uid = f"{'page' if isinstance(obj, Page) else 'thread'}:{obj.pk}"
                for number in RegistryNumber.objects.filter(target_uid=uid, void_reason=""):
                    void_number(number, "متن نمایشی برداشته شد", None)
            if isinstance(obj, Page):
                obj.specific.delete()
            else:
                obj.delete()
    except ProtectedError:
        return False
    return True
