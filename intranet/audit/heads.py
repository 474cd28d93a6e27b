"""The head of the chain, signed and kept outside the database.

The chain alone does not show that its last links were removed, or that somebody with the database in hand wrote all
of it anew. A head says: at this time the chain had so many links and ended in this hash. It is signed with a key that
is not in the database (Ed25519), added to a file, and sent to an address of the office when one is set.
"""

import base64
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from intranet.audit.chain import link_left_over
from intranet.audit.models import Link

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at `at` (ISO 8601): `position` links, the last one's `digest` (hex)."""

    at: str
    position: int
    digest: str

    def content(self) -> bytes:
        """What is signed."""
        return f"{self.position}:{self.digest}:{self.at}".encode()


class Unsigned(ValueError):  # noqa: N818  (it is what an auditor reads)
    """A line of a file of heads that this site's key has not signed."""


def key_file() -> Path:
    """Where the key is kept when the settings give none."""
    return Path(settings.DATA_DIR) / "audit" / "key"


def signing_key() -> Ed25519PrivateKey:
    """The key of `AUDIT_KEY` (32 bytes, base64), or of its file, which is made when there is none."""
    text = settings.AUDIT_KEY or _made_once(key_file())
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text))


def _made_once(path: Path) -> str:
    """The key in `path`; of several processes that make it the first one's stays."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(base64.b64encode(os.urandom(32)).decode() + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def public_key() -> str:
    """The key by which anybody can check a head (base64); auditors note it down."""
    return base64.b64encode(signing_key().public_key().public_bytes_raw()).decode()


def present() -> Head | None:
    """The head as the database shows it now, None before the first event."""
    last = Link.objects.order_by("-position").first()
    return Head(timezone.now().isoformat(), last.position, last.digest) if last else None


def signed(head: Head) -> str:
    """The head as a line of JSON with its signature."""
    signature = base64.b64encode(signing_key().sign(head.content())).decode()
    return json.dumps({**asdict(head), "signature": signature})


def head_of(line: str, key: Ed25519PublicKey) -> Head:
    """The head that a line holds. Raises `Unsigned` when it is not one, or not signed by `key`."""
    try:
        fields = json.loads(line)
        head = Head(str(fields["at"]), int(fields["position"]), str(fields["digest"]))
        key.verify(base64.b64decode(fields["signature"]), head.content())
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise Unsigned(line) from error
    return head


def kept(files: Iterable[Path] = ()) -> Iterator[Head]:
    """Every head in the site's own file and in `files`. Raises `Unsigned` for a line that is none of ours."""
    key = signing_key().public_key()
    for file in [heads_file(), *files]:
        if file.exists():
            for line in file.read_text("utf-8").splitlines():
                if line.strip():
                    yield head_of(line, key)


def heads_file() -> Path:
    """Where the heads are kept."""
    return Path(settings.AUDIT_HEADS_FILE)


def _last_kept() -> Head | None:
    file = heads_file()
    if not file.exists():
        return None
    with file.open("rb") as lines:
        lines.seek(max(0, file.stat().st_size - 4096))
        last = lines.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    try:
        return head_of(last, signing_key().public_key())
    except Unsigned:
        logger.error("the last line of %s is not a signed head", file)
        return None


def keep() -> Head | None:
    """Bring what is left over into the chain, then keep and send its head; the clock calls it.

    Returns the head, or None when nothing was added since the last one. A chain that has become shorter or another
    is an error in the log: `audit_verify` says more.
    """
    link_left_over()
    head, before = present(), _last_kept()
    if before is not None:
        same = Link.objects.filter(position=before.position, digest=before.digest).exists()
        if not same:
            logger.error("the audit log is no longer the one whose head was kept at %s", before.at)
        elif head is not None and head.position == before.position:
            return None
    if head is None:
        return None
    line = signed(head)
    _append(heads_file(), line)
    if settings.AUDIT_HEADS_MAIL:
        subject = f"audit head {head.position}"
        send_mail(subject, line + "\n", settings.DEFAULT_FROM_EMAIL, [settings.AUDIT_HEADS_MAIL])
    return head


def _append(file: Path, line: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
