"""Runs the server and the studio, and ends both cleanly on Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ground.python import tool
from ground.terminal import ROOT, CannotGoOn, say

STOPPING_SECONDS = 20.0


def perform(data: Path, port: int, windowed: bool) -> int:
    """Start the server, print its addresses, open the studio when `windowed`, and wait for Ctrl-C.

    Raises: CannotGoOn: the port is taken, or the server did not start.
    """
    _refuse_taken_port(port)
    data.mkdir(parents=True, exist_ok=True)
    with _stop_requests() as stopped, _child(_server_command(data, port), piped=True) as server:
        announcement = _announcement(server)
        _print_addresses(announcement, data)
        if not windowed:
            return _wait(server, stopped)
        with _child([tool("troupe-studio")], env={**os.environ, "TROUPE_CACHE_FOLDER": str(data)}):
            say("The studio is open. Ctrl-C here stops everything.")
            return _wait(server, stopped)


def _server_command(data: Path, port: int) -> list[str | Path]:
    return [tool("troupe-server"), "--embedded", "--demo", "--announce", "--data", data, "--port", str(port)]


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotGoOn(
                f"Port {port} is taken by another program. Stop it, or choose another: dev.py run --port {port + 1}"
            ) from None


@contextmanager
def _child(
    command: list[str | Path], piped: bool = False, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we decide the order of ending."""
    child = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE if piped else None,
        text=True,
        start_new_session=os.name != "nt",
    )
    try:
        yield child
    finally:
        _stop(child)


def _stop(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        say(f"{child.args!r} did not stop in {STOPPING_SECONDS:.0f} s and was ended.")
        child.kill()
        child.wait()


def _announcement(server: subprocess.Popen[str]) -> dict[str, str]:
    """Return the server's first line of standard output, which tells its addresses; go on passing the rest through."""
    output = server.stdout
    assert output is not None
    for line in output:
        if line.startswith("{") and "addresses" in line:
            threading.Thread(target=_pass_through, args=(output,), daemon=True).start()
            addresses: dict[str, str] = json.loads(line)["addresses"]
            return addresses
        say(line.rstrip())
    raise CannotGoOn(f"The server did not start (code {server.wait()}). What it said is above.")


def _pass_through(output: IO[str]) -> None:
    for line in output:
        sys.stdout.write(line)


def _print_addresses(addresses: dict[str, str], data: Path) -> None:
    width = max(len(name) for name in addresses)
    say("\nTroupe is running. Ctrl-C stops it.\n")
    for name, address in addresses.items():
        say(f"  {name:<{width}}  {address}")
    say(f"  {'Kept in':<{width}}  {data}\n")


@contextmanager
def _stop_requests() -> Iterator[Callable[[], bool]]:
    """Turn SIGINT and SIGTERM into a flag, and yield what tells whether one came."""
    asked = threading.Event()
    before = {name: signal.signal(name, lambda *_: asked.set()) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for name, action in before.items():
            signal.signal(name, action)


def _wait(server: subprocess.Popen[str], stopped: Callable[[], bool]) -> int:
    """Wait until the server ends by itself (a failure) or somebody asks to stop."""
    while not stopped():
        try:
            code = server.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        say(f"The server ended by itself with code {code}.")
        return code or 1
    say("\nStopping …")
    return 0
