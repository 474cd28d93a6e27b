"""The look for secrets finds what it must and leaves the rest alone."""

import base64
import random

import pytest

from scripts.find_secrets import finds

KEY = base64.b64encode(random.Random(1).randbytes(36)).decode()


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp" + "_0123456789abcdefghij0123",
        "postgres" + "://intranet:geheim123@db.example/intranet",
        f'SECRET_KEY = "{KEY}"',
        f"api_token: '{KEY}'",
    ],
)
def test_finds_secrets(line):
    assert finds(line)


@pytest.mark.parametrize(
    "line",
    [
        'SECRET_KEY = env.str("SECRET_KEY")',
        'SECRET_KEY = "only-for-the-test-suite-and-never-anywhere-else"',
        "DATABASE_URL=postgres://intranet:PASSWORD@localhost/intranet",
        f'SECRET_KEY = "{KEY}"  # not a secret: made up',
        'password_label = "گذرواژه تازه خود را دو بار بنویسید"',
    ],
)
def test_leaves_the_rest_alone(line):
    assert finds(line) is None
