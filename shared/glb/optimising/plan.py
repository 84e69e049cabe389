"""What is asked of an optimisation, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Tier = Literal["phone", "desktop"]
Report = Callable[[str, float], None]
"""Told what is being done, and which share of the whole is done; whatever it raises cancels the work."""

TEXTURE_PIXELS: dict[Tier, int] = {"phone": 1024, "desktop": 2048}
MOST_TRIANGLES: dict[Tier, int] = {"phone": 30_000, "desktop": 40_000}
JOINT_ERROR = 2e-4
"""Body heights: a third of a millimetre on a grown person. Twice as much makes avatars three per cent lighter."""


@dataclass(frozen=True)
class Plan:
    """How small, and for what. Names of nodes, clips, morph targets and materials always stay."""

    tier: Tier = "desktop"
    joint_error: float = JOINT_ERROR
    """Body heights that any point of a joint may be off, in any clip."""
    triangles: int | None = None
    """At most so many; None is the tier's own budget, 0 leaves the meshes as they are."""

    @property
    def most_triangles(self) -> int:
        """The budget of triangles; 0 is none."""
        return MOST_TRIANGLES[self.tier] if self.triangles is None else self.triangles


@dataclass(frozen=True)
class Step:
    """One thing that was done, and what the file weighed before and after."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Optimised:
    """The lighter file, and what it costs in truth. The error is measured on the file itself, read again."""

    content: bytes
    steps: tuple[Step, ...]
    joint_error: float
    """Body heights by which a point of a joint is off at worst."""
    worst_clip: str
    """Where that is; empty without clips."""
    triangles_before: int
    triangles: int
