"""Every message of our own code is said in Persian, by its room's catalogue or by a package's."""

from pathlib import Path

from tests.locale import catalogues, extraction


def test_every_own_message_is_in_persian(tmp_path: Path) -> None:
    own = extraction.own_messages(tmp_path)
    persian = catalogues.translated_keys([*catalogues.our_catalogues(), *catalogues.packages_with_persian()])
    missing = {key[2]: files for key, files in own.items() if key not in persian}
    assert len(own) > 400
    assert missing == {}


def test_messages_of_templates_scripts_and_code_are_found(tmp_path: Path) -> None:
    said_by = {name for files in extraction.own_messages(tmp_path).values() for name in files}
    assert "intranet/accounts/roles.py" in said_by
    assert "templates/base.html" in said_by
