"""Layers of clips, each fading over what lies below it. Whatever interrupts whatever, there is no jump and no gap.

The widget's stage mixes in the same way (widget/src/stage/layers.ts), so that a rehearsal looks like the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shared.glb.windows import Window

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
    window: Window
    loop: bool
    upper_only: bool = False
    partial: bool = False
    """It leaves something to what lies below, for good: a mask, or a clip that is added."""
    additive: bool = False
    out_seconds: float = 0.0
    cover: Fade = Fade(0.0, 0.0, 0.0, 0.0)

    def clip_seconds(self, now: float) -> float:
        """Where in the clip it is."""
        return self.window.place(self.offset, max(now - self.began, 0.0) * self.speed, loop=self.loop)


class LayerStack:
    """Layers from the lowest to the topmost.

    Args:
        based: a partial layer needs the whole one below it, as postures do; gestures lie on a posture anyway.
    """

    def __init__(self, *, based: bool = False) -> None:
        self.layers: list[Layer] = []
        self._based = based

    @property
    def top(self) -> Layer | None:
        """The layer that came last."""
        return self.layers[-1] if self.layers else None

    def push(self, layer: Layer, now: float, seconds: float) -> None:
        """Fade a layer in over all that is there; a partial one does not hide what it takes the place of."""
        for other in self.layers if layer.partial else ():
            if other.partial or not self._based:
                other.cover = Fade(other.cover.at(now), 0.0, now, seconds)
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
            if layer.cover.at(now) >= 1 and not layer.partial:
                break
        self.layers = kept[::-1]


def weights_of(stacks: Iterable[LayerStack], now: float) -> list[tuple[Layer, float]]:
    """Every layer with its weight for a weighted mean, the lowest first.

    A layer that covers c of a total of t weighs t * c / (1 - c): then the mean is right also for what only some move.
    One that is added weighs what it covers, as far as nothing above hides it.
    """
    layers = [layer for stack in stacks for layer in stack.layers]
    weighed: list[tuple[Layer, float]] = []
    total, seen = 0.0, _seen(layers, now)
    for layer in layers:
        cover = eased(layer.cover.at(now))
        if layer.additive:
            weighed.append((layer, cover * seen[id(layer)]))
            continue
        weight = cover if total == 0 else total * cover / max(1 - cover, _LEAST_SHARE)
        weighed.append((layer, weight))
        total += weight
    return weighed


def _seen(layers: Sequence[Layer], now: float) -> dict[int, float]:
    """How much of each layer the layers above it leave."""
    left, seen = 1.0, {}
    for layer in reversed(layers):
        seen[id(layer)] = left
        left *= 1.0 if layer.additive else 1 - eased(layer.cover.at(now))
    return seen


def eased(share: float) -> float:
    """Ease in and out: fades of straight weights begin and end with a jerk."""
    return share * share * (3 - 2 * share)


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
