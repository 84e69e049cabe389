"""Baking: everything that is drawn once from an avatar and then shown without it."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from shared.contract.chatbot import ChatbotDraft
from shared.errors import BadRequest
from shared.glb import read_glb
from studio.files.creation import stored_avatar
from studio.files.project import Project
from studio.render.cards import AVATAR, draw_card
from studio.render.easel import Easel, apart, easel
from studio.render.formats import POSTER
from studio.render.sprites import Sprites, draw_sprites
from studio.render.turntables import as_gif, as_webm, draw_round

Report = Callable[[str, float], None]
"""Told what is being drawn, and which share of the whole is done; whatever it raises cancels the work."""

_POSTER_QUALITY = 88


@dataclass(frozen=True)
class Baked:
    """The pictures, as files."""

    poster: bytes
    """WebP, transparent."""
    sprites: Sprites
    card: bytes
    """PNG."""
    turntable_gif: bytes | None = None
    turntable_webm: bytes | None = None


def bake(project: Project, draft: ChatbotDraft, report: Report, *, turntable: bool = True) -> Baked:
    """Draw poster, sprites, card and turntable of a project's avatar. Takes some ten seconds: not for the main thread.

    Args:
        turntable: publishing does without it, and it takes longest.
    Raises: BadRequest: there is no avatar. BadProject: its file is gone. Unavailable: nothing here draws without a
        window. Whatever `report` raises.
    """
    content = stored_avatar(project, draft)
    if content is None:
        raise BadRequest("The project has no avatar yet: choose one first.")
    glb = read_glb(content)

    def draw() -> Baked:
        with easel(glb, draft.acting) as drawing:
            return _drawn(drawing, draft, report, turntable=turntable)

    return apart(draw)


def _drawn(drawing: Easel, draft: ChatbotDraft, report: Report, *, turntable: bool) -> Baked:
    until = 0.5 if turntable else 0.95
    report("Drawing the poster", 0.0)
    poster = _poster(drawing, draft)
    report("Drawing the card", 0.03)
    card = _card(drawing, draft)
    framing = draft.look.framing
    sprites = draw_sprites(drawing, framing, lambda share: report("Drawing sprites", 0.06 + share * (until - 0.06)))
    if not turntable:
        report("Done", 1.0)
        return Baked(poster, sprites, card)
    frames = draw_round(drawing, lambda share: report("Drawing the turntable", until + share * 0.35))
    report("Writing the GIF", 0.86)
    gif = as_gif(frames)
    report("Writing the film", 0.92)
    webm = as_webm(frames)
    report("Done", 1.0)
    return Baked(poster, sprites, card, gif, webm)


def _poster(drawing: Easel, draft: ChatbotDraft) -> bytes:
    pose = drawing.sampler.pose(drawing.standing, 0.0)
    stream = io.BytesIO()
    drawing.picture(pose, POSTER, draft.look.framing).save(stream, "WEBP", quality=_POSTER_QUALITY, method=4)
    return stream.getvalue()


def _card(drawing: Easel, draft: ChatbotDraft) -> bytes:
    pose = drawing.sampler.pose(drawing.standing, 0.0)
    figure = drawing.picture(pose, AVATAR, "half")
    return draw_card(figure, draft.name, draft.personality.greeting, draft.look.accent)
