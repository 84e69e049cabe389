"""A server with its worker, as it runs at somebody's desk."""

from pathlib import Path

import pytest

from server.config import Settings
from tests.server.conftest import test_settings


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedding model, built once for all of these tests."""
    return tmp_path_factory.mktemp("minilm")


@pytest.fixture
def settings(tmp_path: Path, model_folder: Path) -> Settings:
    """Frame and API at an address of their own; the pages are shown by the name localhost."""
    return test_settings(tmp_path, model_folder=model_folder, public_url="", port=8460)
