"""`troupe-studio --picture`: the studio shows a project, keeps a picture of its window, and leaves by itself."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

PATIENCE_SECONDS = 120


def studio_of(words: list[str], tmp_path: Path, models_folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the studio to its end, with folders of this test's own."""
    own = {
        "TROUPE_CONFIG_FOLDER": str(tmp_path / "config"),
        "TROUPE_CACHE_FOLDER": str(models_folder),
        "TROUPE_KEYRING": "false",
    }
    return subprocess.run(
        [sys.executable, "-m", "studio", *words],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_the_picture_shows_the_window_with_its_avatar(
    qapp: QApplication, project: Path, tmp_path: Path, models_folder: Path
) -> None:
    picture = tmp_path / "window.png"

    done = studio_of([str(project), "--picture", str(picture)], tmp_path, models_folder)

    assert done.returncode == 0, done.stderr
    shown = QImage(str(picture))
    middle = shown.copy(shown.width() // 4, shown.height() // 4, shown.width() // 4, shown.height() // 2)
    colours = {middle.pixel(x, y) for x in range(0, middle.width(), 5) for y in range(0, middle.height(), 5)}
    assert len(colours) > 60, "an empty stage has few colours"


def test_a_project_that_is_not_there_ends_it_with_a_sentence(
    qapp: QApplication, tmp_path: Path, models_folder: Path
) -> None:
    done = studio_of([str(tmp_path / "none"), "--picture", str(tmp_path / "w.png")], tmp_path, models_folder)

    assert done.returncode == 1
    assert "There is no folder" in done.stderr
    assert not (tmp_path / "w.png").exists()
