"""Another export of the avatar: what was decided stays, what changed is shown, and all of it can be undone."""

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from shared.glb.container import Json
from studio.files.project import Project, load_draft
from studio.files.source import load_source, save_source, source_at
from studio.model.document import Document
from studio.ui.panels.acting import CLIPS_PAGE, ActingPanel
from studio.ui.panels.avatar import AvatarPanel
from tests.studio.ui.conftest import AVATAR, StudioUnderTest

NEW_NAMES = {"Wave": "Hello_There", "Nod_Yes": "Rig|Agree"}
GONE = "Shrug"


def exported_again(edit: Callable[[Json], None]) -> bytes:
    """The demo robot's file with another description of what is in it."""
    content = AVATAR.read_bytes()
    length = struct.unpack_from("<I", content, 12)[0]
    described = json.loads(content[20 : 20 + length])
    edit(described)
    text = json.dumps(described, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    rest = content[20 + length :]
    head = struct.pack("<4sII", b"glTF", 2, 20 + len(text) + len(rest))
    return head + struct.pack("<I4s", len(text), b"JSON") + text + rest


def renamed(described: Json) -> None:
    """Clips under other names, and one that is no longer there."""
    clips = [clip for clip in described["animations"] if clip["name"] != GONE]
    for clip in clips:
        clip["name"] = NEW_NAMES.get(clip["name"], clip["name"])
    described["animations"] = clips


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where Blender exports to."""
    made = tmp_path / "blender" / "pip.glb"
    made.parent.mkdir()
    made.write_bytes(AVATAR.read_bytes())
    return made


@pytest.fixture
def watching(studio: StudioUnderTest, project: Path, source: Path) -> StudioUnderTest:
    """The studio with a project whose avatar came from that file."""
    save_source(Project(project), source_at(source))
    studio.run(studio.desk.open(project))
    studio.frames(2)
    return studio


def document_of(studio: StudioUnderTest) -> Document:
    """The open document."""
    assert studio.desk.current is not None
    return studio.desk.current.document


def clips_of(studio: StudioUnderTest) -> set[str]:
    """The clips of the avatar on stage."""
    return {clip.name for clip in document_of(studio).facts.clips}


def clip_in(studio: StudioUnderTest, role: str) -> list[str]:
    """The clips of a role."""
    found = [entries for name, entries in document_of(studio).draft.acting.roles.items() if name == role]
    return [entry.clip for entries in found for entry in entries]


def words_in(studio: StudioUnderTest) -> list[str]:
    """All that the Avatar panel says."""
    panel = studio.window.workspace.panels["avatar"]
    assert isinstance(panel, AvatarPanel)
    return [found.text() for found in panel.findChildren(QLabel)]


def on_disk(studio: StudioUnderTest) -> bytes:
    """The avatar's file in the project."""
    assert studio.desk.current is not None
    avatar = document_of(studio).draft.avatar
    assert avatar is not None
    return studio.desk.current.project.avatar_path(avatar.glb).read_bytes()


def test_other_names_keep_their_roles_and_undo_brings_the_old_avatar_back(
    watching: StudioUnderTest, tmp_path: Path
) -> None:
    again = tmp_path / "again" / "pip.glb"
    again.parent.mkdir()
    again.write_bytes(exported_again(renamed))
    first = document_of(watching).draft

    watching.window.replace_avatar(again)
    watching.until(lambda: "Hello_There" in clips_of(watching), "the new avatar")

    assert clip_in(watching, "greet")[0] == "Hello_There"
    assert clip_in(watching, "nod")[0] == "Rig|Agree"
    assert GONE not in clip_in(watching, "shrug")
    said = words_in(watching)
    assert any(text.startswith("2 renamed, 1 gone.") for text in said)
    assert "Wave → Hello_There" in said
    assert f"{GONE}, which played Shrug" in said
    panel = watching.window.workspace.panels["avatar"]
    assert isinstance(panel, AvatarPanel)
    panel.change.take_back.click()
    watching.until(lambda: "Wave" in clips_of(watching), "the avatar before")
    assert document_of(watching).draft == first
    assert document_of(watching).saved
    assert on_disk(watching) == AVATAR.read_bytes()
    watching.window.redo()
    watching.until(lambda: "Hello_There" in clips_of(watching), "the new avatar once more")
    assert on_disk(watching) == again.read_bytes()
    watching.until(lambda: "Wave" not in watching.window.view.actor.clips, "the stage to show it")


def test_a_new_export_appears_once_it_is_whole_and_the_place_stays(watching: StudioUnderTest, source: Path) -> None:
    watching.window.workspace.show_section("acting")
    acting = watching.window.workspace.panels["acting"]
    assert isinstance(acting, ActingPanel)
    acting.stage.open_clip("Celebrate")
    content, before = exported_again(renamed), document_of(watching)

    with source.open("wb") as stream:
        stream.write(content[:60_000])
        stream.flush()
        watching.frames(5)
        assert document_of(watching) is before
        stream.write(content[60_000:])
    watching.until(lambda: "Hello_There" in clips_of(watching), "the new export")

    shown = watching.window.workspace.panels["acting"]
    assert isinstance(shown, ActingPanel)
    assert watching.window.workspace.section == "acting"
    assert (shown.tabs.currentIndex(), shown.clips.open_clip) == (CLIPS_PAGE, "Celebrate")
    assert document_of(watching).history.undo_name == "Take the new export"
    assert on_disk(watching) == content
    watching.until(lambda: "New export of pip.glb" in watching.window.toasts.texts, "a word about it")
    assert any(text.startswith("2 renamed, 1 gone.") for text in watching.window.toasts.texts)


def test_a_broken_export_is_told_once_and_the_next_one_comes(watching: StudioUnderTest, source: Path) -> None:
    source.write_bytes(AVATAR.read_bytes()[:9_000])
    watching.until(lambda: watching.window.toasts.texts, "a message")
    told = list(watching.window.toasts.texts)

    assert told[0] == "The new export cannot be read"
    assert "The avatar on stage stays" in told[1]
    assert "Wave" in clips_of(watching)
    # As exporters do that write beside it and rename.
    beside = source.with_suffix(".part")
    beside.write_bytes(exported_again(renamed))
    beside.replace(source)
    watching.until(lambda: "Hello_There" in clips_of(watching), "the whole export")


def test_without_watching_the_export_waits_until_it_is_taken(
    studio: StudioUnderTest, source: Path, tmp_path: Path
) -> None:
    studio.run(studio.desk.create(tmp_path / "new", source))
    panel = studio.window.workspace.panels["avatar"]
    assert isinstance(panel, AvatarPanel)
    assert studio.desk.current is not None
    project: Project = studio.desk.current.project

    panel.source.watched.click()
    source.write_bytes(exported_again(renamed))
    panel.source.show_source()

    kept = load_source(project)
    assert kept is not None
    assert (kept.watch, kept.changed) == (False, True)
    assert "There is a newer export at this place." in words_in(studio)
    assert "Wave" in clips_of(studio)
    panel.source.take.click()
    studio.until(lambda: "Hello_There" in clips_of(studio), "the export")
    assert studio.desk.source is not None
    assert not studio.desk.source.watch


def test_giving_a_new_avatar_up_leaves_the_saved_one(watching: StudioUnderTest, source: Path, tmp_path: Path) -> None:
    saved = load_draft(Project(tmp_path / "pip"))
    again = tmp_path / "again" / "pip.glb"
    again.parent.mkdir()
    again.write_bytes(exported_again(renamed))
    watching.window.replace_avatar(again)
    watching.until(lambda: "Hello_There" in clips_of(watching), "the new avatar")

    watching.desk.close(discard=True)
    watching.run(watching.desk.open(tmp_path / "pip"))

    assert document_of(watching).draft == saved
    assert "Wave" in clips_of(watching)
    assert on_disk(watching) == AVATAR.read_bytes()
