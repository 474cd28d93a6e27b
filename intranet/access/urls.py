"""Who can read what."""

from django.urls import path

from intranet.access import views

app_name = "access"
urlpatterns = [
    path("page/<int:page_id>/", views.page_access, name="page"),
    path("page/<int:page_id>/revoke/", views.revoke, name="revoke"),
]
