import socket
import stat

from intranet.demonstration.actions import account_names
from intranet.supervisor import __main__ as supervisor
from intranet.supervisor.accounts import NAMES, announcement, password_from
from intranet.supervisor.steps import Place


def test_main_with_a_port_that_is_none(capsys, tmp_path):
    assert supervisor.main([], {"PORT": "http", "DATA_DIR": str(tmp_path)}) == 2
    assert "PORT must be a number" in capsys.readouterr().out


def test_run_on_a_taken_port_names_another(capsys, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert supervisor.run(Place(tmp_path, "", ""), "127.0.0.1", port, 1) == 1
    assert f"PORT={port + 1} make run" in capsys.readouterr().out


def test_run_twice_in_one_folder_is_refused(capsys, tmp_path):
    import fcntl

    with (tmp_path / "run.lock").open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert supervisor.run(Place(tmp_path, "", ""), "127.0.0.1", 1, 1) == 1
    assert "running from this folder already" in capsys.readouterr().out


def test_answers_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert not supervisor.answers("127.0.0.1", port)


def test_answers_the_site(live_server):
    host, port = live_server.url.removeprefix("http://").split(":")
    assert supervisor.answers(host, int(port))


def test_dotenv_is_read_as_django_reads_it(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# a comment\nexport PORT=9000\nDEMO_PASSWORD='a b'\n\nNOTHING\n", encoding="utf-8")
    assert supervisor.read_dotenv(path) == {"PORT": "9000", "DEMO_PASSWORD": "a b"}
    assert supervisor.read_dotenv(tmp_path / "none") == {}


def test_password_made_once_and_for_the_owner_only(tmp_path):
    made = password_from("", tmp_path)
    assert len(made) >= 10
    assert password_from("", tmp_path) == made
    assert password_from("chosen by me", tmp_path) == "chosen by me"
    assert stat.S_IMODE((tmp_path / "demo_password").stat().st_mode) == 0o600


def test_announcement_names_every_account(capsys):
    supervisor.announce("http://localhost:8000", "the password")
    said = capsys.readouterr().out
    assert "http://localhost:8000" in said
    assert "the password" in said
    assert all(line in said for line in NAMES)
    assert announcement("x").count("x") >= 1


def test_announced_accounts_are_those_of_the_demonstration():
    assert " ".join(NAMES).split() == account_names()
