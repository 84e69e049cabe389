"""Names say what a thing is: no managers, no helpers, nothing that only says `process`."""

import ast
import re

from tests.house.tree import place, project_files, python_files, tree_of

EMPTY_NOUNS = {"Manager", "Helper", "Util", "Utils", "Handler", "Data", "Info"}
EMPTY_VERBS = {"process", "handle"}
NAMED_BY_HTML_PARSER = {"handle_starttag", "handle_endtag", "handle_startendtag", "handle_data"}
CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        return bool(EMPTY_NOUNS & set(CAMEL.findall(node.name)))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name.lstrip("_").split("_")[0] in EMPTY_VERBS and node.name not in NAMED_BY_HTML_PARSER
    return False


def test_python_names_say_what_a_thing_is() -> None:
    empty = [
        f"{place(file, node)} {node.name}"
        for file in python_files()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _says_nothing(node)
    ]

    assert empty == []


def test_typescript_classes_say_what_a_thing_is() -> None:
    declared = re.compile(r"^\s*(?:export )?(?:abstract )?class (\w+)", re.MULTILINE)
    empty = [
        f"{place(file)} {name}"
        for file in project_files()
        if file.suffix in {".ts", ".tsx"}
        for name in declared.findall(file.read_text(encoding="utf-8"))
        if EMPTY_NOUNS & set(CAMEL.findall(name))
    ]

    assert empty == []


def test_no_file_is_a_junk_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
    found = [place(file) for file in project_files() if drawers & {file.stem, file.parent.name}]

    assert found == []
