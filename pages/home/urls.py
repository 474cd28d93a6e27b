"""The map of the public site and the feed of decisions. Both ask the rule themselves."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.cache import never_cache

from pages.home.feeds import LatestDecisions, PublicPages

urlpatterns = [
    path("sitemap.xml", login_not_required(sitemap), {"sitemaps": {"pages": PublicPages}}, name="sitemap"),
    path("feeds/decisions/", never_cache(login_not_required(LatestDecisions())), name="decisions_feed"),
]
