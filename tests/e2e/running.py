"""A real Troupe server in a process of its own, on embedded defaults."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / ".troupe" / "models"
SCRIPTS = Path(sys.executable).parent
STARTING_SECONDS = 90.0
STOPPING_SECONDS = 20.0


@dataclass(frozen=True)
class RunningServer:
    """A started server: where it listens, and what it announced."""

    url: str
    port: int
    addresses: Mapping[str, str]
    process: subprocess.Popen[str]
    log: Path


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server(data: Path, *words: str, env: Mapping[str, str] | None = None) -> Iterator[RunningServer]:
    """Start `troupe-server` over a data folder, wait for its announcement, and stop it as Ctrl-C does."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / "models").exists():
        (data / "models").symlink_to(MODELS)
    port, log = free_port(), data / "server.log"
    command = [str(SCRIPTS / "troupe-server"), "--embedded", "--announce", "--data", str(data), "--port", str(port)]
    with log.open("a") as noise:
        process = subprocess.Popen(
            [*command, *words],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=noise,
            text=True,
            start_new_session=True,
        )
    try:
        addresses = _announced(process, log)
        yield RunningServer(f"http://127.0.0.1:{port}", port, addresses, process, log)
    finally:
        stop(process)
        if process.stdout is not None:
            process.stdout.close()


def stop(process: subprocess.Popen[str]) -> int:
    """Ask a process to end, wait for it, and return its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        return process.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def _announced(process: subprocess.Popen[str], log: Path) -> Mapping[str, str]:
    """Return the addresses of the first line of standard output; a server that stays silent is ended."""
    silent = threading.Timer(STARTING_SECONDS, process.kill)
    silent.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                addresses: Mapping[str, str] = json.loads(line)["addresses"]
                return addresses
    finally:
        silent.cancel()
    raise AssertionError(f"The server did not start. Its log ends:\n{log.read_text()[-3000:]}")
