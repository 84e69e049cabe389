"""What an avatar may weigh on a visitor's device. Source: acting.md, section 8; warnings, never a refusal."""

from dataclasses import dataclass
from typing import Final, Literal

from shared.contract.avatar import AvatarFacts

Tier = Literal["phone", "desktop"]
TIERS: Final[tuple[Tier, ...]] = ("phone", "desktop")


@dataclass(frozen=True)
class Budget:
    """The most of each that a device of one tier takes easily."""

    triangles: int
    draw_calls: int
    texture: int
    """Longer side in pixels."""
    first_movement_bytes: int
    """On the wire, until the character moves."""


BUDGETS: Final[dict[Tier, Budget]] = {
    "phone": Budget(triangles=40_000, draw_calls=12, texture=1024, first_movement_bytes=1_200_000),
    "desktop": Budget(triangles=40_000, draw_calls=12, texture=2048, first_movement_bytes=1_200_000),
}


def overruns(facts: AvatarFacts, wire_bytes: int, tier: Tier) -> tuple[str, ...]:
    """What is over the budget, each as a few words with both numbers; none when the avatar is light enough."""
    budget = BUDGETS[tier]
    measured = (
        (facts.triangles, budget.triangles, "{:,} triangles, {:,} are the most"),
        (facts.draw_calls, budget.draw_calls, "{:,} draw calls, {:,} are the most"),
        (facts.largest_texture, budget.texture, "a texture of {:,} pixels, {:,} are the most"),
    )
    told = [words.format(have, most) for have, most, words in measured if have > most]
    if wire_bytes > budget.first_movement_bytes:
        told.append(f"{megabytes(wire_bytes)} to first movement, {megabytes(budget.first_movement_bytes)} are the most")
    return tuple(told)


def megabytes(size: int) -> str:
    """A size as people read it: "1.2 MB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1_000:.0f} kB"
