"""Sprites: the avatar as still pictures, one for each emotion and mouth, on one sheet."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from shared.contract.acting import EMOTIONS, ActingMap, Emotion, FaceRig, Role
from shared.glb import Glb, Pose, morph_nodes
from shared.glb.transforms import conjugate, multiply
from studio.render.camera import Framing
from studio.render.easel import Easel
from studio.render.formats import SPRITE
from studio.render.thumbnails import telling_seconds

MOUTHS: tuple[float, ...] = (0.0, 0.45, 0.9)
"""How far open, from left to right on the sheet."""
_SMILING_MOUTH = 0.7
"""Of the mouth, while an emotion holds the lips: both add up."""
_JAW_RADIANS = 0.25
_QUALITY = 82
_ROLES: dict[Emotion, Role] = {
    "happy": "approve", "excited": "celebrate", "warm": "thank", "amused": "laugh", "curious": "listening",
    "thinking": "thinking", "confused": "confused", "surprised": "surprised", "sad": "sad", "sorry": "shy",
    "afraid": "afraid", "angry": "frustrated",
}  # fmt: skip
"""How the body says it, for an avatar whose face cannot."""


@dataclass(frozen=True)
class Sprites:
    """A sheet: a row for each emotion, a column for each mouth."""

    content: bytes
    """WebP, transparent."""
    emotions: tuple[Emotion, ...]
    size: tuple[int, int]
    """Of one picture."""


def draw_sprites(
    drawing: Easel, framing: Framing, report: Callable[[float], None], emotions: Sequence[Emotion] = EMOTIONS
) -> Sprites:
    """Draw the sheet; `report` is told the share that is done, and cancels by raising.

    Emotions that neither face nor body of this avatar can show have no row: whoever looks for one takes the neutral.
    """
    width, height = SPRITE
    poses = {emotion: pose for emotion in emotions if (pose := emotional_pose(drawing, emotion)) is not None}
    emotions = tuple(poses)
    sheet = Image.new("RGBA", (width * len(MOUTHS), height * len(emotions)))
    for row, (emotion, pose) in enumerate(poses.items()):
        for column, openness in enumerate(MOUTHS):
            report((row + column / len(MOUTHS)) / len(emotions))
            share = openness if emotion == "neutral" else openness * _SMILING_MOUTH
            talking = with_mouth(pose, drawing.glb, drawing.acting.face, share)
            sheet.paste(drawing.picture(talking, SPRITE, framing), (column * width, row * height))
    stream = io.BytesIO()
    sheet.save(stream, "WEBP", quality=_QUALITY, method=6)
    return Sprites(stream.getvalue(), emotions, SPRITE)


def emotional_pose(drawing: Easel, emotion: Emotion) -> Pose | None:
    """How the avatar stands in an emotion: by its face, or where its face has none, by its body; None by neither."""
    face = drawing.acting.emotions.get(emotion)
    pose = drawing.sampler.pose(drawing.standing, 0.0)
    if face is not None and face.morphs:
        return with_morphs(pose, drawing.glb, face.morphs)
    clip = face.clip if face and face.clip else _clip_of(drawing.acting, (face and face.role) or _ROLES.get(emotion))
    if clip is None or clip not in drawing.sampler.clip_names:
        return pose if emotion == "neutral" else None
    seconds = drawing.sampler.clip(clip).seconds
    return drawing.sampler.pose(clip, telling_seconds(drawing.sampler, clip, (0.0, seconds), pose))


def with_morphs(pose: Pose, glb: Glb, morphs: dict[str, float]) -> Pose:
    """The pose with morph targets at least so strong."""
    rows = {
        node: np.maximum(pose.weights[node], [morphs.get(name, 0.0) for name in names])
        for node, names in morph_nodes(glb).items()
    }
    return replace(pose, weights={**pose.weights, **rows})


def with_mouth(pose: Pose, glb: Glb, face: FaceRig, openness: float) -> Pose:
    """The pose with its mouth open by a share, by whatever opens it."""
    if openness == 0:
        return pose
    shape = face.visemes.get("aa") or face.mouth_open
    if shape is not None:
        return with_morphs(pose, glb, {shape: openness})
    jaw = None if face.jaw is None else glb.node_index(face.jaw)
    return pose if jaw is None else _jaw_down(pose, jaw, openness * _JAW_RADIANS)


def _jaw_down(pose: Pose, jaw: int, radians: float) -> Pose:
    above = np.array([0.0, 0.0, 0.0, 1.0])
    parent = pose.skeleton.parents[jaw]
    while parent != -1:
        above, parent = multiply(pose.rotation[parent], above), pose.skeleton.parents[parent]
    turn = np.array([np.sin(radians / 2), 0.0, 0.0, np.cos(radians / 2)])
    rotation = pose.rotation.copy()
    rotation[jaw] = multiply(multiply(multiply(conjugate(above), turn), above), rotation[jaw])
    return replace(pose, rotation=rotation)


def _clip_of(acting: ActingMap, role: Role | None) -> str | None:
    return None if role is None else next((choice.clip for choice in acting.roles.get(role, ())), None)
