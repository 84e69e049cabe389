"""meshopt's WebAssembly, out of the locked npm package: what reads and packs compressed avatars outside browsers."""

import shutil
from pathlib import Path

from ground.stamp import digest_of, is_fresh, write_stamp
from ground.terminal import ROOT, CannotGoOn, run, step
from ground.widget import MODULES, ensure_node_tools

FOLDER = ROOT / "shared" / "glb" / "meshopt"
MODULE_FILES = ("decoder.wasm", "encoder.wasm", "simplifier.wasm")
SCRIPT = Path(__file__).with_suffix(".mjs")
STAMP = MODULES / ".troupe-meshopt.sha256"


def ensure_meshopt() -> None:
    """Lay the modules beside the code that runs them, when they are not there or the package has changed.

    Raises: CannotGoOn: Node.js is missing, or the package is not the one that we know.
    """
    ensure_node_tools()
    wanted = digest_of([SCRIPT, *(MODULES / "meshoptimizer").glob("meshopt_*.*js")])
    if is_fresh(STAMP, wanted) and all((FOLDER / name).exists() for name in MODULE_FILES):
        return
    with step("meshopt"):
        node = shutil.which("node")
        if node is None:
            raise CannotGoOn("Node.js is needed: install it from your system or nodejs.org.")
        run([node, SCRIPT, MODULES, FOLDER])
    write_stamp(STAMP, wanted)
