"""The yardstick: one Django view that answers with a word; no middleware, no database, no template."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="no secrets here",  # noqa: S106
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
)
urlpatterns = [path("", lambda request: HttpResponse("ok", content_type="text/plain"))]
application = get_wsgi_application()
