"""The source files that the house rules speak of, and their syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON_FOLDERS = ("shared", "server", "studio", "packaging", "tests")


@cache
def project_files() -> tuple[Path, ...]:
    """Return every file that git tracks or would track, in a stable order."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return tuple(ROOT / name for name in sorted(listed) if (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below the given top-level folders."""
    wanted = set(folders or PYTHON_FOLDERS)
    return [file for file in project_files() if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in wanted]


@cache
def tree_of(file: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def place(file: Path, node: ast.AST | None = None) -> str:
    """Return `path:line`, as an editor opens it."""
    line = getattr(node, "lineno", 1)
    return f"{file.relative_to(ROOT)}:{line}"
