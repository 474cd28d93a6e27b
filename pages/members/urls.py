"""The editor of organisations' pages. Numbers, not names: the pages themselves live below the same word."""

from django.urls import path

from pages.members import views

app_name = "members"
urlpatterns = [
    path("<int:page_id>/edit/", views.edit, name="edit"),
    path("<int:page_id>/history/", views.history, name="history"),
    path("<int:page_id>/history/<int:revision_id>/restore/", views.restore, name="restore"),
    path("<int:page_id>/documents/add/", views.upload, name="upload"),
    path("<int:page_id>/documents/<int:document_id>/remove/", views.remove, name="remove"),
]
