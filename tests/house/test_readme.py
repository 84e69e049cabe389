"""README tells the truth: its settings are the settings."""

import re

import pytest

from tests.house.settings_table import README, readme_with_tables
from tests.house.tree import ROOT


def test_readmes_settings_are_the_settings() -> None:
    text = README.read_text(encoding="utf-8")

    assert "<!-- settings: server -->" in text
    assert "<!-- settings: studio -->" in text
    assert text == readme_with_tables(text), "run: python -m tests.house.settings_table"


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:|#)([^)#]+)", README.read_text(encoding="utf-8")) or [""])
def test_what_readme_points_at_is_there(link: str) -> None:
    assert (ROOT / link).exists()
