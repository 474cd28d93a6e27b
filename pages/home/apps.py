from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The page family «home»."""

    name = "pages.home"
    label = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        """Register the rule of visibility of all pages and their search records."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from intranet.access import addresses, explanations, policies, rules
        from intranet.accounts.life import on_leaving
        from pages import checks, leaving, recording, redirects, visibility  # noqa: F401 - checks register themselves
        from pages.home.moderation import register_families
        from pages.permissions import ReadersPagePermissionPolicy, abilities_on_page, pages_with_ability
        from pages.search_records import PageSource
        from search import records

        rules.register(Page, visibility.clauses_of_pages, prefix="page")
        visibility.connect()
        recording.connect()
        redirects.install()
        records.register("page", PageSource())
        register_families()
        policies.register(Page, abilities_on_page, pages_with_ability)
        explanations.register_parts(Page, visibility.parts_of_page)
        for view_name in ("wagtail_serve", "pdf", "pdf_edition", "pdf_draft"):
            addresses.register(view_name, visibility.page_at)
        register_permission_policy(Page, ReadersPagePermissionPolicy())
        on_leaving("pages", leaving.hand_over)
