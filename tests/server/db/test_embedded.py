"""The embedded PostgreSQL: keeps what was there, survives being killed, and is nobody else's."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from server.db import postgres_user
from server.db.embedded import EmbeddedPostgres
from shared.errors import Unavailable
from tests.server.conftest import FAST, open_folder

ROOT = Path(__file__).resolve().parents[3]
STARTS_AND_IS_KILLED = """
import os, signal, sys
from pathlib import Path
from server.db.embedded import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1])).start().port, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for a cluster."""
    with open_folder() as made:
        yield made / "postgres"


def run(server: EmbeddedPostgres, statement: str) -> list[tuple[object, ...]]:
    address = server.url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def pid_of(folder: Path) -> int:
    return int((folder / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def test_a_second_start_keeps_what_was_there(folder: Path) -> None:
    with EmbeddedPostgres(folder, FAST) as server:
        run(server, "create table kept as select 7 as number")
    with EmbeddedPostgres(folder, FAST) as server:
        kept = run(server, "select number from kept")

    assert kept == [(7,)]


def test_it_starts_after_its_process_was_killed(folder: Path) -> None:
    with EmbeddedPostgres(folder, {"max_connections": "20"}) as server:
        run(server, "create table kept as select 7 as number")
        os.kill(pid_of(folder), signal.SIGKILL)
    with EmbeddedPostgres(folder) as server:
        kept = run(server, "select number from kept")

    assert kept == [(7,)]


def test_it_starts_when_the_pid_file_names_another_program(folder: Path) -> None:
    with EmbeddedPostgres(folder, FAST) as server:
        run(server, "select 1")
        text = (folder / "cluster" / "postmaster.pid").read_text().splitlines()
    stale = [str(os.getppid()), *text[1:]]
    (folder / "cluster" / "postmaster.pid").write_text("\n".join(stale))

    with EmbeddedPostgres(folder, FAST) as server:
        assert run(server, "select 1") == [(1,)]


def test_what_a_killed_server_left_running_is_taken_over(folder: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", STARTS_AND_IS_KILLED, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    orphan = pid_of(folder)

    with EmbeddedPostgres(folder, FAST) as server:
        assert run(server, "select 1") == [(1,)]
        assert pid_of(folder) != orphan
    assert killed.returncode == -signal.SIGKILL


def test_a_folder_in_use_is_refused_with_its_cure(folder: Path) -> None:
    with EmbeddedPostgres(folder, FAST), pytest.raises(Unavailable, match="--data"):
        EmbeddedPostgres(folder, FAST).start()


def test_a_stranger_does_not_get_in(folder: Path) -> None:
    with EmbeddedPostgres(folder, FAST) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url.set(password="guess").render_as_string(hide_password=False))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root hands PostgreSQL to another user"
)
def test_root_may_keep_programs_and_data_in_a_closed_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = folder.parent / "home"
    wheel = postgres_user.BINARIES.parents[1]
    # As it is laid out where it was installed: its programs find their libraries beside the package.
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, home / part.name, symlinks=True, ignore=shutil.ignore_patterns("pginstall16"))
    home.chmod(0o700)
    monkeypatch.setattr(postgres_user, "BINARIES", home / wheel.name / "pginstall18" / "bin")

    with EmbeddedPostgres(home / "postgres", FAST) as server:
        answer = run(server, "select 7")

    assert answer == [(7,)]


def test_its_folder_is_closed_to_others(folder: Path) -> None:
    with EmbeddedPostgres(folder, FAST):
        modes = {path.name: path.stat().st_mode & 0o077 for path in (folder, folder / "password", folder / "cluster")}

    assert modes == {"postgres": 0, "password": 0, "cluster": 0}
