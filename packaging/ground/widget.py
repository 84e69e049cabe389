"""Node's tools and the built widget."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from ground.stamp import digest_of, is_fresh, write_stamp
from ground.terminal import ROOT, CannotGoOn, run, step

WIDGET = ROOT / "widget"
MODULES = WIDGET / "node_modules"
DIST = WIDGET / "dist"
OLDEST_NODE = 20


def npm() -> str:
    """Return npm's path.

    Raises: CannotGoOn: Node.js is missing or too old.
    """
    found, node = shutil.which("npm"), shutil.which("node")
    if not found or not node:
        raise CannotGoOn(
            f"Node.js {OLDEST_NODE} or newer with npm is needed: install it from your system or nodejs.org."
        )
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    major = re.match(r"v(\d+)", version)
    if not major or int(major[1]) < OLDEST_NODE:
        raise CannotGoOn(f"Node.js {OLDEST_NODE} or newer is needed; this is {version}.")
    return found


def ensure_node_tools() -> None:
    """Install the widget's locked packages when the lock has changed."""
    program = npm()
    wanted = digest_of([WIDGET / "package-lock.json", WIDGET / "package.json"])
    stamp = MODULES / ".troupe-lock.sha256"
    if is_fresh(stamp, wanted):
        return
    with step("Node packages"):
        run([program, "ci", "--no-audit", "--no-fund"], cwd=WIDGET)
    write_stamp(stamp, wanted)


def ensure_widget() -> None:
    """Build the widget when any of its sources has changed."""
    ensure_node_tools()
    wanted = digest_of(_sources())
    stamp = DIST / ".troupe-sources.sha256"
    if is_fresh(stamp, wanted):
        return
    with step("Widget"):
        run([npm(), "run", "build"], cwd=WIDGET, env={**os.environ, "CI": "true"})
    write_stamp(stamp, wanted)


def _sources() -> list[Path]:
    beside = [file for file in WIDGET.iterdir() if file.is_file()]
    return [*beside, *(file for file in (WIDGET / "src").rglob("*") if file.is_file())]
