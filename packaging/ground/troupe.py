"""Runs the server and the studio, and ends both cleanly on Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ground.python import tool
from ground.terminal import ROOT, CannotGoOn, say, step

STOPPING_SECONDS = 20.0
LOG_NAME = "server.log"
LOG_LINES_OF_A_FAILURE = 15


def perform(data: Path, port: int, windowed: bool) -> int:
    """Start the server, print its addresses, open the studio when `windowed`, and wait for Ctrl-C.

    Raises: CannotGoOn: the port is taken, or the server did not start.
    """
    _refuse_taken_port(port)
    data.mkdir(parents=True, exist_ok=True)
    # SIGTERM ends us as Ctrl-C does, at any moment: also while the server is still starting.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _perform(data, port, windowed)
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0


def _perform(data: Path, port: int, windowed: bool) -> int:
    log = data / LOG_NAME
    with _child(_server_command(data, port), log=log) as server:
        with step("Server, database and demo"):
            addresses = _announced_addresses(server, log)
        _print_addresses(addresses, log)
        if not windowed:
            return _ended(server, log)
        with _child([tool("troupe-studio")], env={**os.environ, "TROUPE_CACHE_FOLDER": str(data)}):
            say("The studio is open. Ctrl-C here stops everything.")
            return _ended(server, log)


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
    command: list[str | Path], log: Path | None = None, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we decide the order of ending.

    With a `log`, standard output is a pipe to read from, and standard error is kept in that file.
    """
    with ExitStack() as stack:
        child = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE if log else None,
            stderr=stack.enter_context(log.open("a")) if log else None,
            text=True,
            start_new_session=os.name != "nt",
        )
        stack.callback(_stop, child)
        yield child


def _stop(child: subprocess.Popen[str]) -> None:
    """Ask a program to end and wait for it; who presses Ctrl-C again does not leave a database half stopped."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        say(f"{child.args!r} did not stop in {STOPPING_SECONDS:.0f} s and was ended.")
        child.kill()
        child.wait()


def _announced_addresses(server: subprocess.Popen[str], log: Path) -> dict[str, str]:
    """Return what the server's first line on standard output tells: name -> address."""
    assert server.stdout is not None
    for line in server.stdout:
        if line.startswith("{"):
            addresses: dict[str, str] = json.loads(line)["addresses"]
            return addresses
        say(line.rstrip())
    said = log.read_text(errors="replace").splitlines()[-LOG_LINES_OF_A_FAILURE:]
    raise CannotGoOn("\n".join([*said, f"The server did not start (code {server.wait()}); its log is {log}."]))


def _print_addresses(addresses: dict[str, str], log: Path) -> None:
    shown = {**addresses, "Log": str(log)}
    width = max(len(name) for name in shown)
    say("\nTroupe is running. Ctrl-C stops it.\n")
    for name, address in shown.items():
        say(f"  {name:<{width}}  {address}")
    say("")


def _ended(server: subprocess.Popen[str], log: Path) -> int:
    """Wait for a server that should not end by itself."""
    code = server.wait()
    say(f"The server ended by itself with code {code}; its log is {log}.")
    return code or 1
