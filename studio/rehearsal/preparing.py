"""What publishing makes of an avatar before it is sent: a lighter file for visitors, and the pictures.

Each is made once for what it is made from, and kept.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from pydantic import ValidationError

from shared.contract.base import Frozen, Sha256
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, SpriteSheet
from shared.errors import BadGlb, NotFound, Unavailable
from studio.files.atomic import write_atomically
from studio.files.blobs import blob_of
from studio.files.project import Project, prepare_cache, read_blob, write_blob
from studio.rehearsal.poster import POSTER_SIZE, standing_clip, with_poster

Lightness = Literal["off", "desktop", "phone"]
"""For which devices the avatar is made lighter; `off` publishes the designer's own file."""
Drawn = Literal["all", "poster", "none"]
"""Which pictures are made of it."""
Report = Callable[[str, float], None]
"""Told what is being done and how far it is, in [0, 1]; whatever it raises ends the work."""

_VERSION = 1
_WORTHWHILE = 0.95
"""Of the file's size: a lighter one that is hardly lighter is not worth a second file."""
_LIGHTER_SHARE, _DRAWN_FROM, _DRAWN_SHARE = 0.5, 0.5, 0.49
"""Of the whole: about as long on a machine without a graphics card."""


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


class _Pictures(Frozen):
    key: str
    """Digest of what they were drawn from."""
    poster: BlobRef
    sprites: SpriteSheet
    card: BlobRef

    @property
    def blobs(self) -> tuple[BlobRef, ...]:
        return self.poster, self.sprites.blob, self.card


@dataclass(frozen=True)
class Prepared:
    """A draft with what was made for it."""

    draft: ChatbotDraft
    lightened: Lightened | None = None
    remarks: tuple[str, ...] = ()
    """What could not be made, and what becomes of it."""


def prepare(
    project: Project, draft: ChatbotDraft, lightness: Lightness, report: Report, drawn: Drawn = "all"
) -> Prepared:
    """Make what is published beside the designer's own file. Takes seconds: call it in a thread.

    Raises: BadProject: the avatar's file is gone, or the disk refused. Whatever `report` raises.
    """
    if draft.avatar is None:
        return Prepared(draft)
    content = read_blob(project.avatar_path(draft.avatar.glb), draft.avatar.glb)
    lightened, remark = _lightened(project, draft.avatar, content, lightness, report)
    draft = _with_made(draft, optimised=lightened.blob if lightened and lightened.worthwhile else None)
    try:
        draft = _with_pictures(project, draft, content, report, drawn)
    except (Unavailable, NotFound) as error:
        # A machine that cannot draw may publish all the same: visitors wait for the avatar without a picture.
        remark = (*remark, f"No pictures are made: {error.sentence}")
    report("The avatar is ready", 1.0)
    return Prepared(draft, lightened, remark)


def side_by_side(project: Project, draft: ChatbotDraft) -> Image.Image | None:
    """The designer's own avatar, the lighter one in the same pose, and where they differ; None where there is only one.

    Raises: Unavailable: nothing here draws without a window.
    """
    avatar = draft.avatar
    if avatar is None or avatar.optimised is None:
        return None
    from studio.render.comparing import compare

    before, after = (read_blob(project.avatar_path(blob), blob) for blob in (avatar.glb, avatar.optimised))
    return compare(before, after, standing_clip(draft), 0.0).picture


def would_differ(project: Project, shown: ChatbotDraft, draft: ChatbotDraft, lightness: Lightness) -> bool:
    """Whether visitors would get another file of the same avatar than they are shown now."""
    if shown.avatar is None or draft.avatar is None or shown.avatar.glb != draft.avatar.glb:
        return False
    if lightness == "off":
        return shown.avatar.optimised is not None
    kept = kept_lightened(project)
    if kept is None or (kept.original, kept.tier) != (draft.avatar.glb.sha256, lightness):
        return True
    return shown.avatar.optimised != (kept.blob if kept.worthwhile else None)


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
        report(f"Making the avatar lighter: {name}", fraction * _LIGHTER_SHARE)

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


def _with_pictures(project: Project, draft: ChatbotDraft, content: bytes, report: Report, drawn: Drawn) -> ChatbotDraft:
    if drawn == "all":
        made = _pictures(project, draft, report)
        return _with_made(draft, poster=made.poster, sprites=made.sprites, card=made.card)
    bare = _with_made(draft, poster=None, sprites=None, card=None)
    if drawn == "none":
        return bare
    from studio.render.posters import render_poster

    report("Drawing the poster", _DRAWN_FROM)
    picture = render_poster(content, standing_clip(draft), 0.0, POSTER_SIZE, draft.look.framing, draft.acting)
    return with_poster(project, bare, picture)


def _pictures(project: Project, draft: ChatbotDraft, report: Report) -> _Pictures:
    """Poster, sprites and card, drawn anew where the avatar, its acting or its look changed."""
    key = _made_from(draft)
    kept = _kept_pictures(project)
    if kept and kept.key == key and all(_is_there(project, blob) for blob in kept.blobs):
        return kept
    from studio.render.baking import bake

    baked = bake(project, draft, lambda name, share: report(name, _DRAWN_FROM + share * _DRAWN_SHARE), turntable=False)
    sprites = blob_of("sprites.webp", baked.sprites.content)
    width, height = baked.sprites.size
    made = _Pictures(
        key=key,
        poster=blob_of("poster.webp", baked.poster),
        sprites=SpriteSheet(blob=sprites, emotions=baked.sprites.emotions, width=width, height=height),
        card=blob_of("card.png", baked.card),
    )
    for blob, content in zip(made.blobs, (baked.poster, baked.sprites.content, baked.card), strict=True):
        write_blob(project.avatar_path(blob), content)
    prepare_cache(project)
    write_atomically(project.cache / "pictures.json", made.model_dump_json().encode())
    return made


def _made_from(draft: ChatbotDraft) -> str:
    assert draft.avatar is not None
    shown = [draft.name, draft.personality.greeting, draft.look.framing, draft.look.accent]
    parts = [draft.avatar.glb.sha256, draft.acting.model_dump_json(), *shown, str(_VERSION)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept_pictures(project: Project) -> _Pictures | None:
    try:
        return _Pictures.model_validate_json((project.cache / "pictures.json").read_bytes())
    except (OSError, ValidationError):
        return None


def _is_there(project: Project, blob: BlobRef) -> bool:
    try:
        return hashlib.sha256(project.avatar_path(blob).read_bytes()).hexdigest() == blob.sha256
    except OSError:
        return False


def _with_made(draft: ChatbotDraft, **made: object) -> ChatbotDraft:
    assert draft.avatar is not None
    return draft.model_copy(update={"avatar": draft.avatar.model_copy(update=made)})
