"""What holds for all tests: the browser comes last."""

from pathlib import Path

import pytest

END_TO_END = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the end-to-end tests last: Playwright's event loop stays in the main thread, where no other could run."""
    items.sort(key=lambda item: END_TO_END in item.path.parents)
