"""The desk's preferences on disk. Damaged or missing, the desk starts with fresh ones."""

from pathlib import Path

from pydantic import ValidationError

from studio.files.atomic import write_atomically
from studio.model.preferences import Preferences


def load_preferences(folder: Path) -> Preferences:
    """What was chosen before; defaults when nothing readable is there."""
    try:
        return Preferences.model_validate_json((folder / "preferences.json").read_bytes())
    except (OSError, ValidationError):
        return Preferences()


def save_preferences(folder: Path, preferences: Preferences) -> None:
    """Keep what was chosen.

    Raises: OSError: the disk refused.
    """
    write_atomically(folder / "preferences.json", preferences.model_dump_json(indent=2).encode())
