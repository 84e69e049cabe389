"""The studio as a folder that needs no Python: built by PyInstaller, then started once to see that it works."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ground.python import tool
from ground.system import has_display
from ground.terminal import ROOT, CannotGoOn, run, say, step

SPEC = ROOT / "packaging" / "bundle" / "studio.spec"
BUILD = ROOT / "build"
BUNDLE = BUILD / "dist" / "troupe"
PICTURE = BUILD / "studio.png"
PATIENCE_SECONDS = 180
LEAST_PICTURE_BYTES = 20_000
"""A window that shows nothing makes a smaller picture."""


def build_bundle() -> Path:
    """Build the bundle anew. Returns: its folder."""
    with step("Studio bundle"):
        places: list[str | Path] = ["--distpath", BUILD / "dist", "--workpath", BUILD / "work"]
        run([tool("pyinstaller"), "--noconfirm", "--log-level", "WARN", *places, SPEC])
    return BUNDLE


def try_bundle(bundle: Path) -> Path:
    """Start the bundle as somebody with an empty home would, on the demo character. Returns: a picture of its window.

    Raises: CannotGoOn: it did not start, or shows nothing.
    """
    PICTURE.unlink(missing_ok=True)
    with step("The bundle's first start"), tempfile.TemporaryDirectory() as home:
        command: list[str | Path] = [bundle / "troupe-studio", "--demo", "pip", "--picture", PICTURE]
        _run_alone([*_screen(), *command], Path(home))
        _try_commands(bundle / "troupe", Path(home))
    if not PICTURE.is_file() or PICTURE.stat().st_size < LEAST_PICTURE_BYTES:
        raise CannotGoOn(f"The bundle started, but its window shows nothing: {PICTURE}.")
    return PICTURE


def _try_commands(troupe: Path, home: Path) -> None:
    """Try what needs libraries that are found by their names only: meshopt's runtime, OpenGL without a window."""
    project = next((home / "Troupe").iterdir())
    version = _run_alone([troupe, "--version"], home)
    if not version.startswith("troupe "):
        raise CannotGoOn(f"The bundle's `troupe --version` said {version!r}.")
    lighter, pictures = home / "lighter.glb", home / "pictures"
    _run_alone([troupe, "optimise", project / "avatar" / "pip.glb", lighter], home)
    _run_alone([troupe, "bake", project, pictures], home)
    for made in (lighter, *(pictures / name for name in ("poster.webp", "sprites.webp", "card.png", "turntable.webm"))):
        if not made.is_file():
            raise CannotGoOn(f"The bundle did not make {made.name}.")


def pack_bundle(bundle: Path) -> Path:
    """Pack the bundle into one file to hand on. Returns: the file."""
    with step("Archive"):
        return Path(shutil.make_archive(str(BUILD / "troupe-studio"), "gztar", bundle.parent, bundle.name))


def _screen() -> list[str | Path]:
    if has_display():
        return []
    if not shutil.which("xvfb-run"):
        raise CannotGoOn("No display to try the bundle on. On Debian and Ubuntu: sudo apt-get install xvfb xauth")
    return ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24"]


def _run_alone(command: list[str | Path], home: Path) -> str:
    """Run a program that sees nothing of our Python. Returns: what it printed."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "DISPLAY", "XAUTHORITY", "LANG"}}
    try:
        done = subprocess.run(
            [str(word) for word in command],
            env={**kept, "HOME": str(home), "TROUPE_KEYRING": "false"},
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise CannotGoOn(f"{command[0]} did not end in {PATIENCE_SECONDS} s.") from late
    said = done.stdout.decode(errors="replace").strip()
    if done.returncode:
        raise CannotGoOn(f"{said}\n`{command[0]}` ended with code {done.returncode}.")
    return said


def tell_bundle(bundle: Path, archive: Path, picture: Path) -> None:
    """Say where everything lies, and how large it is."""
    whole = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    say(f"\n  {bundle}  {whole / 1e6:.0f} MB\n  {archive}  {archive.stat().st_size / 1e6:.0f} MB\n  {picture}")
