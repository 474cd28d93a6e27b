"""The demonstration's pages, published through revisions as an editor's would be."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.html import format_html
from wagtail.models import Page

from documents.models import Register, RegistryNumber
from documents.registry import issue_number
from intranet.demonstration.manifest import Manifest
from intranet.demonstration.organizations import MAIL_DOMAIN
from intranet.demonstration.texts import bylaws, day, stream, table
from intranet.ui.numerals import to_persian
from organizations.models import Body, District, Organization
from pages.base import IntranetPage
from pages.bylaws.models import BylawPage
from pages.districts.models import DistrictPage
from pages.members.models import MemberPage
from pages.news.models import NewsPage
from pages.sections.models import SectionPage

BYLAW_KINDS = {
    "آیین‌نامه": BylawPage.Kind.BYLAW,
    "دستورالعمل": BylawPage.Kind.DIRECTIVE,
    "شیوه‌نامه": BylawPage.Kind.CODE_OF_PRACTICE,
    "مصوبه": BylawPage.Kind.STATUTE,
}
COMMITTEE = "کمیته مشترک ستاد و معاونت اجتماعی و فرهنگی"


class Tree:
    """Adds pages below the fixed sections of the site."""

    def __init__(self, manifest: Manifest, home: Page, author: Any) -> None:
        self.manifest = manifest
        self.home = home
        self.author = author

    def section(self, slug: str) -> Page | None:
        """A fixed section of the site, unless somebody removed it."""
        return self.home.get_children().filter(slug=slug).first()

    def add(
        self, key: str, section: str, page: Callable[..., IntranetPage], *args: Any, publish: bool = True
    ) -> IntranetPage | None:
        """Add `page(*args)` below `section`; a published one of a register gets its number first."""
        parent = self.section(section)
        if parent is None:
            return None
        slug = key.split(":", 1)[1]
        return self.manifest.make(
            key,
            Page.objects.child_of(parent).filter(slug=slug),
            self._added,
            parent,
            partial(page, *args),
            slug,
            publish=publish,
        )

    def _added(
        self, parent: Page, make: Callable[[], IntranetPage], slug: str, *, publish: bool
    ) -> IntranetPage:
        page = make()
        page.slug, page.locale, page.owner, page.live = slug, parent.locale, self.author, False
        parent.add_child(instance=page)
        if publish:
            number_page(page)
        revision = page.save_revision(user=self.author)
        if publish:
            revision.publish(user=self.author, skip_permission_checks=True)
        return page


def number_page(page: IntranetPage) -> None:
    """Give the page the next number of its register, in the year of its own date."""
    code, on = getattr(page, "register_code", ""), page.get_date()
    if code and on and Register.objects.filter(code=code).exists():
        number: RegistryNumber = issue_number(code, f"page:{page.pk}", on)
        page.number = number.text  # type: ignore[attr-defined]


def body_named(name: str) -> Body | None:
    return Body.objects.filter(name=name).first()


def build_sections(tree: Tree) -> None:
    """What the headquarters is and does."""
    for row in table("sections")["section"]:
        tree.add(f"section:{row['slug']}", "about", _section, row)


def _section(row: dict[str, Any]) -> SectionPage:
    return SectionPage(
        title=row["title"], summary=row["summary"], body=stream(row["body"]), show_in_menus=True
    )


def build_bylaws(tree: Tree) -> None:
    """The bylaws: those in force published, the others left as drafts."""
    for row in bylaws():
        key = f"bylaw:{row['slug']}"
        page = tree.add(key, "bylaws", _bylaw, row, publish=row["state"] == "published")
        if page is not None and tree.manifest.is_new(key):
            for amendment in row.get("amendment", ()):
                _amend(page.pk, amendment, tree.author)


def _amend(pk: int, row: dict[str, Any], author: Any) -> None:
    """Publish the text that an amendment made of a bylaw, from the day of the amendment."""
    page = BylawPage.objects.get(pk=pk)
    for old, new in row["changes"]:
        if old not in page.source:
            raise ValueError(f"{page.title}: {old}")
        page.source = page.source.replace(old, new)
    page.text_from = day(row["from"])
    page.save_revision(user=author).publish(user=author, skip_permission_checks=True)


def _bylaw(row: dict[str, Any]) -> BylawPage:
    return BylawPage(
        title=row["title"],
        summary=row["summary"],
        bylaw_kind=BYLAW_KINDS[row["kind"]],
        issuer=body_named(row["issuer"]) or body_named(COMMITTEE),
        subject=row["subject"],
        approved_on=day(row["adopted"]),
        in_force_from=day(row["in_force"]),
        source=row["source"],
    )


def build_district_pages(tree: Tree) -> None:
    """A page for each district secretariat."""
    for row in table("districts")["district"]:
        district = District.objects.filter(number=row["number"]).first()
        if district is not None:
            key = f"district-page:منطقه-{to_persian(row['number'])}"
            tree.add(key, "districts", _district_page, row, district)


def _district_page(row: dict[str, Any], district: District) -> DistrictPage:
    data = table("districts")
    places = "، ".join(row["neighbourhoods"])
    return DistrictPage(
        title=f"دبیرخانه {row['name']}",
        summary=f"{row['about'].split('.')[0]}.",
        district=district,
        address=f"تهران، {row['name']}، محله {row['neighbourhoods'][0]}، سرای محله، طبقه همکف",
        telephone=f"داخلی {to_persian(2100 + row['number'])}",
        email=f"district{row['number']}@{MAIL_DOMAIN}",
        hours=data["hours"],
        priorities="\n".join([*data["common_priorities"], *row["priorities"]]),
        body=stream(
            "\n".join(f"@ {line}" for line in row.get("dates", []))
            + f"\n{row['about']}\n## کارهای جاری\n{row['work']}\n## همکاری با دبیرخانه\n"
            f"سمن‌های فعال در محله‌های {places} و پیرامون آن‌ها برنامه‌ها، طرح‌ها و ایده‌های خود را به دبیرخانه "
            "می‌سپارند. نماینده هر محله، رابط ساکنان، سرای محله و دبیرخانه است."
        ),
    )


def build_member_pages(tree: Tree) -> None:
    """The private page of each NGO."""
    for row in table("members")["member"]:
        organization = Organization.objects.filter(name=row["name"]).first()
        if organization is not None:
            tree.add(f"member-page:{row['slug']}", "members", _member_page, row, organization)


def _member_page(row: dict[str, Any], organization: Organization) -> MemberPage:
    return MemberPage(
        title=row["name"],
        summary=f"برنامه سال: {row['plan']}",
        organization=organization,
        contact=f"نماینده سازمان، از راه دبیرخانه {organization.district}",
        body=format_html(
            "<h2>برنامه سال</h2><p>{}</p><h2>گزارش عملکرد</h2><p>{}</p><h2>درخواست از ستاد</h2><p>{}</p>",
            row["plan"],
            row["report"],
            row["need"],
        ),
    )


def build_news(tree: Tree) -> None:
    """News, oldest first."""
    for row in sorted(table("news")["news"], key=lambda row: row["date"]):
        tree.add(f"news:{row['slug']}", "news", _news, row)


def _news(row: dict[str, Any]) -> NewsPage:
    return NewsPage(
        title=row["title"],
        summary=row["summary"],
        date=day(row["date"]),
        source_name="روابط عمومی ستاد",
        district=District.objects.filter(number=row.get("district", 0)).first(),
        body=stream(row["body"]),
    )
