"""The vocabulary of acting, and the map from an avatar's clips to what they mean."""

from typing import Literal, get_args

from pydantic import Field

from shared.contract.base import Frozen, ShortText

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
CueSource = Literal["designer", "marker", "event", "rule", "classifier"]
"""Who asked for a cue, most trusted first; `designer` is a rule made from a correction at rehearsal."""
BodyMask = Literal["full", "upper", "head"]
"""Which joints a clip moves: all; those above the hips; neck, head and what hangs on them."""
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
    trim: bool = False
    """Plays only the active window, also when looping."""
    speed: float = Field(default=1.0, gt=0, le=4)
    mirror: bool = False
    """Swaps left and right."""
    lock_root: bool = False
    """Keeps the root above the place where the clip starts: no drift, no turn away."""
    mask: BodyMask = "full"
    additive: bool = False
    """Added to the posture beneath, as the difference from the clip's own first played frame."""
    fade_in_seconds: float | None = Field(default=None, ge=0, le=5)
    """None: what acting.md gives for its kind."""
    fade_out_seconds: float | None = Field(default=None, ge=0, le=5)
    cooldown_seconds: float | None = Field(default=None, ge=0, le=600)
    """None: the director's own."""
    hidden: bool = False
    licence: ShortText = ""
    """Where it differs from the avatar's."""
    fingerprint: str = ""
    """Duration, tracks and pose hash: finds the clip again when an exporter renamed it."""


class EmotionFace(Frozen):
    """What an emotion does to the face and, strong enough, to the body."""

    morphs: dict[str, float] = Field(default_factory=dict)
    role: Role | None = None
    clip: str | None = None
    """This very clip instead of one of the role's."""
    minimum_intensity: float = Field(default=0.35, ge=0, le=1)


class CueRule(Frozen):
    """A designer's correction: where these words are said, act like this and not otherwise."""

    words: str = Field(min_length=1, max_length=200)
    """Whole words in the character's own text, found without regard to case."""
    emotion: Emotion = "neutral"
    intensity: float = Field(default=0.6, ge=0, le=1)
    role: Role | None = None
    """None: the face alone."""
    clip: str | None = None
    """This very clip, whatever the role's variants are; it keeps no cooldown."""
    suppress: bool = False
    """Nothing is acted at these words."""


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
    rules: tuple[CueRule, ...] = Field(default=(), max_length=500)
    """The first that fits a clause decides about it."""
    face: FaceRig = FaceRig()
    preset: Preset = "friendly"
    snappiness: float = Field(default=1.0, ge=0.5, le=2)
    front: Literal["+Z", "-Z"] = "+Z"
