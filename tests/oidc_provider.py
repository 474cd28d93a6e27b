"""A real OpenID Connect provider for the tests, in a process of its own: django-oauth-toolkit on wsgiref.

`python -m tests.oidc_provider FOLDER` prints its address once it serves. One client, `intranet`; people are made by
`NAME:E-MAIL:PASSWORD` arguments.
"""

import os
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.urls import include, path

CLIENT, SECRET = "intranet", "a secret that both sides know"
LOGIN = "<form method=post>{% csrf_token %}{{ form }}<input type=hidden name=next value='{{ next }}'></form>"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        """Say nothing: the test reads the address only."""


def _key():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *form).decode()


def _configure(folder, address):
    settings.configure(
        SECRET_KEY="only of the provider in the tests",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite3")}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN})
                    ],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": _key(),
            "OIDC_ISS_ENDPOINT": f"{address}/o",
            "SCOPES": {"openid": "OpenID Connect"},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


def _people(arguments, back):
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=back,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )
    for name, email, password in (each.split(":") for each in arguments):
        User.objects.create_user(name, email, password)


def main(folder, back, *people):
    """Serve until the process is ended."""
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # within this machine
    with make_server("localhost", 0, None, handler_class=_Quiet) as server:
        address = f"http://localhost:{server.server_port}"
        _configure(Path(folder), address)
        from django.contrib.auth import views
        from django.core.management import call_command
        from django.core.wsgi import get_wsgi_application

        urlpatterns.extend(
            [
                path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
                path("accounts/login/", views.LoginView.as_view()),
            ]
        )
        call_command("migrate", verbosity=0)
        _people(people, back)
        server.set_app(get_wsgi_application())
        print(f"{address}/o", flush=True)
        server.serve_forever()


urlpatterns = []

if __name__ == "__main__":
    sys.modules["tests.oidc_provider"] = sys.modules["__main__"]
    main(*sys.argv[1:])
