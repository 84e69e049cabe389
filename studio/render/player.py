"""The player: posture and gesture crossfaded, face and eyelids on top. No OpenGL, no Qt; time is given, never asked.

Source: acting.md, section 5. The body's weights always add up to one: every change fades all actions from their
present weights towards the new one, so that anything may interrupt anything.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from shared.contract.acting import ActingMap, ClipSettings, Role
from shared.glb import Glb, Pose, Sampler, blend, morph_nodes
from shared.glb.transforms import Floats

POSTURES: frozenset[Role] = frozenset({"idle", "listening", "thinking", "talking"})

_POSTURE_SECONDS, _LISTENING_SECONDS = 0.45, 0.20
_IN_SECONDS, _OUT_SECONDS, _BETWEEN_SECONDS = 0.25, 0.40, 0.20
_SHORTEST_HOLD, _LONGEST_HOLD = 1.5, 5.0
_BLINK_EVERY = (1.5, 6.0)
_SHUT_SECONDS, _OPEN_SECONDS = 0.06, 0.10
_TWICE = 0.15
"""Share of blinks that come twice."""
_FACE_SECONDS = 0.4


@dataclass(frozen=True)
class Fade:
    """A weight that goes from one value to another."""

    start: float
    target: float
    began: float
    seconds: float

    def at(self, now: float) -> float:
        """The weight at a time."""
        if self.seconds <= 0:
            return self.target
        share = min(max((now - self.began) / self.seconds, 0.0), 1.0)
        return self.start + (self.target - self.start) * share


@dataclass
class Action:
    """One clip that plays."""

    clip: str
    began: float
    offset: float
    """Seconds of the clip at which it began."""
    speed: float
    seconds: float
    loop: bool
    weight: Fade
    ends: float | None = None
    """When the way back to the posture starts; None for a posture."""

    def clip_seconds(self, now: float) -> float:
        """Where in the clip it is."""
        place = self.offset + max(now - self.began, 0.0) * self.speed
        if self.loop and self.seconds > 0:
            return place % self.seconds
        return min(place, self.seconds)


@dataclass
class _Eyelids:
    """Blinks at random times; the seed makes them the same in every run."""

    chance: random.Random
    next_at: float | None = None
    twice: bool = False

    def closed(self, now: float) -> float:
        """How far the lids are shut, 0 to 1."""
        if self.next_at is None:
            self.next_at = now + self.chance.uniform(*_BLINK_EVERY)
        since = now - self.next_at
        if since < 0:
            return 0.0
        if since < _SHUT_SECONDS:
            return since / _SHUT_SECONDS
        if since < _SHUT_SECONDS + _OPEN_SECONDS:
            return 1.0 - (since - _SHUT_SECONDS) / _OPEN_SECONDS
        again = not self.twice and self.chance.random() < _TWICE
        self.twice = again
        self.next_at = now + (0.12 if again else self.chance.uniform(*_BLINK_EVERY))
        return 0.0


@dataclass
class _Face:
    """Morph weights asked for beside the clips', each on its way to its target."""

    fades: dict[str, Fade] = field(default_factory=dict)

    def ask(self, weights: Mapping[str, float], now: float, seconds: float) -> None:
        for name in {*self.fades, *weights}:
            present = self.fades[name].at(now) if name in self.fades else 0.0
            self.fades[name] = Fade(present, weights.get(name, 0.0), now, seconds)

    def at(self, now: float) -> dict[str, float]:
        return {name: fade.at(now) for name, fade in self.fades.items()}

    def resting(self, now: float) -> bool:
        return all(now >= fade.began + fade.seconds for fade in self.fades.values())


class Player:
    """Plays the clips of one GLB. `now` is any steady clock in seconds."""

    def __init__(self, glb: Glb, acting: ActingMap | None = None, seed: int = 0) -> None:
        self.sampler = Sampler(glb)
        self.acting = acting or ActingMap()
        self.blinking = True
        self._names = morph_nodes(glb)
        self._actions: list[Action] = []
        self._posture: Action | None = None
        self._gesture: Action | None = None
        self._eyelids = _Eyelids(random.Random(seed))
        self._face = _Face()
        self._mouth: dict[str, float] = {}

    @property
    def posture(self) -> str | None:
        """The clip of the posture."""
        return None if self._posture is None else self._posture.clip

    @property
    def gesture(self) -> str | None:
        """The clip of the gesture, until the way back to the posture starts."""
        return None if self._gesture is None else self._gesture.clip

    @property
    def moving(self) -> bool:
        """Whether another picture would differ from the last."""
        return bool(self._actions) or bool(self.blinking and self.acting.face.blink) or bool(self._face.fades)

    def play(self, clip: str, role: Role | None, now: float) -> None:
        """Play a clip as its role asks: a posture stays, everything else is a gesture.

        Raises: NotFound: there is no such clip.
        """
        if role in POSTURES:
            self.play_posture(clip, now, _LISTENING_SECONDS if role == "listening" else _POSTURE_SECONDS)
        else:
            self.play_gesture(clip, now)

    def play_posture(self, clip: str, now: float, seconds: float = _POSTURE_SECONDS) -> None:
        """Make a clip the posture; while a gesture plays, it waits beneath for the way back.

        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        if self._posture is not None and self._posture.clip == clip:
            return
        self._posture = self._begin(clip, now, offset=0.0, loop=True)
        if self._gesture is None:
            self._fade_to(self._posture, now, seconds)

    def play_gesture(self, clip: str, now: float) -> None:
        """Play a clip once over the posture, from just before it moves, and give control back.

        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        settings = self._settings(clip)
        fade = self._scaled(_BETWEEN_SECONDS if self._gesture is not None else _IN_SECONDS)
        out = self._scaled(_OUT_SECONDS)
        offset = max(0.0, settings.active_start - fade * settings.speed)
        gesture = self._begin(clip, now, offset, loop=settings.loop)
        gesture.ends = now + _hold_seconds(gesture, settings, out)
        self._gesture = gesture
        self._fade_to(gesture, now, fade, scaled=True)

    def preview(self, clip: str, now: float) -> None:
        """Loop a clip over everything until something else is played, for looking at it.

        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        self._gesture = self._begin(clip, now, 0.0, loop=True)
        self._fade_to(self._gesture, now, _IN_SECONDS)

    def stop_gesture(self, now: float) -> None:
        """Give control back to the posture now."""
        self._advance(now)
        if self._gesture is not None:
            self._gesture = None
            self._fade_to(self._posture, now, _OUT_SECONDS)

    def set_face(self, weights: Mapping[str, float], now: float, seconds: float = _FACE_SECONDS) -> None:
        """Bring these morph targets, by name, to these weights, and all others that were asked for back to 0."""
        self._face.ask(weights, now, self._scaled(seconds))

    def set_mouth(self, weights: Mapping[str, float]) -> None:
        """Set the mouth's morph targets at once; it stops in the frame in which this is empty."""
        self._mouth = dict(weights)

    def pose(self, now: float) -> Pose:
        """The avatar at a time: clips mixed, then face, mouth and eyelids on top."""
        self._advance(now)
        poses = [self.sampler.pose(action.clip, action.clip_seconds(now)) for action in self._actions]
        weights = [action.weight.at(now) for action in self._actions]
        mixed = blend(poses, weights, self.sampler.rest) if poses else self.sampler.rest
        return replace(mixed, weights=self._with_face(mixed, now))

    def weights_now(self, now: float) -> dict[str, float]:
        """How much of each clip is in the pose; for showing, and for tests."""
        self._advance(now)
        shown: dict[str, float] = {}
        for action in self._actions:
            shown[action.clip] = shown.get(action.clip, 0.0) + action.weight.at(now)
        return shown

    def _with_face(self, mixed: Pose, now: float) -> dict[int, Floats]:
        asked = self._face.at(now)
        for name, value in self._mouth.items():
            asked[name] = max(asked.get(name, 0.0), value)
        if self.blinking and self.acting.face.blink:
            shut = self._eyelids.closed(now)
            for name in self.acting.face.blink:
                asked[name] = max(asked.get(name, 0.0), shut)
        rows = dict(mixed.weights)
        for node, names in self._names.items():
            extra = np.array([asked.get(name, 0.0) for name in names])
            # Where a clip moves the same target, the stronger of the two is seen.
            rows[node] = np.maximum(rows[node], extra) if extra.any() else rows[node]
        return rows

    def _advance(self, now: float) -> None:
        gesture = self._gesture
        if gesture is not None and gesture.ends is not None and now >= gesture.ends:
            # By the clock, not by the frame that noticed: a late frame may not lengthen the gesture.
            self._gesture = None
            self._fade_to(self._posture, gesture.ends, _OUT_SECONDS)
        self._actions = [action for action in self._actions if not _gone(action, now)]

    def _begin(self, clip: str, now: float, offset: float, loop: bool) -> Action:
        settings = self._settings(clip)
        seconds = self.sampler.clip(clip).seconds
        return Action(clip, now, offset, settings.speed, seconds, loop, Fade(0.0, 0.0, now, 0.0))

    def _fade_to(self, chosen: Action | None, now: float, seconds: float, scaled: bool = False) -> None:
        if chosen is None:
            # A gesture without a posture beneath: its last pose stays rather than the bind pose.
            return
        if all(action is not chosen for action in self._actions):
            self._actions.append(chosen)
        alone = len(self._actions) == 1
        length = 0.0 if alone else seconds if scaled else self._scaled(seconds)
        for action in self._actions:
            action.weight = Fade(action.weight.at(now), 1.0 if action is chosen else 0.0, now, length)

    def _settings(self, clip: str) -> ClipSettings:
        known = self.acting.clips.get(clip)
        return known or ClipSettings(duration=max(self.sampler.clip(clip).seconds, 0.0))

    def _scaled(self, seconds: float) -> float:
        return seconds / self.acting.snappiness


def _gone(action: Action, now: float) -> bool:
    return action.weight.target == 0 and now >= action.weight.began + action.weight.seconds


def _hold_seconds(gesture: Action, settings: ClipSettings, out: float) -> float:
    """How long a gesture plays before its way back starts: no shorter than a blink of meaning, no longer than 5 s."""
    speed = gesture.speed
    if gesture.loop and gesture.seconds > 0:
        rounds = max(1, int(np.ceil(_SHORTEST_HOLD * speed / gesture.seconds)))
        end = rounds * gesture.seconds
    else:
        active_end = gesture.seconds if settings.active_end is None else settings.active_end
        end = min(gesture.seconds, active_end + out * speed)
    return float(np.clip((end - gesture.offset) / speed - out, 0.0, _LONGEST_HOLD - out))
