"""Look and placement in the window: everything is undone, the picture follows, rules are built and tried."""

from pathlib import Path

import pytest

from studio.model.placing import with_rule
from studio.ui.panels.look import LookPanel
from tests.studio.ui.conftest import StudioUnderTest


@pytest.fixture
def panel(open_studio: StudioUnderTest) -> LookPanel:
    """The panel on screen."""
    open_studio.window.workspace.show_section("look")
    found = open_studio.window.workspace.panels["look"]
    assert isinstance(found, LookPanel)
    return found


@pytest.mark.parametrize("appearance", ["dark", "light"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_every_page_fits(
    open_studio: StudioUnderTest, panel: LookPanel, tmp_path: Path, size: tuple[int, int], appearance: str
) -> None:
    open_studio.theme.choose("dark" if appearance == "dark" else "light")
    open_studio.window.resize(*size)
    document = panel.bench.document
    for rule in ("include_paths", "devices", "hours", "delay_seconds"):
        document.change("Add", with_rule(document.draft, rule))

    for place in range(len(panel.pages)):
        panel.show_page(place)
        open_studio.frames(2)
        assert open_studio.window.grab().save(str(tmp_path / f"{size[0]}-{appearance}-{place}.png"))
        area = panel.areas[place]
        content = area.widget()
        assert content is not None
        assert content.width() <= area.viewport().width()
