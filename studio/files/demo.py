"""A demo character as a project of one's own: something to try everything on."""

import asyncio
from pathlib import Path

from shared.contract.chatbot import ChatbotDraft
from shared.demos import Demo, read_demo
from shared.errors import BadProject
from studio.files.creation import store_avatar
from studio.files.project import Project, load_draft, save_draft, write_blob


async def demo_project(slug: str, home: Path) -> Path:
    """The folder of a demo's project below `home`; made when it is not there yet.

    Raises: BadProject: the disk refused, or the folder holds something else.
    """
    return await asyncio.to_thread(_demo_project, slug, home)


def _demo_project(slug: str, home: Path) -> Path:
    project = Project(home / f"{slug.capitalize()} (demo)")
    if project.draft_path.exists():
        load_draft(project)
        return project.folder
    demo = read_demo(slug)
    if demo.avatar is None:
        raise BadProject(f"The avatar of {slug.capitalize()} is not part of this installation. Choose a GLB instead.")
    _write(project, demo, demo.draft())
    return project.folder


def _write(project: Project, demo: Demo, draft: ChatbotDraft) -> None:
    assert demo.avatar is not None
    store_avatar(project, draft, demo.avatar)
    if draft.avatar is not None and draft.avatar.poster is not None and demo.poster is not None:
        write_blob(project.avatar_path(draft.avatar.poster), demo.poster)
    for document in draft.knowledge:
        write_blob(project.document_path(document.blob), demo.documents[document.blob.name])
    # Last: a folder without a draft is no project, and the next try begins anew.
    save_draft(project, draft)
