"""What a layer may load: checked by loading it in a process of its own, beside the static contracts."""

import subprocess
import sys

import pytest

from tests.house.tree import ROOT

WALK = """
import importlib, pkgutil, sys
for name in {packages!r}:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
print(*sorted({{name.split(".")[0] for name in sys.modules}} & set({banned!r})))
"""


@pytest.mark.parametrize(
    ("packages", "banned"),
    [
        (["shared"], ["PySide6", "pyqtgraph", "qasync", "sqlalchemy", "fastapi", "OpenGL", "openai", "anthropic"]),
        (["studio.model"], ["PySide6", "pyqtgraph", "qasync", "OpenGL", "sqlalchemy", "fastapi"]),
        (["studio.render"], ["PySide6", "pyqtgraph", "qasync", "sqlalchemy", "fastapi"]),
        (["server"], ["PySide6", "pyqtgraph", "OpenGL", "studio"]),
    ],
)
def test_a_layer_loads_only_what_it_may(packages: list[str], banned: list[str]) -> None:
    code = WALK.format(packages=packages, banned=banned)

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.split(), done.stderr[-2000:]) == (0, [], done.stderr[-2000:])
