"""Files. The name is Wagtail's, so that every link Wagtail makes to a file comes through our door."""

from django.urls import path

from documents.views import serve

urlpatterns = [
    path("<int:document_id>/<path:filename>", serve, name="wagtaildocs_serve"),
]
