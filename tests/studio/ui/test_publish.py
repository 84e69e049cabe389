"""Publishing from the window, to a server on loopback."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from studio.files.binding import last_binding
from studio.ui.panels.publish import PublishPanel
from tests.studio.remote.loopback import PASSWORD, Desk, serving
from tests.studio.ui.conftest import StudioUnderTest


@pytest.fixture
def server() -> Iterator[tuple[str, Desk]]:
    """A server, and what it knows."""
    with serving() as served:
        yield served


@pytest.fixture
def panel(open_studio: StudioUnderTest, server: tuple[str, Desk]) -> PublishPanel:
    """The panel, looking at that server."""
    open_studio.window.workspace.show_section("publish")
    found = open_studio.window.workspace.panels["publish"]
    assert isinstance(found, PublishPanel)
    found.server.edit.setText(server[0])
    found.server.left.emit()
    return found


def test_signing_in_and_publishing_ends_with_a_snippet_to_copy(
    open_studio: StudioUnderTest, panel: PublishPanel, server: tuple[str, Desk]
) -> None:
    assert not panel.publish.isEnabled()
    panel.account.email.edit.setText("mira@example.com")
    panel.account.password.edit.setText(PASSWORD)
    panel.account.enter.click()
    open_studio.until(panel.publish.isEnabled, "the sign-in")
    panel.sites.edit.setPlainText("www.museum.example")
    panel.here.setChecked(False)

    panel.publish.click()
    open_studio.until(panel.snippet.isVisible, "the snippet")
    panel.snippet.copy.click()

    assert QGuiApplication.clipboard().text().startswith("<script")
    assert server[1].embeds[0]["sites"] == ["https://www.museum.example"]
    assert server[1].draft is not None
    assert server[1].draft["avatar"]["poster"]["media_type"] == "image/webp"
    assert open_studio.desk.current is not None
    bound = last_binding(open_studio.desk.current.project)
    assert bound is not None
    assert bound.revision == 1
    assert open_studio.desk.current.document.saved


def test_a_wrong_password_is_told_where_it_was_typed(open_studio: StudioUnderTest, panel: PublishPanel) -> None:
    panel.account.email.edit.setText("mira@example.com")
    panel.account.password.edit.setText("not the one")
    panel.account.enter.click()

    open_studio.until(panel.account.notice.isVisible, "the notice")

    assert "do not belong together" in panel.account.notice.sentence
    assert not panel.publish.isEnabled()


def test_a_server_that_is_away_is_named(open_studio: StudioUnderTest, panel: PublishPanel) -> None:
    panel.server.edit.setText("http://127.0.0.1:9")
    panel.account.email.edit.setText("mira@example.com")
    panel.account.password.edit.setText(PASSWORD)
    panel.account.enter.click()

    open_studio.until(panel.account.notice.isVisible, "the notice")

    assert panel.account.notice.sentence.startswith("Cannot reach http://127.0.0.1:9.")
