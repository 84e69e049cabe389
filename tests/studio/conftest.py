"""What several folders of the studio's tests share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the embedding model's graph: it is built once for all tests of a run."""
    return tmp_path_factory.mktemp("models")
