"""Addresses of search in every language."""

from django.urls import path

from search import api, saved_views, views

urlpatterns = [
    path("", views.results, name="search"),
    path("saved/", saved_views.mine, name="search_saved"),
    path("saved/save/", saved_views.save, name="search_save"),
    path("saved/<int:pk>/", saved_views.change, name="search_change_saved"),
    path("saved/feed/<str:secret>/", saved_views.feed, name="search_feed"),
    path("suggest", api.suggestions, name="search_suggest"),
    path("suggest/opensearch", api.browser_suggestions, name="search_suggest_opensearch"),
    path("opensearch.xml", views.opensearch, name="search_opensearch"),
]
