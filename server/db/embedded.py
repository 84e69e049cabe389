"""A PostgreSQL of our own for the desk and for tests: started from the wheel's binaries, stopped with us.

It listens on loopback only, asks for passwords (SCRAM), and lies in a folder of its own. One lock file per folder
keeps two servers from sharing it; what a killed server left running is stopped and started anew.
"""

import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlalchemy import URL

from server.db.postgres_user import PostgresUser
from shared.errors import Unavailable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_STOP_SECONDS = 20
_START_SECONDS = 60
_PROBE_SECONDS = 5
_PORT_LINE = 3
"""Of `postmaster.pid`, counted from 0."""
_ASK_FOR_TLS = bytes.fromhex("0000000804d2162f")
"""PostgreSQL's protocol: SSLRequest. A living server answers with one byte, S or N."""
_LOG_TAIL_LINES = 4


class EmbeddedPostgres:
    """One data folder and, between `start` and `stop`, its server process. A context manager."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        """Args: folder: created if missing. settings: PostgreSQL settings, such as `{"fsync": "off"}`."""
        self.folder = folder.absolute()
        self.cluster = self.folder / "cluster"
        self.port = 0
        self._settings = dict(settings or {})
        self._password_file = self.folder / "password"
        self._user = PostgresUser(self.folder)
        self._lock: IO[str] | None = None

    def start(self, port: int = 0) -> URL:
        """Makes the cluster if it is not there, and starts it on `port`; 0 takes a free one.

        Returns: the superuser's address.
        Raises: Unavailable: another server uses the folder, or PostgreSQL would not start.
        """
        self._user.own(self.folder)
        self._take_lock()
        try:
            self._start(port)
        except Unavailable:
            self._release_lock()
            raise
        return self.url

    def start_again(self) -> None:
        """Starts it on its port once more, after its process died under us; the folder stays ours meanwhile.

        Raises: Unavailable: it would not start, perhaps not yet.
        """
        self._start(self.port)

    def is_gone(self) -> bool:
        """Whether nobody listens on its port. One that is only slow is not gone."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), _PROBE_SECONDS):
                return False
        except ConnectionRefusedError:
            return True
        except OSError:
            return False

    @property
    def url(self) -> URL:
        """The superuser's address, while it runs."""
        return URL.create(
            "postgresql",
            username="postgres",
            password=self._password_file.read_text().strip(),
            host="127.0.0.1",
            port=self.port,
            database="troupe",
        )

    def stop(self) -> None:
        """Stops it, waiting for its transactions to roll back; does nothing when it is not running."""
        try:
            if self._answers():
                self._run_stop()
        finally:
            self._release_lock()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def _log(self) -> Path:
        return self.folder / "postgres.log"

    def _options(self) -> str:
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "log_timezone": "UTC"}
        given = settings | self._settings
        return " ".join([f"-p {self.port}", *(f"-c {name}='{value}'" for name, value in given.items())])

    def _take_lock(self) -> None:
        lock = (self.folder / "lock").open("w")
        if not _lock_file(lock):
            lock.close()
            raise Unavailable(
                f"Another Troupe server uses the folder {self.folder.parent}. Stop it, or give this one another --data."
            )
        self._lock = lock

    def _release_lock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def _start(self, port: int) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        self._stop_leftover()
        self.port = port or _free_port()
        self._run(["pg_ctl", "-w", "-t", str(_START_SECONDS), "-D", str(self.cluster), "-l", str(self._log), "-o",
                   self._options(), "start"])  # fmt: skip

    def _make_cluster(self) -> None:
        self._password_file.write_text(secrets.token_urlsafe(32))
        self._user.own(self._password_file)
        self._run(["initdb", "-A", "scram-sha-256", f"--pwfile={self._password_file}", "-U", "postgres", "-E", "UTF8",
                   "--locale=C.UTF-8", "-D", str(self.cluster)])  # fmt: skip

    def _stop_leftover(self) -> None:
        """We hold the lock, so a running PostgreSQL here was left by a killed server; a dead one left its pid file."""
        pid_file = self.cluster / "postmaster.pid"
        if not pid_file.exists():
            return
        if self._answers():
            self._run_stop()
        # The number in it may by now be another program's, which PostgreSQL would take for itself and not start.
        pid_file.unlink(missing_ok=True)

    def _answers(self) -> bool:
        """Whether it lives. Its process number alone does not tell: that may be a zombie's, or another program's."""
        pid_file = self.cluster / "postmaster.pid"
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        return len(lines) > _PORT_LINE and lines[_PORT_LINE].isdigit() and _speaks(int(lines[_PORT_LINE]))

    def _run_stop(self) -> None:
        self._run(["pg_ctl", "-w", "-t", str(_STOP_SECONDS), "-D", str(self.cluster), "-m", "fast", "stop"])

    def _run(self, command: list[str]) -> None:
        try:
            done = self._user.run(command)
        except subprocess.TimeoutExpired as error:
            raise Unavailable(f"The embedded PostgreSQL did not answer in time; see {self._log}.") from error
        if done.returncode:
            said = done.stdout.strip().splitlines() or ["nothing"]
            log = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
            tail = " ".join([*said[-_LOG_TAIL_LINES:], *log[-_LOG_TAIL_LINES:]])
            raise Unavailable(f"The embedded PostgreSQL would not {command[0]}: {tail}")


def _speaks(port: int) -> bool:
    """Whether a PostgreSQL answers there. A killed one's children may hold its port open for a moment, in silence."""
    try:
        with socket.create_connection(("127.0.0.1", port), _PROBE_SECONDS) as probe:
            probe.sendall(_ASK_FOR_TLS)
            return probe.recv(1) in {b"S", b"N"}
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _lock_file(file: IO[str]) -> bool:
    """Whether the lock was free; it goes with the program that holds it, however that ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
