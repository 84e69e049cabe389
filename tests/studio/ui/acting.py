"""What the tests of the Acting panel share: one window for each file of them, and ways to ask for the panel and map."""

from shared.contract.acting import ActingMap
from studio.model.document import Document
from studio.ui.panels.acting import ActingPanel
from tests.studio.ui.conftest import StudioUnderTest


def panel_of(studio: StudioUnderTest, page: int = 0) -> ActingPanel:
    """The panel, on screen with one of its pages."""
    studio.window.workspace.show_section("acting")
    panel = studio.window.workspace.panels["acting"]
    assert isinstance(panel, ActingPanel)
    panel.show_page(page)
    return panel


def document_of(studio: StudioUnderTest) -> Document:
    """The open document."""
    assert studio.desk.current is not None
    return studio.desk.current.document


def acting_of(studio: StudioUnderTest) -> ActingMap:
    """The map as it stands."""
    return document_of(studio).draft.acting


def clips_in(studio: StudioUnderTest, role: str) -> list[str]:
    """The clips of a role, in order."""
    return [entry.clip for name, entries in acting_of(studio).roles.items() if name == role for entry in entries]
