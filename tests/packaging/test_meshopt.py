"""The set-up lays meshopt's modules, and only those, beside the code that runs them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from shared.errors import Unavailable
from shared.glb.meshopt import sandbox

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "widget" / "node_modules"
SCRIPT = ROOT / "packaging" / "ground" / "meshopt.mjs"


@pytest.mark.skipif(not (MODULES / "meshoptimizer").exists(), reason="widget/node_modules is not installed")
def test_the_modules_are_what_the_package_compiles(tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node is not None

    subprocess.run([node, str(SCRIPT), str(MODULES), str(tmp_path)], check=True, capture_output=True, timeout=60)

    laid = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert set(laid) == {"decoder.wasm", "encoder.wasm", "simplifier.wasm"}
    for name, content in laid.items():
        assert content.startswith(b"\0asm")
        assert content == (sandbox.MODULE_FOLDER / name).read_bytes()


def test_a_missing_module_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MODULE_FOLDER", tmp_path)
    sandbox._compiled.cache_clear()

    with pytest.raises(Unavailable, match=r"packaging/dev\.py run"):
        sandbox.Sandbox("decoder")

    sandbox._compiled.cache_clear()
