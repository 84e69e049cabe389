"""glTF-Transform as the peer: installed from its own lock beside this file when it is first asked for."""

import shutil
import subprocess
from pathlib import Path

from shared.errors import Unavailable

PEERS = Path(__file__).with_name("peers")
_PROGRAM = PEERS / "node_modules" / "@gltf-transform" / "cli" / "bin" / "cli.js"
_LOCK = PEERS / "package-lock.json"
# What it may not do to an avatar: materials and meshes would merge, and with them go names and clips' targets.
_OPTIONS = ("--compress", "meshopt", "--texture-compress", "webp")
_OFF = ("palette", "join", "flatten", "simplify", "instance")


def optimised_by_peer(source: Path, target: Path) -> None:
    """Let glTF-Transform write the same avatar, packed with meshopt.

    Raises: Unavailable: Node.js is not there, or its packages cannot be installed.
    """
    node = _ready()
    off = [word for name in _OFF for word in (f"--{name}", "false")]
    _run([node, str(_PROGRAM), "optimize", str(source), str(target), *_OPTIONS, *off], "glTF-Transform failed")


def _ready() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Unavailable("The comparison needs Node.js with npm.")
    installed = PEERS / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < _LOCK.stat().st_mtime:
        _run([npm, "ci", "--no-audit", "--no-fund"], "npm could not install glTF-Transform")
    return node


def _run(command: list[str], complaint: str) -> None:
    done = subprocess.run(command, cwd=PEERS, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise Unavailable(f"{complaint}: {(done.stderr or done.stdout).strip()[-300:]}")
