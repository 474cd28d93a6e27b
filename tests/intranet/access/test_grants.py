"""What the record says of grants: to whom, readable while he is, gone with his key."""

import json

import pytest

from intranet.access import asking
from intranet.access.grants import grant_view, revoke_view
from intranet.access.models import AccessRequest
from intranet.audit.actions import forget
from intranet.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", ["granted", "revoked", "refused"])
def test_record_names_to_whom_sealed_with_his_key(private, act):
    staff, reader = factories.make_user("hq_staff"), factories.make_user("editor", username="negar")
    if act == "refused":
        request = AccessRequest.objects.create(asker=reader, path=private.page.url, target=private.page)
        asking.answer(request, staff, give=False)
    else:
        grant_view(private.page, reader, staff)
    if act == "revoked":
        revoke_view(private.page, f"user:{reader.pk}", staff)
    event = Event.objects.get(verb=f"access.{act}")
    assert event.detail["to"] == "negar"
    assert "negar" not in json.dumps(event.detail_sealed)
    forget(reader)
    assert Event.objects.get(pk=event.pk).detail["to"] != "negar"
