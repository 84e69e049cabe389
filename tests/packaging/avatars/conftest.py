"""Makes the avatars' kit importable: it is run by Blender from its own folder, not installed."""

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "packaging" / "avatars"


@pytest.fixture(autouse=True)
def _kit_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `kit` be found while a test runs."""
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
