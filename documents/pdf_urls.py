"""Official PDFs and those of drafts."""

from django.urls import path, re_path

from documents.pdf_views import draft, official

urlpatterns = [
    path("<int:page_id>/", official, name="pdf"),
    re_path(r"^(?P<page_id>\d{1,9})/(?P<edition>\d{1,4}(?:-\d{1,4})?)/$", official, name="pdf_edition"),
    path("<int:page_id>/draft/", draft, name="pdf_draft"),
]
