"""Every act that our code records has a name that people read."""

import ast
from pathlib import Path

from django.conf import settings

from intranet.auditors import labels
from pages.recording import ACTS

ROOMS = ("intranet", "organizations", "documents", "workflows", "pages", "search")
RECORDING = {"record": 1, "note_reading": 2}  # functions, and which argument names the act


def acts_in(source):
    """The acts that calls in a source name: constants, and both sides of a choice between two."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDING:
            place = RECORDING[node.func.id]
            if len(node.args) > place:
                for part in ast.walk(node.args[place]):
                    if isinstance(part, ast.Constant) and "." in str(part.value) and len(part.value) > 1:
                        yield part.value


def test_every_recorded_act_has_a_name():
    found = {
        act
        for room in ROOMS
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py")
        for act in acts_in(path.read_text())
        if not act.endswith(".")
    }
    assert {"account.signed_in", "document.read", "page.edited", "thread.opened"} <= found
    unnamed = {act for act in found | set(ACTS.values()) if labels.act(act) == act}
    assert unnamed == set()
