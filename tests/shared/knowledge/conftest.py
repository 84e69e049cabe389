"""The embedding model, built once for all tests of knowledge."""

from pathlib import Path

import pytest

from shared.knowledge.minilm import MiniLm


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("minilm")


@pytest.fixture(scope="session")
def minilm(model_folder: Path) -> MiniLm:
    return MiniLm(model_folder)
