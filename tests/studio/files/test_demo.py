"""A demo character becomes a project that lacks nothing."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from shared.errors import BadProject
from studio.files.demo import demo_project
from studio.files.project import Project, load_draft
from studio.model.edits import with_personality


@pytest.mark.parametrize("slug", ["pip", "mira"])
def test_a_demo_is_a_whole_project(tmp_path: Path, slug: str) -> None:
    folder = asyncio.run(demo_project(slug, tmp_path))

    project, draft = Project(folder), load_draft(Project(folder))
    assert draft.avatar is not None
    assert draft.personality.about
    assert len(draft.knowledge) == 3
    paths = [(project.document_path(one.blob), one.blob) for one in draft.knowledge]
    for path, blob in [*paths, (project.avatar_path(draft.avatar.glb), draft.avatar.glb)]:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == blob.sha256


def test_a_demo_that_was_changed_is_opened_as_it_is(tmp_path: Path) -> None:
    folder = asyncio.run(demo_project("pip", tmp_path))
    project = Project(folder)
    changed = with_personality(load_draft(project), greeting="Ahoy!")
    project.draft_path.write_text(changed.model_dump_json())

    again = asyncio.run(demo_project("pip", tmp_path))

    assert load_draft(Project(again)).personality.greeting == "Ahoy!"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")

    with pytest.raises(BadProject, match="home"):
        asyncio.run(demo_project("pip", tmp_path / "home"))
