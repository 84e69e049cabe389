"""`troupe-server` as a program: announces, ends cleanly, keeps what was there, names what is in its way."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import pytest

from tests.server.conftest import PASSWORD, open_folder

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 15.0
"""Generous: the machine of a test is busy. Alone it takes half a second."""

RESTARTED = "embedded_postgres_restarted"
BACK_SECONDS = 20.0
"""Alone it takes two."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder."""
    with open_folder() as made:
        yield made / "data"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "server", "--embedded", *words]


def surroundings(**changes: str) -> dict[str, str]:
    """Our environment without settings of a server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TROUPE_")} | changes


@contextmanager
def running(folder: Path, log: int | IO[str] = subprocess.DEVNULL) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address. `log`: where its events go."""
    started = subprocess.Popen(
        command("--announce", "--port", "0", "--data", str(folder)),
        cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, stderr=log, text=True,
    )  # fmt: skip
    try:
        assert started.stdout is not None
        yield started, json.loads(started.stdout.readline())["addresses"]["Server"]
    finally:
        started.terminate()
        started.wait(STOP_SECONDS)
        if started.stdout:
            started.stdout.close()


def line_of_pid_file(folder: Path, line: int) -> int:
    """PostgreSQL's process number (line 0) or port (line 3)."""
    return int((folder / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()[line])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_cleanly(folder: Path, number: signal.Signals) -> None:
    with running(folder) as (server, address):
        assert httpx.get(f"{address}/readyz").status_code == 200
        postgres = line_of_pid_file(folder, 3)

        begun = time.monotonic()
        server.send_signal(number)
        code = server.wait(STOP_SECONDS)
        seconds = time.monotonic() - begun

    assert code == 0
    assert seconds < STOP_SECONDS
    assert not (folder / "postgres" / "cluster" / "postmaster.pid").exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", postgres))


def test_a_second_run_keeps_what_was_there(folder: Path) -> None:
    wish = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada", "tenant_name": "Ada's"}
    with running(folder) as (_, address):
        tokens = httpx.post(f"{address}/api/auth/sign-up", json=wish).json()
    with running(folder) as (_, address):
        me = httpx.get(f"{address}/api/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})

    assert (me.status_code, me.json()["email"]) == (200, "ada@example.com")


def test_a_postgres_that_was_killed_is_started_again(folder: Path, tmp_path: Path) -> None:
    wish = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada", "tenant_name": "Ada's"}
    with (tmp_path / "log").open("w") as log, running(folder, log) as (_, address):
        tokens = httpx.post(f"{address}/api/auth/sign-up", json=wish).json()
        killed, port = line_of_pid_file(folder, 0), line_of_pid_file(folder, 3)

        os.kill(killed, signal.SIGKILL)
        deadline = time.monotonic() + BACK_SECONDS
        while time.monotonic() < deadline and not (
            httpx.get(f"{address}/readyz").status_code == 200 and RESTARTED in (tmp_path / "log").read_text()
        ):
            pass
        me = httpx.get(f"{address}/api/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})
        port_now = line_of_pid_file(folder, 3)

    assert (me.status_code, port_now) == (200, port)
    assert (tmp_path / "log").read_text().count(RESTARTED) == 1
    assert not (folder / "postgres" / "cluster" / "postmaster.pid").exists()


def test_a_taken_port_is_named_with_its_cure(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = subprocess.run(
            command("--port", str(port), "--data", str(folder)),
            cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stderr == (
        f"troupe-server: Port {port} is taken by another program. "
        f"Stop it, or choose another port, such as --port {port + 1}.\n"
    )


def test_settings_that_do_not_fit_are_named_in_one_line(folder: Path) -> None:
    ended = subprocess.run(
        command("--data", str(folder)),
        cwd=ROOT, env=surroundings(TROUPE_ENVIRONMENT="production"), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "TROUPE_DATABASE_URL" in ended.stderr
