"""Secrets that the site must read again, sealed with its key: a copy of the database alone does not hold them."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"accounts.sealing\0" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(secret: str) -> str:
    """`secret` as only this site reads it."""
    return _box().encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The secret that was sealed; `cryptography.fernet.InvalidToken` when with another key."""
    return _box().decrypt(sealed.encode("ascii")).decode()
