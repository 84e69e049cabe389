"""Everything that `dev.py test` runs, in the order in which a failure is cheapest."""

import os
from collections.abc import Sequence
from pathlib import Path

from ground.python import PYTHON, tool
from ground.terminal import ROOT, run_shown, say
from ground.widget import WIDGET, npm

Check = tuple[str, Sequence[str | Path], Path]


def static_checks() -> list[Check]:
    """Return what reads the code without running it."""
    return [
        ("ruff: lint", [tool("ruff"), "check"], ROOT),
        ("ruff: format", [tool("ruff"), "format", "--check"], ROOT),
        ("mypy --strict", [tool("mypy")], ROOT),
        ("import contracts", [tool("lint-imports")], ROOT),
        ("contract.gen.ts is fresh", [PYTHON, "-m", "shared.contract.schema", "--check"], ROOT),
        ("Biome and tsc", [npm(), "run", "--silent", "check"], WIDGET),
    ]


def running_checks(pytest_words: Sequence[str]) -> list[Check]:
    """Return what runs the code: the widget's unit tests, its sizes, and all of pytest."""
    return [
        ("widget unit tests", [npm(), "run", "--silent", "test"], WIDGET),
        ("widget sizes", [npm(), "run", "--silent", "size"], WIDGET),
        ("pytest", [PYTHON, "-m", "pytest", *pytest_words], ROOT),
    ]


def failed_checks(checks: Sequence[Check]) -> list[str]:
    """Run checks one after the other and return the names of those that failed."""
    failed = []
    for name, command, folder in checks:
        say(f"\n── {name}")
        if run_shown(command, cwd=folder, env={**os.environ, "CI": os.environ.get("CI", "true")}) != 0:
            failed.append(name)
    return failed
