"""Every address of the site. Sign-in is required everywhere but where a view says otherwise."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.i18n import set_language
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.coreutils import WAGTAIL_APPEND_SLASH

from documents.images import serve_rendition
from intranet.health import healthz
from pages.serving import serve
from search import api as search_api

# As Wagtail's own, with an «@» before a part: a bylaw's text on a day is `/bylaws/…/@1390-05-01/`, and below each
# address of a text its `akn.xml`.
serve_pattern = r"^((?:@?[\w\-]+/)*(?:akn\.xml)?)$" if WAGTAIL_APPEND_SLASH else r"^([\w\-/@]*(?:akn\.xml)?)$"

# Addresses that are the same in every language.
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("", include("pages.home.urls")),
    path("ui/", include("intranet.ui.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include("documents.urls")),
    path("images/<int:rendition_id>/<str:filename>", serve_rendition, name="image_rendition"),
    path("api/search", search_api.results, name="search_api"),
    path("api/openapi.json", search_api.openapi, name="search_openapi"),
    path("pdf/", include("documents.pdf_urls")),
]

# What people read: Persian at the root, English below `/en/`. Pages come last and are public or not by the rule of
# visibility, which `before_serve_page` asks.
urlpatterns += i18n_patterns(
    path("accounts/", include("intranet.accounts.urls")),
    path("search/", include("search.urls")),
    path("desk/", include("intranet.dashboards.urls")),
    path("workflows/", include("workflows.urls")),
    path("access/", include("intranet.access.urls")),
    path("audit/", include("intranet.auditors.urls")),
    path("verify/", include("documents.verification_urls")),
    path("amendments/", include("pages.bylaws.urls")),
    path("conduct/", include("pages.conduct.urls")),
    path("resolutions/", include("pages.following.urls")),
    path("obligations/", include("pages.memoranda.urls")),
    path("members/", include("pages.members.urls")),
    path("ngo/", include("pages.members.area_urls")),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=False,
)
