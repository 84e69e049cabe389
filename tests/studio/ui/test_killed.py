"""The studio as a process: killed without warning, it loses a second of work at most."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication

from shared.contract.chatbot import ChatbotDraft
from studio.files.journal import recovered_draft
from studio.files.project import Project, load_draft

ROOT = Path(__file__).parents[3]
EDITOR = """
import sys
from pathlib import Path
from studio.config import First, Settings
from studio.ui.window import StudioWindow
from studio.ui.run import run_studio

def edit(opened):
    if opened is not None:
        document = opened.document
        document.change("Rename", document.draft.model_copy(update={"name": "Before the kill"}))

shown = StudioWindow._show_open_project
def show(window, opened):
    shown(window, opened)
    edit(opened)
StudioWindow._show_open_project = show
sys.exit(run_studio(Settings(), First(Path(sys.argv[1]))))
"""


@pytest.fixture
def editor(project: Path, tmp_path: Path, qapp: QApplication) -> subprocess.Popen[bytes]:
    """A studio of its own that opens the project, and changes its name."""
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment = {**os.environ, **folders, "TROUPE_KEYRING": "false", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", EDITOR, str(project)], env=environment)


def journalled(project: Project, saved: ChatbotDraft) -> ChatbotDraft | None:
    """The journal's draft, once it is written."""
    ends = monotonic() + 90
    while monotonic() < ends:
        draft = recovered_draft(project, saved)
        if draft is not None:
            return draft
        os.sched_yield()
    return None


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_typed_survives(editor: subprocess.Popen[bytes], project: Path, number: signal.Signals) -> None:
    saved = load_draft(Project(project))

    kept = journalled(Project(project), saved)
    editor.send_signal(number)
    code = editor.wait(timeout=60)

    assert kept is not None
    assert kept.name == "Before the kill"
    assert recovered_draft(Project(project), load_draft(Project(project))) == kept
    assert code == (0 if number == signal.SIGTERM else -signal.SIGKILL)
