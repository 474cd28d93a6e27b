"""Addresses of search in every language."""

from django.urls import path

from search import api, views

urlpatterns = [
    path("", views.results, name="search"),
    path("suggest", api.suggestions, name="search_suggest"),
    path("opensearch.xml", views.opensearch, name="search_opensearch"),
]
