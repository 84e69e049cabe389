"""Isolation begins in the signature: a query takes the session, then the tenant."""

import ast
import re

import pytest

from tests.house.tree import ROOT, place, python_files, tree_of

# Accounts stand above tenants: a person signs in before a tenant is known. Tenants are found by account.
TENANTLESS = {"server/accounts/queries.py", "server/tenants/queries.py"}
ENVIRONMENT_READERS = {"server/config.py", "studio/config.py"}


def test_every_public_query_takes_session_and_tenant_first() -> None:
    wrong = [
        f"{place(file, node)} {node.name}"
        for file in python_files("server")
        if file.name == "queries.py" and str(file.relative_to(ROOT)) not in TENANTLESS
        for node in tree_of(file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and [argument.arg for argument in node.args.args[:2]] != ["session", "tenant"]
    ]

    assert wrong == []


@pytest.mark.parametrize("word", ["environ", "getenv"])
def test_only_the_two_configs_read_the_environment(word: str) -> None:
    reading = re.compile(rf"\bos\.{word}\b|\bfrom os import .*\b{word}\b")
    readers = {
        str(file.relative_to(ROOT))
        for file in python_files("shared", "server", "studio")
        if reading.search(file.read_text(encoding="utf-8"))
    }

    assert readers <= ENVIRONMENT_READERS


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = [
        f"{place(file, node)} {node.name}"
        for file in python_files("shared", "server", "studio")
        for node in tree_of(file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert silent == []
