"""Where on this desk the avatar's file came from: an exporter writes it anew there. Kept in `.troupe/`."""

from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from shared.contract.base import Frozen
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache


class Source(Frozen):
    """The file outside of the project that its avatar was taken from."""

    path: str
    """Absolute."""
    watch: bool = True
    """Whether a new export is taken by itself."""
    stamp: str = ""
    """The file's size and time when it was taken."""

    @property
    def file(self) -> Path:
        """The file."""
        return Path(self.path)

    @property
    def changed(self) -> bool:
        """Whether the file is another one than was taken; one that is gone has not changed."""
        now = stamp_of(self.file)
        return bool(now) and now != self.stamp


def source_at(path: Path, *, watch: bool = True) -> Source:
    """A file as it lies there now."""
    return Source(path=str(path.resolve()), watch=watch, stamp=stamp_of(path))


def stamp_of(path: Path) -> str:
    """A file's size and time; empty when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"


def load_source(project: Project) -> Source | None:
    """Where the project's avatar came from; None when this desk does not know."""
    try:
        return Source.model_validate_json((project.cache / "source.json").read_bytes())
    except (OSError, ValidationError):
        return None


def save_source(project: Project, source: Source) -> None:
    """Remember it; a disk that refuses costs the watching, not work."""
    with suppress(OSError):
        prepare_cache(project)
        write_atomically(project.cache / "source.json", source.model_dump_json(indent=2).encode())
