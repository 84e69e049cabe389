"""The set-up's own promises: what is missing is named with its cure, and nothing is done twice."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from ground import system  # noqa: E402  (the set-up is not part of the product's packages)
from ground.stamp import digest_of, is_fresh, write_stamp  # noqa: E402
from ground.terminal import CannotGoOn, run  # noqa: E402

PERFORM = """
import sys; sys.path.insert(0, "packaging")
from pathlib import Path
from ground.troupe import perform
perform(Path({folder!r}), {port}, windowed=False)
"""


def test_a_taken_port_is_named_with_its_cure(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = PERFORM.format(folder=str(tmp_path), port=port)

        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert f"Port {port} is taken" in done.stderr
    assert f"--port {port + 1}" in done.stderr


def test_a_stamp_is_fresh_until_a_file_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "lock.txt", tmp_path / "stamps" / "lock"
    source.write_text("one")

    write_stamp(stamp, digest_of([source]))

    assert is_fresh(stamp, digest_of([source]))
    source.write_text("two")
    assert not is_fresh(stamp, digest_of([source]))


def test_a_failed_step_shows_what_it_said() -> None:
    with pytest.raises(CannotGoOn, match="the reason"):
        run([sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)"])


def test_a_missing_program_is_named() -> None:
    with pytest.raises(CannotGoOn, match="no-such-program is not installed"):
        run(["no-such-program"])


def test_missing_libraries_are_named_by_debians_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "WINDOW_LIBRARIES", {"libtroupe-nowhere.so.9": "libtroupe-nowhere9"})
    monkeypatch.setenv("PATH", "")

    with pytest.raises(CannotGoOn, match="libtroupe-nowhere9"):
        system.ensure_window_libraries()


def test_a_screen_is_known_by_its_display() -> None:
    assert system.has_display({"DISPLAY": ":7"})
    assert system.has_display({"WAYLAND_DISPLAY": "wayland-0"})
    assert not system.has_display({})
