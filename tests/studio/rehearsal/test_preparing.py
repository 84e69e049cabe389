"""What publishing makes of an avatar: once for each file, ended when asked, and never of the designer's own."""

import shutil
from pathlib import Path

import pytest

from shared.contract.chatbot import ChatbotDraft
from shared.glb import read_glb
from studio.files.creation import new_project
from studio.files.project import Project
from studio.rehearsal.preparing import Prepared, kept_lightened, prepare, side_by_side

AVATAR = Path(__file__).parents[3] / "packaging" / "avatars" / "pip.glb"
Made = tuple[Project, ChatbotDraft, Prepared]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A project whose avatar was made lighter, with a poster."""
    project, draft = new_project(tmp_path_factory.mktemp("made") / "pip", AVATAR)
    return project, draft, prepare(project, draft, "desktop", lambda _name, _share: None, "poster")


def test_visitors_get_a_lighter_file_with_the_same_clips(made: Made) -> None:
    project, draft, prepared = made
    avatar = prepared.draft.avatar
    assert avatar is not None
    assert avatar.optimised is not None
    assert draft.avatar is not None

    lighter = read_glb(project.avatar_path(avatar.optimised).read_bytes())

    assert avatar.glb == draft.avatar.glb
    assert project.avatar_path(avatar.glb).read_bytes() == AVATAR.read_bytes()
    assert avatar.shown.bytes < 0.6 * avatar.glb.bytes
    assert set(lighter.clip_names) == set(read_glb(AVATAR.read_bytes()).clip_names)
    assert avatar.poster is not None
    kept = kept_lightened(project)
    assert kept is not None
    assert (kept.before, kept.worthwhile) == (avatar.glb.bytes, True)
    assert 0 < kept.joint_error < 1e-3


def test_what_was_made_once_is_not_made_again(made: Made) -> None:
    project, draft, prepared = made
    told: list[str] = []

    again = prepare(project, draft, "desktop", lambda name, _share: told.append(name), "none")

    assert not [name for name in told if "lighter" in name]
    assert again.draft.avatar is not None
    assert prepared.draft.avatar is not None
    assert again.draft.avatar.optimised == prepared.draft.avatar.optimised
    assert again.draft.avatar.poster is None


def test_switched_off_visitors_get_the_designers_own_file(made: Made) -> None:
    project, _, prepared = made

    plain = prepare(project, prepared.draft, "off", lambda _name, _share: None, "none").draft

    assert plain.avatar is not None
    assert plain.avatar.shown == plain.avatar.glb
    assert side_by_side(project, plain) is None


def test_it_ends_when_whoever_listens_says_so(made: Made, tmp_path: Path) -> None:
    project, draft, _ = made
    copy = Project(shutil.copytree(project.folder, tmp_path / "copy"))
    (copy.cache / "optimised.json").unlink()

    class Enough(Exception):
        """Somebody pressed Cancel."""

    def enough(name: str, _share: float) -> None:
        raise Enough(name)

    with pytest.raises(Enough):
        prepare(copy, draft, "phone", enough, "none")
    assert kept_lightened(copy) is None
