"""Publishing from the window, to a server on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.files.binding import last_binding
from studio.files.creation import new_project
from studio.model.edits import with_personality
from studio.rehearsal.preparing import prepare
from studio.ui.from_server import FromServerDialog
from studio.ui.panels.publish import PublishPanel
from studio.ui.panels.publish_merge import MergeDialog
from tests.studio.remote.loopback import PASSWORD, Desk, serving
from tests.studio.ui.conftest import AVATAR, StudioUnderTest


@pytest.fixture
def server() -> Iterator[tuple[str, Desk]]:
    """A server, and what it knows."""
    with serving() as served:
        yield served


@pytest.fixture(scope="session")
def fresh_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose pictures are drawn already: to be copied."""
    folder = tmp_path_factory.mktemp("drawn") / "pip"
    prepare(*new_project(folder, AVATAR), "off", lambda _name, _share: None)
    return folder


@pytest.fixture
def panel(open_studio: StudioUnderTest, server: tuple[str, Desk]) -> PublishPanel:
    """The panel, looking at that server; no time is spent on making the avatar lighter."""
    open_studio.window.workspace.show_section("publish")
    found = open_studio.window.workspace.panels["publish"]
    assert isinstance(found, PublishPanel)
    found.first.account.server.edit.setText(server[0])
    found.first.account.server.left.emit()
    found.first.lighter.choice.button_of("off").click()
    return found


def sign_in(studio: StudioUnderTest, panel: PublishPanel, password: str = PASSWORD) -> None:
    """Sign in with a password, as far as it goes."""
    account = panel.first.account
    account.other.click()
    account.email.edit.setText("mira@example.com")
    account.password.edit.setText(password)
    account.enter.click()
    studio.until(lambda: not panel.side.entering, "the end of signing in")


def publish(studio: StudioUnderTest, panel: PublishPanel) -> None:
    """Press the button, and wait until it may be pressed again."""
    studio.until(panel.publish.isEnabled, "everything to be ready")
    panel.publish.click()
    studio.until(lambda: panel.first.task is None, "the publish to end")


@pytest.fixture
def ready(open_studio: StudioUnderTest, panel: PublishPanel) -> PublishPanel:
    """Signed in, licensed, and with a site."""
    sign_in(open_studio, panel)
    panel.first.licence.licence.edited.emit("CC0")
    panel.first.where.sites.edit.setPlainText("www.museum.example")
    panel.first.where.here.setChecked(False)
    return panel


def test_the_licence_blocks_and_items_lead_to_their_places(open_studio: StudioUnderTest, panel: PublishPanel) -> None:
    sign_in(open_studio, panel)
    open_studio.until(lambda: panel.first.items, "the checklist")

    assert [item.key for item in panel.first.blocking] == ["licence"]
    assert not panel.publish.isEnabled()
    panel.first.checks.lines["licence"].go.click()
    panel.first.licence.licence.edited.emit("CC BY 4.0")
    open_studio.until(panel.publish.isEnabled, "the checklist to be looked at again")

    assert open_studio.desk.current is not None
    avatar = open_studio.desk.current.document.draft.avatar
    assert avatar is not None
    assert avatar.licence == "CC BY 4.0"
    panel.first.checks.lines["knowledge"].go.click()
    assert open_studio.window.workspace.section == "knowledge"


def test_publishing_ends_with_a_snippet_and_the_next_one_has_nothing_to_do(
    open_studio: StudioUnderTest, ready: PublishPanel, server: tuple[str, Desk]
) -> None:
    ready.first.where.note.edit.setText("First words")

    publish(open_studio, ready)
    ready.first.snippet.copy.click()
    desk = server[1]
    open_studio.until(lambda: ready.side.standing is not None, "what stands on the server")
    publish(open_studio, ready)

    assert QGuiApplication.clipboard().text().startswith("<script")
    assert desk.embeds[0]["sites"] == ["https://www.museum.example"]
    assert desk.draft is not None
    assert desk.draft["avatar"]["poster"]["media_type"] == "image/webp"
    assert len(desk.draft["avatar"]["sprites"]["emotions"]) == 13
    assert desk.draft["avatar"]["card"]["sha256"] in desk.blobs
    assert [release["note"] for release in desk.releases] == ["First words"]
    ready.first.where.sites.edit.setPlainText("https://other.example")
    ready.first.where.save.click()
    open_studio.until(lambda: desk.embeds[0]["sites"] == ["https://other.example"], "the other site")
    assert ready.first.outcome.sentence.startswith("Nothing to publish: your draft says what release 1 says")
    assert open_studio.desk.current is not None
    bound = last_binding(open_studio.desk.current.project)
    assert bound is not None
    assert bound.revision == 1
    assert open_studio.desk.current.document.saved


def test_a_cancelled_publish_sends_nothing(
    open_studio: StudioUnderTest, ready: PublishPanel, server: tuple[str, Desk]
) -> None:
    ready.first.lighter.choice.button_of("phone").click()
    open_studio.until(ready.publish.isEnabled, "everything to be ready")
    ready.publish.click()
    open_studio.until(ready.cancel.isVisible, "the way out")

    ready.cancel.click()
    open_studio.until(lambda: ready.first.task is None, "the publish to end")

    assert ready.first.outcome.sentence.startswith("Cancelled.")
    assert (server[1].draft, server[1].releases) == (None, [])
    assert ready.publish.isEnabled()


def test_changes_are_counted_and_an_older_release_comes_back(
    open_studio: StudioUnderTest, ready: PublishPanel, server: tuple[str, Desk]
) -> None:
    publish(open_studio, ready)
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    open_studio.until(lambda: ready.side.standing is not None, "what stands on the server")
    document.change("Say who it is", with_personality(document.draft, about="A robot."))

    assert ready.tabs.mark(1) == "1"
    publish(open_studio, ready)
    ready.show_page(2)
    open_studio.until(lambda: set(ready.releases.rows) == {1, 2}, "both releases")
    first = next(release for release in ready.side.standing.releases if release.number == 1)  # type: ignore[union-attr]  # waited for above
    ready.releases.show_release(first, "live")
    open_studio.until(lambda: server[1].releases[1]["channels"] == ["live"], "the channel to move")

    assert server[1].releases[0]["channels"] == []


def test_two_versions_are_merged_and_nothing_is_lost(
    open_studio: StudioUnderTest, ready: PublishPanel, server: tuple[str, Desk]
) -> None:
    publish(open_studio, ready)
    desk = server[1]
    assert desk.draft is not None
    person = {**desk.draft["personality"], "greeting": "Theirs.", "about": "A robot."}
    desk.draft, desk.revision = {**desk.draft, "personality": person}, desk.revision + 1
    assert open_studio.desk.current is not None
    document = open_studio.desk.current.document
    document.change("Greet", with_personality(document.draft, greeting="Mine.", decline="No idea."))

    ready.sync.save.click()
    open_studio.until(lambda: _dialog() is not None, "the merge")
    dialog = _dialog()
    assert dialog is not None
    asked = [card.clash.title for card in dialog.cards.values()]
    may_take = dialog.take.isEnabled()
    dialog.cards["personality", "greeting"].sides["theirs"].chosen.emit()
    dialog.take.click()
    open_studio.until(lambda: desk.revision == 3, "the merged draft on the server")
    merged = document.draft.personality
    document.undo()

    assert (asked, may_take) == (["Greeting"], False)
    assert (merged.greeting, merged.about, merged.decline) == ("Theirs.", "A robot.", "No idea.")
    assert desk.draft["personality"] == merged.model_dump(mode="json")
    assert document.draft.personality.greeting == "Mine."


def _dialog() -> MergeDialog | None:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, MergeDialog) and one.isVisible()), None
    )


def test_what_is_wrong_with_a_sign_in_is_told_where_it_was_typed(
    open_studio: StudioUnderTest, panel: PublishPanel
) -> None:
    sign_in(open_studio, panel, "not the one")
    refused = panel.first.account.notice.sentence
    panel.first.account.server.edit.setText("http://127.0.0.1:9")
    panel.first.account.enter.click()
    open_studio.until(lambda: not panel.side.entering, "the end of signing in")

    assert "do not belong together" in refused
    assert panel.first.account.notice.sentence.startswith("Cannot reach http://127.0.0.1:9.")
    assert not panel.publish.isEnabled()


def test_what_is_live_opens_as_a_project_of_this_desk(
    open_studio: StudioUnderTest, ready: PublishPanel, server: tuple[str, Desk], tmp_path: Path
) -> None:
    publish(open_studio, ready)
    open_studio.window.open_from_server()
    dialog = next(one for one in open_studio.window.findChildren(FromServerDialog))
    open_studio.until(dialog.open_it.isEnabled, "the chatbots")
    dialog.home.edit.setText(str(tmp_path / "pulled"))

    dialog.open_it.click()
    open_studio.until(
        lambda: open_studio.desk.current and open_studio.desk.current.project.folder == tmp_path / "pulled",
        "the pulled project",
    )

    assert open_studio.desk.current is not None
    draft = open_studio.desk.current.document.draft
    assert server[1].draft == draft.model_dump(mode="json")
    assert draft.avatar is not None
    assert (tmp_path / "pulled" / "avatar" / draft.avatar.glb.name).is_file()
