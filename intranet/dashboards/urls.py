"""Addresses of the desk."""

from django.urls import path

from intranet.dashboards import views

app_name = "desk"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("substitutions/", views.substitutions, name="substitutions"),
    path("substitutions/<int:pk>/end/", views.end_substitution, name="end_substitution"),
    path("seen/", views.seen, name="seen"),
    path("digest/", views.choose_digest, name="digest"),
    path("notices/read/", views.read_notices, name="read_notices"),
]
