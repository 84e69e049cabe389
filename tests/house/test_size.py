"""Files stay small enough to be read at once, and say what they hold."""

import ast

from tests.house.tree import place, project_files, python_files, tree_of

MOST_LINES = 400
GENERATED = ".gen.ts"


def test_no_source_file_is_longer_than_400_lines() -> None:
    sources = [file for file in project_files() if file.suffix in {".py", ".ts", ".tsx", ".css", ".html", ".mjs"}]
    long = [
        f"{place(file)}: {lines} lines"
        for file in sources
        if not file.name.endswith(GENERATED)
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]

    assert long == []


def test_every_python_module_opens_with_what_it_holds() -> None:
    silent = [place(file) for file in python_files() if file.stat().st_size and not ast.get_docstring(tree_of(file))]

    assert silent == []
