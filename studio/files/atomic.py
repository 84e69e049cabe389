"""Writing files so that a power cut, a full disk or a kill leaves either the old content or the new, never half."""

import os
import tempfile
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put `content` at `path`, whole or not at all; folders above are made.

    Args:
        private: readable by this user only, for tokens.
    Raises: OSError: the disk refused; what was at `path` is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part")
    partial = Path(name)
    try:
        _fill(descriptor, content)
        partial.chmod(0o600 if private else _usual_mode())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _fill(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _usual_mode() -> int:
    # mkstemp makes files private; a project is to be shared like any file that this user writes.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # The rename itself must reach the disk too. Windows has no folder descriptors, and needs none for this.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
