"""An auditor reads all and changes nothing: whatever he sends to whatever address, the database stays as it is.

He sends what he could: to every address of the table the fields that forms of the site have, and every form that those
who may act are shown, filled in as it was shown to them.
"""

import re
from contextlib import contextmanager
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.doors import scene as scenes
from tests.doors.readers import READERS, make_reader
from tests.doors.table import ROWS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:Pagination may yield:django.core.paginator.UnorderedObjectListWarning"
    ),
]

_WRITE = re.compile(
    r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE
)

# A row that is held by setting a field to what it is: nothing is changed.
_HELD = re.compile(r'^\s*UPDATE "(\w+)" SET "(\w+)" = \(?"\1"\."\2"\)? WHERE', re.IGNORECASE)

# What is written when somebody only looks, or is refused.
KEPT_OF_EVERYBODY = re.compile(
    r"^(django_session|audit_\w+|accounts_(attempt|requestcount)\w*|django_cache\w*)$"
)

# His own account, which is his as anybody's; by the beginning of the names of addresses.
HIS_OWN = (
    "accounts:", "desk:", "search_save", "search_change_saved", "access:ask", "set_language", "ngo:join",
    "wagtailadmin_account",
)  # fmt: skip

FILLED = {
    "title": "عنوان", "name": "نام", "subject": "موضوع", "body": "متن", "summary": "خلاصه", "comment": "یادداشت",
    "reason": "دلیلی که بیست حرف یا بیشتر دارد.", "message": "پیام", "answer": "given", "decision": "approve",
    "act": "approve", "action": "approve", "confirm": "on", "to": "user:1", "user": "1", "group": "1", "key": "user:1",
    "email": "x@test.invalid", "slug": "x", "next": "/", "organizations": "1", "restriction_type": "login",
    "locales": "1", "new_title": "x", "new_slug": "x", "position": "0", "action-publish": "on", "state": "closed",
    "finance": "on", "can_submit": "on", "valid_to": "1410-01-01", "folder": "", "audience": "public",
}  # fmt: skip


@contextmanager
def written():
    """The tables to which is written inside."""
    tables = set()

    def watch(execute, sql, params, many, context):
        if (found := _WRITE.match(sql)) and not _HELD.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@pytest.fixture
def scene(site, media):
    return scenes.build()


def forms_shown(scene):
    """(address, fields) of the POST forms at the table's addresses, as the first of those who may act is shown them."""
    for reader, rows in _rows_by_reader().items():
        client = Client()
        client.force_login(make_reader(reader, scene))
        for row in rows:
            path = row.path.format(**vars(scene))
            with transaction.atomic():
                response = client.get(path)
                html = b"".join(response).decode(errors="ignore")
                transaction.set_rollback(True)
            if "<form" in html:
                yield from _forms(html.replace('\\"', '"').replace("\\n", " "), path)


def _rows_by_reader():
    rows = {
        reader: []
        for reader in ("hq_staff", "administrator", "editor", "representative_own", "secretary_own")
    }
    for row in ROWS:
        seeing = (reader for reader in rows if row.answers[READERS.index(reader)] == "V")
        if row.method == "GET" and not row.name.startswith(HIS_OWN) and (reader := next(seeing, None)):
            rows[reader].append(row)
    return rows


def _forms(html, path):
    for form in BeautifulSoup(html, "lxml").find_all("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        fields = {
            field["name"]: field.get("value") or FILLED.get(field["name"], "x")
            for field in form.find_all(["input", "button"], attrs={"name": True})
            if field.get("type") not in ("file", "checkbox", "radio") or field.has_attr("checked")
        }
        fields |= {
            field["name"]: field.text or "متن" for field in form.find_all("textarea", attrs={"name": True})
        }
        for field in form.find_all("select", attrs={"name": True}):
            options = [option.get("value") for option in field.find_all("option") if option.get("value")]
            chosen = field.find("option", attrs={"selected": True})
            fields[field["name"]] = chosen.get("value") if chosen else next(iter(options), "")
        yield (form.get("action") or path), fields


def asked(scene):
    """(method, path, fields) of all that the auditor sends."""
    forms = list(forms_shown(scene))
    assert len(forms) > 60, "hardly a form was shown to anybody: the test looks in the wrong places"
    addresses = {row.path.format(**vars(scene)) for row in ROWS if not row.name.startswith(HIS_OWN)}
    sent = {("POST", path, tuple(sorted(fields.items()))) for path, fields in forms if not _is_his_own(path)}
    for path in addresses:
        sent.add(("POST", path, tuple(sorted(FILLED.items()))))
        sent |= {(method, path, ()) for method in ("PUT", "PATCH", "DELETE")}
    return sorted(sent)


def _is_his_own(path):
    try:
        persian = unquote(path.partition("?")[0]).removeprefix("/en")
        return resolve(persian).view_name.startswith(HIS_OWN)
    except Resolver404:
        return False


def files_in(folder):
    """The files that people put there; pictures made of them are not among those."""
    return {path for path in folder.rglob("*") if path.is_file() and "images" not in path.parts}


def test_auditor_changes_nothing_at_any_address(scene, media):
    client, changed = Client(), []
    client.force_login(make_reader("auditor", scene))
    before = files_in(media)
    for method, path, fields in asked(scene):
        with transaction.atomic(), written() as tables:
            response = client.post(path, dict(fields)) if method == "POST" else client.generic(method, path)
            if response.streaming:
                b"".join(response)
            transaction.set_rollback(True)
        wrong = sorted(table for table in tables if not KEPT_OF_EVERYBODY.match(table))
        if wrong:
            changed.append(f"{method} {path} ({response.status_code}): {wrong}")
    assert changed == [], "\n".join(changed)
    assert "_auth_user_id" in client.session, "something signed him out, and what followed was nobody's"
    assert files_in(media) == before


def test_staff_do_change_by_one_of_those_forms(scene):
    """What is looked at above is where changes are seen."""
    client = Client()
    client.force_login(make_reader("hq_staff", scene))
    with written() as tables:
        client.post(f"/ngo/relocations/{scene.relocation.pk}/", {"approve": "1"})
    assert {"organizations_relocation", "organizations_organization"} <= tables
