"""Pictures that the studio drew of clips and faces, kept in `.troupe/`: drawn once, there at the next start."""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache

MOST_AVATARS = 4
"""Of which pictures are kept; those that were not looked at for longest go first."""


class PictureCache:
    """The pictures of one avatar's file."""

    def __init__(self, project: Project, avatar_sha256: str) -> None:
        self._project = project
        self._folder = project.cache / "pictures" / (avatar_sha256[:16] or "none")

    def get(self, key: str) -> bytes | None:
        """The picture kept under `key`; None when there is none that can be read."""
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def keep(self, key: str, content: bytes) -> None:
        """Keep a picture; a disk that refuses costs time at the next start, not work."""
        with suppress(OSError):
            prepare_cache(self._project)
            write_atomically(self._path(key), content)

    def prune(self) -> None:
        """Forget the pictures of avatars that have not been open lately."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._folder.touch()
            others = sorted(self._folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in others[MOST_AVATARS:]:
                shutil.rmtree(old, ignore_errors=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.png"
