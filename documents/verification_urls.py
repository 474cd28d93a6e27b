"""Where anybody asks about an official copy."""

from django.urls import path

from documents.verification_views import verify

urlpatterns = [
    path("", verify, name="verify"),
    path("<str:code>/", verify, name="verify_code"),
]
