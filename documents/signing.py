"""The institution's signature on its official copies, when it has given its certificate.

OFFICIAL_CERTIFICATE names a PKCS#12 file with key and certificate (and those of its issuers), and
OFFICIAL_CERTIFICATE_PASSWORD opens it. Without them copies are not signed; their code and checksum still tell.
"""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FIELD = "Institution"


def sign(content: bytes) -> tuple[bytes, str]:
    """The PDF with the signature added behind it, and whose it is; as it was, and "", without a certificate.

    Raises `ImproperlyConfigured` when the certificate cannot be read: no copy then goes out unsigned by mistake.
    """
    if not settings.OFFICIAL_CERTIFICATE:
        return content, ""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, sign_pdf
    from pyhanko.sign.fields import SigSeedSubFilter

    signer = _signer(settings.OFFICIAL_CERTIFICATE, settings.OFFICIAL_CERTIFICATE_PASSWORD)
    said = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=None
    )
    signed = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), said, signer=signer)
    return signed.getvalue(), name_of(signer.signing_cert)


def name_of(certificate: Any) -> str:
    """Whose certificate it is: the name of its subject and of the organisation."""
    subject = certificate.subject.native
    names = (subject.get("common_name"), subject.get("organization_name"))
    return "، ".join(dict.fromkeys(name for name in names if isinstance(name, str) and name))[:200]


@lru_cache(maxsize=1)
def _signer(path: str, password: str) -> Any:
    from pyhanko.sign import SimpleSigner

    if not Path(path).is_file():
        raise ImproperlyConfigured(f"OFFICIAL_CERTIFICATE: there is no file {path}")
    signer = SimpleSigner.load_pkcs12(path, passphrase=password.encode() or None)
    if signer is None:
        raise ImproperlyConfigured("OFFICIAL_CERTIFICATE: not a PKCS#12 file, or another password")
    return signer
