"""The top level is fixed, and the project names no registry's host."""

import re

from tests.house.tree import ROOT, place, project_files

TOP_FOLDERS = {"studio", "server", "shared", "widget", "packaging", "tests", ".ci"}
TOP_FILES = {
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".gitignore",
    ".editorconfig",
    ".gitattributes",
    ".python-version",
}
TEXT = {
    ".py",
    ".ts",
    ".tsx",
    ".mjs",
    ".js",
    ".json",
    ".toml",
    ".txt",
    ".md",
    ".html",
    ".css",
    ".in",
    ".npmrc",
    ".yml",
    "",
}
# Written in two halves, so that this file does not name them itself.
HOSTS = re.compile(
    "|".join((r"pypi\." + "org", r"pythonhosted\." + "org", r"registry\.npmjs\." + "org", r"deb\.debian\." + "org"))
)


def test_the_top_level_holds_only_its_fixed_folders() -> None:
    tops = {file.relative_to(ROOT).parts[0]: len(file.relative_to(ROOT).parts) > 1 for file in project_files()}

    assert {name for name, is_folder in tops.items() if is_folder} <= TOP_FOLDERS
    assert {name for name, is_folder in tops.items() if not is_folder} <= TOP_FILES


def test_no_file_names_a_registrys_host() -> None:
    naming = [
        place(file)
        for file in project_files()
        if file.suffix in TEXT and HOSTS.search(file.read_text(encoding="utf-8", errors="replace"))
    ]

    assert naming == []
