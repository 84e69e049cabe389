"""Logs tell what happened, and repeat nobody's secrets."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from server.web.logs import set_up_logs
from tests.server.conftest import test_settings


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Puts back what setting up logs changes for the whole process."""
    root = logging.getLogger()
    handlers, level, configuration = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configuration)


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.usefixtures("logging_as_before")
def test_a_trace_shows_no_values_of_variables(tmp_path: Path, capfd: pytest.CaptureFixture[str], form: str) -> None:
    set_up_logs(test_settings(tmp_path, log_format=form))

    try:
        fail("swordfish" * 2)
    except RuntimeError:
        logging.getLogger("server.tests").exception("request_crashed")
    sys.stderr.flush()

    said = capfd.readouterr().err
    assert "RuntimeError" in said
    assert "in fail" in said or '"name": "fail"' in said
    assert "swordfishswordfish" not in said


def fail(password: str) -> None:
    """Raise with a secret among the local variables."""
    raise RuntimeError(str(len(password)))
