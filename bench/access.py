"""The rule of visibility at size: lists of 10,000 pages for 2,000 members, and a moved subtree of 1,000 pages.

`python -m bench.access` makes a database of its own, measures, and prints each figure beside what is to be reached.
"""

import itertools
import os
import random
import statistics
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "var" / "bench-access"
PAGES, MEMBERS, ORGANIZATIONS, SUBTREE, RESTRICTIONS, FILES = 10_000, 2_000, 350, 1_000, 300, 3_000
LIST_MS, SUBTREE_S = 10.0, 2.0
clock = time.process_time  # SQLite answers within this process: what others do on the machine does not count


def begin():
    """Set Django up on an empty, migrated and installed database."""
    os.environ.update({"DATA_DIR": str(DATA), "DJANGO_SETTINGS_MODULE": "intranet.settings.development"})
    os.environ.pop("DATABASE_URL", None)
    DATA.mkdir(parents=True, exist_ok=True)
    for file in DATA.glob("*.sqlite3*"):
        file.unlink()

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("install", verbosity=0)


def _insert(model, parent, number, slug, **own):
    """Add a page at the tree's next place by two bare INSERTs: no signal, no revision."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    page = Page(
        title=slug,
        draft_title=slug,
        slug=slug,
        content_type=ContentType.objects.get_for_model(model),
        path=Page._get_path(parent.path, parent.depth + 1, number),
        depth=parent.depth + 1,
        numchild=0,
        url_path=f"{parent.url_path}{slug}/",
        locale_id=parent.locale_id,
        live=True,
    )
    page.save_base(raw=True)
    specific = model(page_ptr_id=page.pk, **own)
    specific.__dict__.update({name: value for name, value in page.__dict__.items() if name != "_state"})
    specific.save_base(raw=True)
    return page


def build():
    """The pages, restrictions, organisations and members; (moved subtree's root, members)."""
    from django.contrib.auth.models import Group
    from django.db import transaction
    from wagtail.models import Page, PageViewRestriction

    from documents.models import Document
    from intranet.accounts.models import User
    from organizations.models import District, Membership, Organization, Person
    from pages.members.models import MemberPage
    from pages.sections.models import SectionPage

    chance = random.Random(1)
    with transaction.atomic():
        districts = [
            District.objects.get_or_create(number=n, defaults={"name": f"{n}"})[0] for n in range(1, 23)
        ]
        organizations = Organization.objects.bulk_create(
            Organization(name=f"o{n}", district=chance.choice(districts)) for n in range(ORGANIZATIONS)
        )
        users = User.objects.bulk_create(
            User(username=f"m{n}", email=f"m{n}@bench.invalid") for n in range(MEMBERS)
        )
        people = Person.objects.bulk_create(Person(name=user.username, user=user) for user in users)
        Membership.objects.bulk_create(
            Membership(person=person, organization=chance.choice(organizations)) for person in people
        )
        home = Page.objects.filter(depth=2, locale__language_code="fa").get()
        about, members = (Page.objects.child_of(home).get(slug=slug) for slug in ("about", "members"))
        tops = [_insert(SectionPage, about, 100 + n, f"t{n}") for n in range(9)]
        for n in range(PAGES - len(tops)):
            if n % 3:
                top = tops[0] if n < SUBTREE * 3 // 2 else tops[1 + n % 8]
                _insert(SectionPage, top, 1000 + n, f"p{n}")
            else:
                _insert(MemberPage, members, 1000 + n, f"p{n}", organization=organizations[n % ORGANIZATIONS])
        for page in Page.objects.filter(depth=4).order_by("?")[:RESTRICTIONS]:
            restriction = PageViewRestriction(page=page, restriction_type="groups")
            restriction.save_base(raw=True)
            restriction.groups.through.objects.bulk_create(
                restriction.groups.through(pageviewrestriction=restriction, group=group)
                for group in Group.objects.order_by("?")[:2]
            )
        Document.objects.bulk_create(
            Document(title=f"f{n}", file=f"f{n}.txt", audience="organization", organization=organization)
            for n, organization in zip(range(FILES), itertools.cycle(organizations), strict=False)
        )
        for page in (about, members, *tops):
            Page.objects.filter(pk=page.pk).update(numchild=Page.objects.child_of(page).count())
    return Page.objects.get(pk=tops[0].pk), users


def derive_all():
    """Seconds to derive every target of the site."""
    from wagtail.models import Page

    from documents.models import Document
    from intranet.access.actions import rederive

    begun = clock()
    rederive(Page.objects.filter(depth__gt=1).specific().iterator(chunk_size=500))
    rederive(Document.objects.iterator(chunk_size=500))
    return clock() - begun


def lists(users):
    """(median ms, queries) of each list as ordinary members, nothing kept from one request to the next."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Page

    from intranet.access.policies import having
    from intranet.access.queries import visible_to
    from intranet.access.rules import registered
    from intranet.accounts.models import User
    from organizations.models import Organization
    from pages.members.models import MemberPage
    from pages.members.policies import EDIT

    district = Organization.objects.first().district_id
    asked = {
        "first 20 pages by title": lambda user: list(
            visible_to(Page.objects.live(), user).order_by("title")[:20]
        ),
        "how many pages": lambda user: visible_to(Page.objects.live(), user).count(),
        "NGOs' private pages": lambda user: list(visible_to(MemberPage.objects.live(), user)),
        "of one district": lambda user: list(
            visible_to(MemberPage.objects.filter(organization__district=district), user)
        ),
        "on which he may act": lambda user: list(having(MemberPage.objects.live(), user, EDIT)),
    }
    for rule in registered():
        rows = rule.model._default_manager.order_by("pk")
        asked[f"first 20 of {rule.prefix}"] = lambda user, rows=rows: list(visible_to(rows, user)[:20])
        asked[f"how many of {rule.prefix}"] = lambda user, rows=rows: visible_to(rows, user).count()
    chosen = random.Random(2).sample([user.pk for user in users], 60)
    for name, ask in asked.items():
        times, queries = [], set()
        for pk in chosen:
            user = User.objects.get(pk=pk)
            cache.clear()
            begun = clock()
            ask(user)
            times.append((clock() - begun) * 1000)
            with CaptureQueriesContext(connection) as captured:
                ask(User.objects.get(pk=pk))
            queries.add(len(captured) - 1)
        yield name, statistics.median(times), queries


def move(subtree):
    """(pages, seconds of deriving them, seconds of the whole move) of a subtree that comes below a restricted page.

    All of it undone.
    """
    from django.db import transaction
    from wagtail.actions.move_page import MovePageAction
    from wagtail.models import Page, PageViewRestriction

    target = Page.objects.filter(slug="t5").get()
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    pages = subtree.get_descendants(inclusive=True).count()
    with transaction.atomic():
        begun = clock()
        MovePageAction(Page.objects.get(pk=subtree.pk), target, pos="last-child").execute(
            skip_permission_checks=True
        )
        moved = clock() - begun
        transaction.set_rollback(True)
    begun = clock()
    PageViewRestriction.objects.create(
        page=subtree, restriction_type="login"
    )  # other readers for all of them
    return pages, clock() - begun, moved


def main():
    """Print the figures."""
    begin()
    subtree, users = build()
    print(
        f"{PAGES:,} pages, {MEMBERS:,} members of {ORGANIZATIONS} organisations, {RESTRICTIONS} restrictions"
    )
    print(f"{'all targets derived':<44}{derive_all():>10.1f} s")
    for name, ms, queries in lists(users):
        word = "reached" if ms < LIST_MS and len(queries) == 1 else "NOT reached"
        counts = "–".join(map(str, sorted({min(queries), max(queries)})))
        print(
            f"{'list: ' + name:<44}{ms:>10.2f} ms   {counts} queries   < {LIST_MS:.0f} ms {word}", flush=True
        )
    pages, derived, moved = move(subtree)
    word = "reached" if derived < SUBTREE_S else "NOT reached"
    print(f"{f'subtree of {pages:,} pages derived again':<44}{derived:>10.2f} s   < {SUBTREE_S:.0f} s {word}")
    print(f"{'   the whole move, with redirects and record':<44}{moved:>10.2f} s")


if __name__ == "__main__":
    main()
