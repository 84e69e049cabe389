"""Layers of clips, each fading over what lies below it. Whatever interrupts whatever, there is no jump and no gap.

The widget's stage mixes in the same way (widget/src/stage/layers.ts), so that a rehearsal looks like the page.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shared.contract.acting import ClipSettings

_SHORTEST_HOLD, _LONGEST_HOLD = 1.5, 4.5
_LEAST_SHARE = 1e-4
"""So much of a covered layer is left as nobody sees; it keeps what only that layer moves from its bind pose."""


@dataclass(frozen=True)
class Fade:
    """A cover that goes from one value to another, by the clock."""

    start: float
    target: float
    began: float
    seconds: float

    def at(self, now: float) -> float:
        """The value at a time."""
        if self.seconds <= 0:
            return self.target
        share = min(max((now - self.began) / self.seconds, 0.0), 1.0)
        return self.start + (self.target - self.start) * share

    def done(self, now: float) -> bool:
        """Whether it has arrived."""
        return now >= self.began + self.seconds


@dataclass
class Layer:
    """One clip that plays, and how much of what lies below it hides."""

    clip: str
    began: float
    offset: float
    """Seconds of the clip at which it began."""
    speed: float
    seconds: float
    loop: bool
    upper_body_only: bool = False
    cover: Fade = Fade(0.0, 0.0, 0.0, 0.0)

    def clip_seconds(self, now: float) -> float:
        """Where in the clip it is."""
        place = self.offset + max(now - self.began, 0.0) * self.speed
        if self.loop and self.seconds > 0:
            return place % self.seconds
        return min(place, self.seconds)


class LayerStack:
    """Layers from the lowest to the topmost."""

    def __init__(self) -> None:
        self.layers: list[Layer] = []

    @property
    def top(self) -> Layer | None:
        """The layer that came last."""
        return self.layers[-1] if self.layers else None

    def push(self, layer: Layer, now: float, seconds: float) -> None:
        """Fade a layer in over all that is there."""
        layer.cover = Fade(0.0, 1.0, now, seconds)
        self.layers.append(layer)

    def release(self, now: float, seconds: float) -> None:
        """Let every layer go, from its present cover."""
        for layer in self.layers:
            layer.cover = Fade(layer.cover.at(now), 0.0, now, seconds)

    def advance(self, now: float) -> None:
        """Drop what has gone, and what a whole layer hides."""
        kept: list[Layer] = []
        for layer in reversed(self.layers):
            if layer.cover.target > 0 or not layer.cover.done(now):
                kept.append(layer)
            if layer.cover.at(now) >= 1:
                break
        self.layers = kept[::-1]


def weights_of(stacks: Iterable[LayerStack], now: float) -> list[tuple[Layer, float]]:
    """Every layer with its weight for a weighted mean, the lowest first.

    A layer that covers c of a total of t weighs t * c / (1 - c): then the mean is right also for what only some move.
    """
    weighed: list[tuple[Layer, float]] = []
    total = 0.0
    for stack in stacks:
        for layer in stack.layers:
            cover = eased(layer.cover.at(now))
            weight = cover if total == 0 else total * cover / max(1 - cover, _LEAST_SHARE)
            weighed.append((layer, weight))
            total += weight
    return weighed


def eased(share: float) -> float:
    """Ease in and out: fades of straight weights begin and end with a jerk."""
    return share * share * (3 - 2 * share)


def hold_seconds(layer: Layer, settings: ClipSettings, fade_out: float) -> float:
    """How long a gesture plays before its way back starts: long enough to be read, and never long."""
    last = max(layer.offset, layer.seconds - fade_out * layer.speed)
    end = last if settings.active_end is None else min(last, settings.active_end)
    once, whole = max(0.0, end - layer.offset) / layer.speed, layer.seconds / layer.speed
    if layer.loop and once < _SHORTEST_HOLD and whole > 0:
        once += math.ceil((_SHORTEST_HOLD - once) / whole) * whole
    return min(once, _LONGEST_HOLD)


@dataclass
class Expression:
    """Morph weights asked for beside the clips', each on its way to its target."""

    fades: dict[str, Fade] = field(default_factory=dict)

    def ask(self, weights: Mapping[str, float], now: float, seconds: float) -> None:
        """Bring these to their weights, and all others back to 0."""
        for name in {*self.fades, *weights}:
            present = self.fades[name].at(now) if name in self.fades else 0.0
            self.fades[name] = Fade(present, weights.get(name, 0.0), now, seconds)

    def at(self, now: float) -> dict[str, float]:
        """The weights at a time; what has gone back to 0 is forgotten."""
        self.fades = {name: fade for name, fade in self.fades.items() if fade.target or not fade.done(now)}
        return {name: fade.at(now) for name, fade in self.fades.items()}
