"""What eyes do by themselves: blink, and look at the visitor with small glances. Seeded, so that runs are alike."""

import math
import random
from dataclasses import dataclass

_BLINK_EVERY = (1.5, 6.0)
_SHUT_SECONDS, _OPEN_SECONDS = 0.06, 0.10
_TWICE, _TWICE_AFTER_SECONDS = 0.15, 0.28
"""Share of blinks that come twice, and how soon."""
_GLANCE_EVERY = (2.0, 5.0)
_AT_VISITOR = 0.6
_YAW_LIMIT, _PITCH_LIMIT = 0.85, 0.45
_FOLLOW_SECONDS, _FOLLOW_RATE_HZ = 5.0, 7.0
_THINKING = (-0.3, 0.32)


class Eyelids:
    """Blinks at random times."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._until_next = chance.uniform(*_BLINK_EVERY)
        self._since = math.inf

    def update(self, seconds: float) -> float:
        """Move on; how far the lids are shut, 0 to 1."""
        self._since += seconds
        self._until_next -= seconds
        if self._until_next <= 0:
            self._since = 0.0
            twice = self._chance.random() < _TWICE
            self._until_next = _TWICE_AFTER_SECONDS if twice else self._chance.uniform(*_BLINK_EVERY)
        if self._since < _SHUT_SECONDS:
            return self._since / _SHUT_SECONDS
        return max(0.0, 1.0 - (self._since - _SHUT_SECONDS) / _OPEN_SECONDS)


@dataclass(frozen=True)
class Direction:
    """Radians: yaw to the stage's +X, pitch upwards."""

    yaw: float = 0.0
    pitch: float = 0.0


class Gaze:
    """Where the avatar looks: at the pointer, else at the visitor with small shifts, up when it thinks."""

    def __init__(self, chance: random.Random) -> None:
        self.reach = self.pace = 1.0
        """How far and how often glances go, by the avatar's manner."""
        self._chance = chance
        self._pointed = self._wandered = self.now = Direction()
        self._since_pointed = math.inf
        self._until_glance = 0.0

    def point_at(self, right: float, up: float) -> None:
        """The pointer moved; its distances from the avatar's eyes, in heights of the viewport."""
        yaw, pitch = math.atan(right * 0.9), math.atan(up * 0.7)
        self._pointed = Direction(_limited(yaw, _YAW_LIMIT), _limited(pitch, _PITCH_LIMIT))
        self._since_pointed = 0.0

    def update(self, seconds: float, thinking: bool, share: float) -> Direction:
        """Move on; `share` is below 1 while a gesture moves the head by itself."""
        self._since_pointed += seconds
        self._until_glance -= seconds
        if self._until_glance <= 0:
            self._glance()
        target = self._pointed if self._since_pointed < _FOLLOW_SECONDS else self._wandered
        target = Direction(*_THINKING) if thinking else target
        follow = 1 - math.exp(-_FOLLOW_RATE_HZ * seconds)
        self.now = Direction(
            self.now.yaw + (target.yaw * share - self.now.yaw) * follow,
            self.now.pitch + (target.pitch * share - self.now.pitch) * follow,
        )
        return self.now

    def _glance(self) -> None:
        self._until_glance = self._chance.uniform(*_GLANCE_EVERY) / self.pace
        reach = (0.06 if self._chance.random() < _AT_VISITOR else 0.3) * self.reach
        yaw, pitch = self._chance.uniform(-reach, reach), self._chance.uniform(-reach, reach) * 0.5
        self._wandered = Direction(yaw, pitch)


def _limited(value: float, limit: float) -> float:
    return min(limit, max(-limit, value))
