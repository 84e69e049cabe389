"""Avatars that a project has had, kept in `.troupe/` by their digest: replacing one can be taken back.

The folder `avatar/` holds one file under its own name, and an exporter writes the next under the same.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft
from shared.errors import BadProject
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache, read_blob, write_blob

MOST_KEPT = 8
"""Avatars; those that were not used for longest go first."""


def keep_avatar(project: Project, avatar: AvatarRef | None) -> None:
    """Keep the avatar that lies in the project, before another takes its place. A full disk costs the way back only."""
    if avatar is None:
        return
    with suppress(OSError, BadProject):
        content = read_blob(project.avatar_path(avatar.glb), avatar.glb)
        # Somebody may have put another file there by hand: it is not what the draft means.
        if _is(content, avatar.glb):
            prepare_cache(project)
            write_atomically(_path(project, avatar.glb), content)
            _prune(project)


def restored_avatar(project: Project, draft: ChatbotDraft) -> bytes | None:
    """The bytes of the draft's avatar; where another file has taken its place, the kept one is put back.

    Raises: BadProject: it is nowhere, or the disk refused.
    """
    if draft.avatar is None:
        return None
    blob = draft.avatar.glb
    try:
        content = read_blob(project.avatar_path(blob), blob)
    except BadProject:
        content = b""
    if _is(content, blob):
        return content
    kept = _kept(project, blob)
    if kept is None and not content:
        return read_blob(project.avatar_path(blob), blob)
    if kept is None:
        # Changed by hand since: then that is the avatar, as it always was.
        return content
    write_blob(project.avatar_path(blob), kept)
    return kept


def _kept(project: Project, blob: BlobRef) -> bytes | None:
    try:
        content = _path(project, blob).read_bytes()
    except OSError:
        return None
    return content if _is(content, blob) else None


def _is(content: bytes, blob: BlobRef) -> bool:
    return hashlib.sha256(content).hexdigest() == blob.sha256


def _path(project: Project, blob: BlobRef) -> Path:
    return project.cache / "avatars" / f"{blob.sha256}.glb"


def _prune(project: Project) -> None:
    kept = sorted((project.cache / "avatars").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept[MOST_KEPT:]:
        old.unlink(missing_ok=True)
