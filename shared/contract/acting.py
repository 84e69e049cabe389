"""The vocabulary of acting, and the map from an avatar's clips to what they mean."""

from typing import Literal, get_args

from pydantic import Field

from shared.contract.base import Frozen

Role = Literal[
    "idle", "idle_variant", "listening", "thinking", "talking", "greet", "goodbye", "nod", "shake_head", "shrug",
    "present", "approve", "thank", "celebrate", "laugh", "sad", "surprised", "confused", "shy", "frustrated",
    "afraid", "affection", "attention", "poked", "dance", "sleep", "appear",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

Emotion = Literal[
    "neutral", "happy", "excited", "warm", "amused", "curious", "thinking", "confused", "surprised", "sad", "sorry",
    "afraid", "angry",
]  # fmt: skip
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)

Viseme = Literal["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"]
VISEMES: tuple[Viseme, ...] = get_args(Viseme)

MouthTier = Literal["visemes", "open", "none"]
"""15 visemes or ARKit shapes; one open-mouth shape or jaw; nothing, so head bob and the talking clip."""

Preset = Literal["receptionist", "friendly", "lively", "cartoon"]
CueSource = Literal["marker", "event", "rule", "classifier"]
MappingSource = Literal["name", "motion", "designer"]


class RoleClip(Frozen):
    """One clip that may play a role."""

    clip: str
    weight: float = Field(default=1.0, gt=0, le=100)
    confidence: float = Field(default=1.0, ge=0, le=1)
    source: MappingSource = "designer"
    emotion: Emotion | None = None
    """Set on idles and talking clips that carry a mood, such as "Happy Idle"."""


class ClipSettings(Frozen):
    """How one clip is played; times in seconds of the clip's own time."""

    duration: float = Field(ge=0)
    active_start: float = Field(default=0.0, ge=0)
    active_end: float | None = None
    loop: bool = False
    speed: float = Field(default=1.0, gt=0, le=4)
    hidden: bool = False
    fingerprint: str = ""
    """Duration, tracks and pose hash: finds the clip again when an exporter renamed it."""


class EmotionFace(Frozen):
    """What an emotion does to the face and, strong enough, to the body."""

    morphs: dict[str, float] = Field(default_factory=dict)
    role: Role | None = None
    minimum_intensity: float = Field(default=0.35, ge=0, le=1)


class FaceRig(Frozen):
    """Where the avatar's face and head are: morph target and node names as they stand in the GLB."""

    mouth_tier: MouthTier = "none"
    visemes: dict[Viseme, str] = Field(default_factory=dict)
    mouth_open: str | None = None
    jaw: str | None = None
    blink: tuple[str, ...] = ()
    head: str | None = None
    neck: str | None = None
    eyes: tuple[str, ...] = ()


class ActingMap(Frozen):
    """The published map from an avatar's own clips to roles, emotions and face."""

    roles: dict[Role, tuple[RoleClip, ...]] = Field(default_factory=dict)
    clips: dict[str, ClipSettings] = Field(default_factory=dict)
    emotions: dict[Emotion, EmotionFace] = Field(default_factory=dict)
    face: FaceRig = FaceRig()
    preset: Preset = "friendly"
    snappiness: float = Field(default=1.0, ge=0.5, le=2)
    front: Literal["+Z", "-Z"] = "+Z"
