"""The link of an invitation: signed with the site's key, so that what the database holds opens no account."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from intranet.accounts.models import Invitation

INVITATION_TOPIC = "account.invited"
_SALT = "accounts.invitation"


def link_of(invitation: Invitation) -> str:
    """The address that the invited person is sent."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("accounts:accept", args=[signing.dumps(invitation.pk, salt=_SALT)])
    return f"{settings.SITE_URL}{path}"


def invitation_of(signed: str) -> Invitation | None:
    """The open invitation of a link, or None: never made, used, withdrawn, too old."""
    try:
        number = signing.loads(signed, salt=_SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.open().select_related("user", "invited_by").filter(pk=number).first()
