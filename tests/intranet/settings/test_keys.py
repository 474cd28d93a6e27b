import stat
import subprocess
import sys

from intranet.settings.keys import key_from_file


def test_key_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "data" / "secret_key"
    key = key_from_file(path)
    assert len(key) >= 50
    assert key_from_file(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_key_processes_that_race_agree(tmp_path):
    code = (
        "import sys; from pathlib import Path; from intranet.settings.keys import key_from_file;"
        "sys.stdin.readline(); print(key_from_file(Path(sys.argv[1])))"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "secret_key")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    keys = {racer.communicate(timeout=60)[0].strip() for racer in racers}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
