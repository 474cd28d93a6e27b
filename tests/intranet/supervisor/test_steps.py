import pytest

from intranet.supervisor import steps
from intranet.supervisor.steps import Place, Stamps, Step, StepFailedError, prepare


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite3'}", "a password")


@pytest.fixture
def ran(place, monkeypatch):
    """The names of the steps that ran; each command is only noted, `migrate` leaves a database."""
    names = []

    def note(logs, command, *arguments, **environment):
        names.append(command)
        if command == "migrate":
            place.sqlite_file.write_bytes(b"a database")
        if command == "collectstatic":
            (place.data / "static").mkdir(exist_ok=True)
            (place.data / "static" / "staticfiles.json").write_text("{}")

    monkeypatch.setattr(steps, "manage", note)
    return names


def test_prepare_twice_does_nothing_the_second_time(place, ran):
    assert prepare(place) > 0
    assert ran[:2] == ["migrate", "install"]
    assert "collectstatic" in ran
    ran.clear()
    assert prepare(place) == 0
    assert ran == []


def test_prepare_after_a_step_that_failed_goes_on_with_it(place, ran, monkeypatch):
    note = steps.manage

    def fail(logs, command, *arguments, **environment):
        if command == "install":
            raise StepFailedError("no")
        note(logs, command, *arguments, **environment)

    monkeypatch.setattr(steps, "manage", fail)
    with pytest.raises(StepFailedError):
        prepare(place)
    assert ran == ["migrate"]
    monkeypatch.setattr(steps, "manage", note)
    prepare(place)
    assert ran[:2] == ["migrate", "install"]


def test_prepare_when_the_database_is_gone_fills_it_again(place, ran):
    prepare(place)
    ran.clear()
    place.sqlite_file.unlink()
    prepare(place)
    assert ran[:2] == ["migrate", "install"]
    assert "collectstatic" not in ran


def test_prepare_with_another_password_makes_the_accounts_again(place, ran):
    prepare(place)
    ran.clear()
    prepare(Place(place.data, place.database_url, "another password"))
    assert "migrate" not in ran
    assert ran in ([], ["demo"])


def test_prepare_names_a_step_to_do_again(place, ran):
    prepare(place)
    ran.clear()
    prepare(place, again=["install"])
    assert ran == ["install"]


def test_prepare_with_a_database_server_looks_each_time(tmp_path, ran):
    place = Place(tmp_path, "postgres://u@localhost/n", "a password")
    always = next(step for step in steps.steps(place) if step.name == "migrate")
    assert place.sqlite_file is None
    assert always.stands()


def test_stamps_unreadable_are_begun_anew(tmp_path):
    path = tmp_path / "steps.json"
    path.write_text('{"half": ')
    stamps = Stamps(path)
    assert stamps.done == {}
    stamps.put("a", "1")
    assert Stamps(path).done == {"a": "1"}


def test_manage_failing_shows_the_end_of_its_log(tmp_path):
    with pytest.raises(StepFailedError, match="no_such_command"):
        steps.manage(tmp_path / "logs", "no_such_command")


def test_manage_leaves_a_log(tmp_path):
    steps.manage(tmp_path, "help", "check")
    assert "usage" in (tmp_path / "help.log").read_text()


def test_step_is_plain_data():
    step = Step("a", "doing a", lambda: "1", lambda: True, lambda: None)
    assert (step.name, step.says) == ("a", "doing a")


def test_default_place_keeps_its_database_beside_the_data(tmp_path):
    assert Place(tmp_path, "", "").sqlite_file == tmp_path / "intranet.sqlite3"


def test_manage_in_a_folder_with_blanks_and_quotes(tmp_path):
    folder = tmp_path / "a folder's name"
    steps.manage(folder, "help", "check")
    assert [file.name for file in folder.iterdir()] == ["help.log"]
