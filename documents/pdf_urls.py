"""Official PDFs and those of drafts."""

from django.urls import path

from documents.pdf_views import draft, official

urlpatterns = [
    path("<int:page_id>/", official, name="pdf"),
    path("<int:page_id>/draft/", draft, name="pdf_draft"),
]
