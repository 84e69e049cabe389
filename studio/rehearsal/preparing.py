"""What publishing makes of an avatar before it is sent: a lighter file for visitors, and the poster."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from pydantic import ValidationError

from shared.contract.base import Frozen, Sha256
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft
from shared.errors import BadGlb, NotFound, Unavailable
from studio.files.atomic import write_atomically
from studio.files.blobs import blob_of
from studio.files.project import Project, prepare_cache, read_blob, write_blob
from studio.rehearsal.poster import POSTER_SIZE, standing_clip, with_poster

Lightness = Literal["off", "desktop", "phone"]
"""For which devices the avatar is made lighter; `off` publishes the designer's own file."""
Report = Callable[[str, float], None]
"""Told what is being done and how far it is, in [0, 1]; whatever it raises ends the work."""

_VERSION = 1
_WORTHWHILE = 0.95
"""Of the file's size: a lighter one that is hardly lighter is not worth a second file."""
_SIDE = (360, 450)


class Lightened(Frozen):
    """What optimising did to an avatar; kept, so that it is done once for each file."""

    version: int = _VERSION
    original: Sha256
    tier: Lightness
    blob: BlobRef
    before: int
    """Bytes."""
    joint_error: float
    """Body heights by which a joint is off at worst."""
    worst_clip: str
    triangles_before: int
    triangles: int
    steps: tuple[tuple[str, int, int], ...] = ()
    """Name, bytes before, bytes after."""

    @property
    def worthwhile(self) -> bool:
        """Whether visitors should get it."""
        return self.blob.bytes <= self.before * _WORTHWHILE


@dataclass(frozen=True)
class Prepared:
    """A draft with what was made for it."""

    draft: ChatbotDraft
    lightened: Lightened | None = None
    remarks: tuple[str, ...] = ()
    """What could not be made, and what becomes of it."""


def prepare(project: Project, draft: ChatbotDraft, lightness: Lightness, report: Report) -> Prepared:
    """Make what is published beside the designer's own file. Takes seconds: call it in a thread.

    Raises: BadProject: the avatar's file is gone, or the disk refused. Whatever `report` raises.
    """
    if draft.avatar is None:
        return Prepared(draft)
    content = read_blob(project.avatar_path(draft.avatar.glb), draft.avatar.glb)
    lightened, remark = _lightened(project, draft.avatar, content, lightness, report)
    report("Drawing the poster", 0.9)
    draft = _with_optimised(draft, lightened.blob if lightened and lightened.worthwhile else None)
    try:
        from studio.render.posters import render_poster

        picture = render_poster(content, standing_clip(draft), 0.0, POSTER_SIZE, draft.look.framing, draft.acting)
        draft = with_poster(project, draft, picture)
    except (Unavailable, NotFound) as error:
        # A machine that cannot draw may publish all the same: visitors wait for the avatar without a picture.
        remark = (*remark, f"No poster is made: {error.sentence}")
    report("The avatar is ready", 1.0)
    return Prepared(draft, lightened, remark)


def side_by_side(project: Project, draft: ChatbotDraft) -> Image.Image | None:
    """The designer's own avatar and the lighter one in the same pose; None where there is only one.

    Raises: Unavailable: nothing here draws without a window.
    """
    avatar = draft.avatar
    if avatar is None or avatar.optimised is None:
        return None
    from studio.render.posters import render_poster

    made = Image.new("RGBA", (_SIDE[0] * 2, _SIDE[1]))
    for place, blob in enumerate((avatar.glb, avatar.optimised)):
        content = read_blob(project.avatar_path(blob), blob)
        picture = render_poster(content, standing_clip(draft), 0.0, _SIDE, draft.look.framing, draft.acting)
        made.paste(picture, (place * _SIDE[0], 0))
    return made


def kept_lightened(project: Project) -> Lightened | None:
    """What optimising did last; None when nothing readable is kept."""
    try:
        kept = Lightened.model_validate_json((project.cache / "optimised.json").read_bytes())
    except (OSError, ValidationError):
        return None
    return kept if kept.version == _VERSION else None


def _lightened(
    project: Project, avatar: AvatarRef, content: bytes, lightness: Lightness, report: Report
) -> tuple[Lightened | None, tuple[str, ...]]:
    if lightness == "off":
        return None, ()
    kept = kept_lightened(project)
    if kept and (kept.original, kept.tier) == (avatar.glb.sha256, lightness) and _is_there(project, kept.blob):
        return kept, ()
    try:
        return _optimise(project, avatar, content, lightness, report), ()
    except BadGlb as error:
        return None, (f"The avatar is published as it is: {error.sentence}",)


def _optimise(project: Project, avatar: AvatarRef, content: bytes, tier: Lightness, report: Report) -> Lightened:
    from shared.glb.optimising import Plan, optimised

    def told(name: str, fraction: float) -> None:
        report(f"Making the avatar lighter: {name}", fraction * 0.88)

    made = optimised(content, Plan(tier="phone" if tier == "phone" else "desktop"), told)
    blob = blob_of(f"{Path(avatar.glb.name).stem[:80]}.light.glb", made.content)
    write_blob(project.avatar_path(blob), made.content)
    lightened = Lightened(
        original=avatar.glb.sha256,
        tier=tier,
        blob=blob,
        before=len(content),
        joint_error=made.joint_error,
        worst_clip=made.worst_clip,
        triangles_before=made.triangles_before,
        triangles=made.triangles,
        steps=tuple((step.name, step.before, step.after) for step in made.steps),
    )
    prepare_cache(project)
    write_atomically(project.cache / "optimised.json", lightened.model_dump_json().encode())
    return lightened


def _is_there(project: Project, blob: BlobRef) -> bool:
    try:
        return hashlib.sha256(project.avatar_path(blob).read_bytes()).hexdigest() == blob.sha256
    except OSError:
        return False


def _with_optimised(draft: ChatbotDraft, blob: BlobRef | None) -> ChatbotDraft:
    assert draft.avatar is not None
    return draft.model_copy(update={"avatar": draft.avatar.model_copy(update={"optimised": blob})})
