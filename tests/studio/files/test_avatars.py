"""Avatars before the present one, where they came from, and pictures of them: kept in the project's cache."""

import os
from pathlib import Path

import pytest

from shared.contract.chatbot import AvatarRef, ChatbotDraft
from shared.errors import BadProject
from studio.files import avatars, pictures
from studio.files.blobs import blob_of
from studio.files.project import Project, write_blob
from studio.files.source import load_source, save_source, source_at


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A folder."""
    return Project(tmp_path / "project")


def drafted(content: bytes) -> ChatbotDraft:
    """A draft with an avatar of this content, always under the same name."""
    return ChatbotDraft(avatar=AvatarRef(glb=blob_of("a.glb", content)))


def put(project: Project, content: bytes) -> ChatbotDraft:
    """Put an avatar into the project."""
    draft = drafted(content)
    assert draft.avatar is not None
    write_blob(project.avatar_path(draft.avatar.glb), content)
    return draft


def test_an_avatar_that_was_overwritten_comes_back(project: Project) -> None:
    first = put(project, b"first")
    avatars.keep_avatar(project, first.avatar)
    second = put(project, b"second")

    assert avatars.restored_avatar(project, second) == b"second"
    assert avatars.restored_avatar(project, first) == b"first"
    assert (project.folder / "avatar" / "a.glb").read_bytes() == b"first"


def test_a_file_changed_by_hand_is_the_avatar(project: Project) -> None:
    draft = put(project, b"first")
    (project.folder / "avatar" / "a.glb").write_bytes(b"by hand")

    avatars.keep_avatar(project, draft.avatar)

    assert avatars.restored_avatar(project, draft) == b"by hand"
    assert not (project.cache / "avatars").exists()


def test_an_avatar_that_is_nowhere_is_told(project: Project) -> None:
    with pytest.raises(BadProject, match=r"a\.glb is missing"):
        avatars.restored_avatar(project, drafted(b"gone"))

    assert avatars.restored_avatar(project, ChatbotDraft()) is None


def test_only_the_last_avatars_are_kept(project: Project) -> None:
    for number in range(avatars.MOST_KEPT + 3):
        draft = put(project, b"%d" % number)
        avatars.keep_avatar(project, draft.avatar)
        assert draft.avatar is not None
        os.utime(project.cache / "avatars" / f"{draft.avatar.glb.sha256}.glb", (number, number))

    kept = {path.read_bytes() for path in (project.cache / "avatars").iterdir()}
    assert len(kept) == avatars.MOST_KEPT
    assert b"0" not in kept


def test_a_source_tells_when_its_file_is_another(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "export.glb"
    file.write_bytes(b"first")
    save_source(project, source_at(file, watch=False))

    source = load_source(project)
    assert source is not None
    assert (source.watch, source.changed) == (False, False)
    file.write_bytes(b"another")
    assert source.changed
    file.unlink()
    assert not source.changed


def test_pictures_are_found_again_and_old_avatars_forgotten(project: Project) -> None:
    cache = pictures.PictureCache(project, "a" * 64)
    cache.keep("Wave", b"picture")
    for number in range(pictures.MOST_AVATARS):
        other = pictures.PictureCache(project, f"{number}" * 64)
        other.keep("Wave", b"other")
        other.prune()

    assert cache.get("Idle") is None
    assert cache.get("Wave") is None
    assert pictures.PictureCache(project, "3" * 64).get("Wave") == b"other"
