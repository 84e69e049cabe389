"""Every panel at both sizes that designers have: nothing is cut off, and a picture of each is left to look at.

The pictures lie in pytest's temporary folder: `pytest --basetemp FOLDER tests/studio/ui/test_layout.py`.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea

from studio.files.creation import new_project
from studio.files.project import Project, load_draft
from studio.model.checklist import SECTIONS
from studio.ui.panels.acting import ActingPanel
from studio.ui.panels.paged import PagedPanel
from studio.ui.panels.panel import Panel
from studio.ui.parts.clip_list import CLIP_MIME
from tests.studio.ui.conftest import AVATAR, StudioUnderTest

SIZES = ((1280, 800), (1920, 1080))


@pytest.mark.parametrize("appearance", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
def test_no_panel_is_wider_than_its_place(
    studio: StudioUnderTest, tmp_path: Path, size: tuple[int, int], appearance: str
) -> None:
    studio.theme.choose("dark" if appearance == "dark" else "light")
    studio.window.resize(*size)
    pictures = tmp_path / f"{size[0]}-{appearance}"
    pictures.mkdir()
    studio.run(studio.desk.create(tmp_path / "pip", AVATAR))
    studio.frames(2)

    for section in SECTIONS:
        studio.window.workspace.show_section(section)
        studio.frames(1)
        panel = studio.window.workspace.panels[section]
        assert studio.window.grab().save(str(pictures / f"{section}.png"))
        for area in (panel.area, *(panel.areas if isinstance(panel, PagedPanel) else ())):
            if area is not None:
                assert _fits(area), f"{section} is cut off at the right"
        assert _cut_words(panel.findChildren(QLabel)) == []
        assert studio.window.size().toTuple() == size
        for place in range(1, len(panel.pages) if isinstance(panel, PagedPanel) else 0):
            _turn_page(studio, panel, place)
            assert studio.window.grab().save(str(pictures / f"{section}-{place}.png"))
            assert _cut_words(panel.findChildren(QLabel)) == []


def _turn_page(studio: StudioUnderTest, panel: Panel, place: int) -> None:
    """Show another page, and let it be laid out."""
    assert isinstance(panel, PagedPanel)
    panel.show_page(place)
    studio.frames(1)
    assert _fits(panel.areas[place]), f"page {place} is cut off at the right"


def _fits(area: QScrollArea) -> bool:
    content = area.widget()
    return content is not None and content.width() <= area.viewport().width()


def _cut_words(labels: list[QLabel]) -> list[str]:
    """Texts of one line that have less room than they need."""
    shown = [found for found in labels if found.isVisible() and found.text() and not found.wordWrap()]
    return [found.text() for found in shown if found.width() < found.fontMetrics().horizontalAdvance(found.text())]


def test_every_button_says_what_it_does(open_studio: StudioUnderTest) -> None:
    buttons = open_studio.window.findChildren(QAbstractButton)

    silent = [found for found in buttons if not (found.text() or found.accessibleName() or found.toolTip())]

    # Qt's own: the cross in a search field, and `qt_...`, the arrow of a menu bar that is too narrow.
    ours = [found for found in silent if found.metaObject().className() != "QLineEditIconButton"]
    assert [found.objectName() for found in ours if not found.objectName().startswith("qt_")] == []


def test_a_clip_dragged_to_a_role_plays_it(open_studio: StudioUnderTest) -> None:
    panel = open_studio.window.workspace.panels["acting"]
    assert isinstance(panel, ActingPanel)
    carried = QMimeData()
    carried.setData(CLIP_MIME, b"Wave")
    left = Qt.MouseButton.LeftButton
    drop = QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, carried, left, Qt.KeyboardModifier.NoModifier)

    panel.roles.rows["attention"].dropEvent(drop)

    assert open_studio.desk.current is not None
    roles = open_studio.desk.current.document.draft.acting.roles
    assert "Wave" in [entry.clip for entry in roles["attention"]]


def test_a_project_without_its_avatar_opens_and_says_what_to_do(studio: StudioUnderTest, tmp_path: Path) -> None:
    project, draft = new_project(tmp_path / "pip", AVATAR)
    assert draft.avatar is not None
    project.avatar_path(draft.avatar.glb).unlink()

    studio.window.open_project(project.folder)
    studio.until(lambda: studio.desk.current is not None, "the project")

    words = [found.text() for found in studio.window.workspace.panels["avatar"].findChildren(QLabel)]
    assert any("is missing from" in text for text in words)
    assert load_draft(Project(project.folder)) == draft


def test_a_replaced_avatar_keeps_what_the_designer_chose(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    assert open_studio.desk.current is not None
    panel = open_studio.window.workspace.panels["acting"]
    assert isinstance(panel, ActingPanel)
    panel.roles.give("shrug", "Wave")
    exported = tmp_path / "pip-again.glb"
    exported.write_bytes(AVATAR.read_bytes())

    open_studio.window.replace_avatar(exported)
    before = open_studio.desk.current
    open_studio.until(lambda: open_studio.desk.current is not before, "the new avatar")

    draft = open_studio.desk.current.document.draft
    assert draft.avatar is not None
    assert draft.avatar.glb.name == "pip-again.glb"
    assert "Wave" in [entry.clip for entry in draft.acting.roles["shrug"]]
    assert not open_studio.desk.current.document.saved
