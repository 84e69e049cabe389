"""What inspection finds in a GLB: facts and findings, the same for studio, command line and server."""

from typing import Literal

from pydantic import Field

from shared.contract.acting import MappingSource, MouthTier, Role
from shared.contract.base import Frozen

Severity = Literal["error", "warning", "note"]


class Finding(Frozen):
    """One thing worth knowing about an avatar. Findings are shown; only `error` stops a publish."""

    code: str
    severity: Severity
    sentence: str
    """One sentence that says what is so and what to do about it."""
    subject: str = ""
    """The clip, node, material or extension it is about."""


class ClipFacts(Frozen):
    """One animation clip, measured. Times in seconds, motion in body heights per second."""

    name: str
    seconds: float
    tracks: int
    active_start: float
    active_end: float
    mean_speed: float
    seam_error: float
    """Largest joint distance between first and last pose, in body heights."""
    root_drift: float
    """Distance of the root from start to end, in body heights."""
    fingerprint: str
    hand_raised: float = 0.0
    """Share of the clip, in [0, 1], in which a hand is higher than the joint of the head: one greets, two celebrate."""
    hands_raised: float = 0.0
    """The same for both hands at once."""
    hands_reach: float = 0.0
    """How far the hand that goes farthest gets from where it begins, in body heights."""
    head_nods: int = 0
    """Swings of the head up and down, each way counted."""
    head_shakes: int = 0
    """Swings of the head from side to side, each way counted."""
    head_pitch_degrees: float = 0.0
    """Between its highest and its lowest look."""
    head_turn_degrees: float = 0.0
    """Between its farthest looks to the sides."""


class AvatarFacts(Frozen):
    """What a GLB holds, as `troupe inspect` prints it."""

    clips: tuple[ClipFacts, ...] = ()
    joints: int = 0
    morph_targets: tuple[str, ...] = ()
    triangles: int = 0
    draw_calls: int = 0
    materials: tuple[str, ...] = ()
    textures: int = 0
    largest_texture: int = 0
    """Longer side of the largest texture, in pixels; 0 without textures."""
    extensions: tuple[str, ...] = ()
    mouth_tier: MouthTier = "none"
    height: float = 0.0
    """Metres, in the bind pose."""
    bytes: int = 0
    copyright: str = ""
    generator: str = ""
    findings: tuple[Finding, ...] = ()


class RoleProposal(Frozen):
    """A clip proposed for a role. Below 0.7 the designer is asked."""

    role: Role
    clip: str
    confidence: float = Field(ge=0, le=1)
    source: MappingSource
