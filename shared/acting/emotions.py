"""What each emotion does to a face: morph targets by name, ours, ARKit's, VRM's and those of plainer rigs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from shared.acting.vocabulary import EMOTION_ROLES
from shared.contract.acting import EMOTIONS, Emotion, EmotionFace

Shapes = Mapping[str, float]

DIRECT_NAMES: Final[dict[Emotion, tuple[str, ...]]] = {
    "neutral": (),
    "happy": ("happy", "joy", "smile", "happiness"),
    "excited": ("excited", "excitement"),
    "warm": ("warm", "relaxed", "fun", "love"),
    "amused": ("amused", "fun", "laugh"),
    "curious": ("curious", "interested"),
    "thinking": ("thinking", "think", "ponder"),
    "confused": ("confused", "confusion", "puzzled"),
    "surprised": ("surprised", "surprise", "shocked"),
    "sad": ("sad", "sorrow", "sadness"),
    "sorry": ("sorry", "embarrassed", "shy"),
    "afraid": ("afraid", "scared", "fear"),
    "angry": ("angry", "anger", "mad"),
}
"""Whole expressions, as VRM, Ready Player Me and hand-made avatars name them; `emotion_` may stand before each."""

COMBINATIONS: Final[dict[Emotion, Shapes]] = {
    "happy": {"mouthSmile": 0.7, "cheekSquint": 0.4, "eyeSquint": 0.2, "eyeHappy": 0.6},
    "excited": {"mouthSmile": 0.9, "browInnerUp": 0.4, "browOuterUp": 0.4, "eyeWide": 0.4},
    "warm": {"mouthSmile": 0.45, "browInnerUp": 0.2, "eyeSquint": 0.15, "eyeHappy": 0.4},
    "amused": {"mouthSmile": 0.8, "cheekSquint": 0.6, "eyeSquint": 0.4, "eyeHappy": 0.8},
    "curious": {"browInnerUp": 0.3, "browOuterUpLeft": 0.6, "eyeWide": 0.2, "mouthSmile": 0.15},
    "thinking": {"browDownLeft": 0.3, "browOuterUpRight": 0.4, "mouthPress": 0.3, "eyeSquint": 0.2},
    "confused": {"browDownRight": 0.5, "browOuterUpLeft": 0.6, "mouthFrown": 0.2, "mouthLeft": 0.3, "mouthSkew": 0.6},
    "surprised": {"eyeWide": 0.8, "browInnerUp": 0.7, "browOuterUp": 0.7, "jawOpen": 0.3, "mouthOpen": 0.3},
    "sad": {"mouthFrown": 0.6, "browInnerUp": 0.7, "eyeSquint": 0.15, "eyeSad": 0.8},
    "sorry": {"mouthFrown": 0.3, "browInnerUp": 0.6, "mouthPress": 0.3, "eyeSad": 0.5},
    "afraid": {"eyeWide": 0.7, "browInnerUp": 0.8, "mouthStretch": 0.5, "mouthFrown": 0.2},
    "angry": {"browDown": 0.8, "noseSneer": 0.4, "mouthFrown": 0.4, "mouthPress": 0.3, "eyeAngry": 0.8},
}
"""Weights of single shapes. A shape without its side means both; what a rig lacks is left out."""

LEAST_SHARE: Final = 0.3
"""A combination of which less than this share is there would be a grimace, and is left out."""

SUBSTITUTES: Final[dict[Emotion, tuple[tuple[Emotion, float], ...]]] = {
    "excited": (("happy", 1.0),),
    "warm": (("happy", 0.6),),
    "amused": (("happy", 1.0),),
    "curious": (("surprised", 0.3),),
    "sorry": (("sad", 0.7),),
    "afraid": (("surprised", 0.8), ("sad", 0.6)),
    "confused": (("surprised", 0.4),),
}
"""Emotions of which a rig has no shape of its own borrow a neighbour's, weaker."""


def emotion_faces(morph_targets: Iterable[str]) -> dict[Emotion, EmotionFace]:
    """The 13 emotions for a face with these morph targets.

    Returns: every emotion; its `morphs` are empty when the face cannot show it.
    """
    known = {_plain(name): name for name in morph_targets}
    shown = {emotion: _shapes_of(emotion, known) for emotion in EMOTIONS}
    return {
        emotion: EmotionFace(
            morphs=shown[emotion] or _borrowed(emotion, shown),
            role=EMOTION_ROLES.get(emotion),
            minimum_intensity=0.6 if emotion in {"happy", "warm"} else 0.35,
        )
        for emotion in EMOTIONS
    }


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.rsplit(".", maxsplit=1)[-1].lower())


def _shapes_of(emotion: Emotion, known: Mapping[str, str]) -> dict[str, float]:
    for prefix in ("emotion", "expression", "fcl", "fclall", ""):
        for word in DIRECT_NAMES[emotion]:
            if prefix + word in known:
                return {known[prefix + word]: 1.0}
    return _combined(COMBINATIONS.get(emotion, {}), known)


def _combined(shapes: Shapes, known: Mapping[str, str]) -> dict[str, float]:
    found: dict[str, float] = {}
    reached = 0.0
    for shape, weight in shapes.items():
        names = _names_of(shape, known)
        reached += weight if names else 0.0
        found.update(dict.fromkeys(names, weight))
    return found if reached >= LEAST_SHARE * sum(shapes.values()) else {}


def _names_of(shape: str, known: Mapping[str, str]) -> list[str]:
    for forms in _forms(_plain(shape)):
        names = [known[form] for form in forms if form in known]
        if names:
            return names
    return []


def _forms(plain: str) -> Sequence[tuple[str, ...]]:
    if plain.endswith(("left", "right")):
        short = plain.removesuffix("eft").removesuffix("ight")
        return ((plain,), (short,))
    return ((plain,), (f"{plain}left", f"{plain}right"), (f"{plain}l", f"{plain}r"))


def _borrowed(emotion: Emotion, shown: Mapping[Emotion, Mapping[str, float]]) -> dict[str, float]:
    for neighbour, factor in SUBSTITUTES.get(emotion, ()):
        if shown[neighbour]:
            return {name: round(weight * factor, 3) for name, weight in shown[neighbour].items()}
    return {}
