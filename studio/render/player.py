"""The player: posture and gesture in layers; head, face and eyelids on top. No OpenGL, no Qt; time is given.

Source: acting.md, section 5; layers, times and head as in the widget's stage.
"""

import random
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from shared.contract.acting import ActingMap, ClipSettings, Role
from shared.glb import Glb, Pose, Sampler, all_morphs, blend, morph_nodes
from shared.glb.transforms import Floats
from studio.render.attention import Eyelids, Gaze
from studio.render.head import Head, HeadMove, Manner
from studio.render.layers import Expression, Layer, LayerStack, eased, hold_seconds, weights_of
from studio.render.torso import masked, upper_body

POSTURES: frozenset[Role] = frozenset({"idle", "listening", "thinking", "talking"})

_POSTURE_SECONDS, _LISTENING_SECONDS = 0.45, 0.20
_IN_SECONDS, _OUT_SECONDS, _BETWEEN_SECONDS = 0.25, 0.40, 0.20
_FACE_SECONDS = 0.4
_NOD_EVERY = (2.8, 5.5)
"""Seconds between the nods of an avatar that listens without a clip for it."""
_LOOK_IN_GESTURE = 0.35
_SLEEP_SECONDS, _AFTER_SLEEP_SECONDS = 0.6, 0.1


class Player:
    """Plays the clips of one GLB. `now` is any steady clock in seconds."""

    def __init__(self, glb: Glb, acting: ActingMap | None = None, seed: int = 0) -> None:
        self.sampler = Sampler(glb)
        self.lively = True
        """Whether eyes blink and wander, and the chest breathes."""
        self.manner: Role = "idle"
        """The posture's role; `play` sets it, and who calls `play_posture` may."""
        self._glb = glb
        self._chance = random.Random(seed)
        self._names = morph_nodes(glb)
        self.acting = acting or ActingMap()
        self._postures, self._gestures = LayerStack(), LayerStack()
        self._way_back: float | None = None
        self._previewing = False
        self._eyelids, self._gaze = Eyelids(self._chance), Gaze(self._chance)
        self._face = Expression()
        self._mouth: dict[str, float] = {}
        self._last: float | None = None
        self._until_nod = 0.5

    @property
    def acting(self) -> ActingMap:
        """The acting map that is played by."""
        return self._acting

    @acting.setter
    def acting(self, acting: ActingMap) -> None:
        self._acting = acting
        self._upper = upper_body(self._glb, acting.face)
        self._head = Head(self._glb, acting.face, acting.front, all_morphs(self._glb))

    @property
    def posture(self) -> str | None:
        """The clip of the posture."""
        return None if self._postures.top is None else self._postures.top.clip

    @property
    def gesture(self) -> str | None:
        """The clip of the gesture, until the way back to the posture starts."""
        top = self._gestures.top
        return None if top is None or (self._way_back is None and not self._previewing) else top.clip

    @property
    def moving(self) -> bool:
        """Whether another picture would differ from the last."""
        plays = bool(self._postures.layers or self._gestures.layers or self._face.fades)
        return plays or self._head.moving or (self.lively and bool(self.acting.face.blink or self.acting.face.head))

    def play(self, clip: str, role: Role | None, now: float) -> None:
        """Play a clip as its role asks: a posture stays, everything else is a gesture.

        Raises: NotFound: there is no such clip.
        """
        if role in POSTURES:
            self.manner = role
            self.play_posture(clip, now, _LISTENING_SECONDS if role == "listening" else _POSTURE_SECONDS)
        else:
            self.play_gesture(clip, now)

    def play_posture(self, clip: str, now: float, seconds: float = _POSTURE_SECONDS) -> None:
        """Make a clip the posture; a gesture goes on over it.

        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        if self.posture == clip:
            return
        first = self._postures.top is None
        self._postures.push(self._layer(clip, now, 0.0, loop=True), now, 0.0 if first else self._scaled(seconds))

    def play_gesture(self, clip: str, now: float, *, upper_body_only: bool = False) -> None:
        """Play a clip once over the posture, from just before it moves, and give control back.

        Args:
            upper_body_only: the legs stay with the posture, for cues of middling intensity.
        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        settings, again = self._settings(clip), self._gestures.top is not None
        fade_in, fade_out = self._scaled(_BETWEEN_SECONDS if again else _IN_SECONDS), self._scaled(_OUT_SECONDS)
        layer = self._layer(clip, now, max(0.0, settings.active_start - fade_in * settings.speed), settings.loop)
        layer.upper_body_only = upper_body_only and bool(self._upper.any())
        self._gestures.push(layer, now, fade_in)
        self._way_back, self._previewing = now + hold_seconds(layer, settings, fade_out), False

    def preview(self, clip: str, now: float) -> None:
        """Loop a clip over everything, without any life of our own, until something else is played.

        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        self._gestures.push(self._layer(clip, now, 0.0, loop=True), now, self._scaled(_IN_SECONDS))
        self._way_back, self._previewing = None, True

    def stop_gesture(self, now: float) -> None:
        """Give control back to the posture now."""
        self._advance(now)
        self._head.stop()
        if self.gesture is not None:
            self._give_back(now)

    def move_head(self, move: HeadMove) -> None:
        """Nod or shake the head by its joints, for an avatar without such a clip."""
        self._head.play(move)

    def look_at(self, right: float, up: float) -> None:
        """Look towards a pointer; its distances from the avatar's eyes in heights of the viewport."""
        self._gaze.point_at(right, up)

    def set_face(self, weights: Mapping[str, float], now: float, seconds: float = _FACE_SECONDS) -> None:
        """Bring these morph targets, by name, to these weights, and all others that were asked for back to 0."""
        self._face.ask(weights, now, self._scaled(seconds))

    def set_mouth(self, weights: Mapping[str, float]) -> None:
        """Set the mouth's morph targets at once; it stops in the frame in which this is empty."""
        self._mouth = dict(weights)

    def pose(self, now: float) -> Pose:
        """The avatar at a time: clips in layers, then head, face, mouth and eyelids on top."""
        self._advance(now)
        seconds = self._step(now)
        weighed = weights_of((self._postures, self._gestures), now)
        poses = [self._layer_pose(layer, now) for layer, _ in weighed]
        mixed = blend(poses, [weight for _, weight in weighed], self.sampler.rest) if poses else self.sampler.rest
        asked = self._face.at(now)
        for name, value in self._mouth.items():
            asked[name] = max(asked.get(name, 0.0), value)
        if self.lively and not self._previewing:
            mixed = self._live(mixed, asked, seconds)
        return replace(mixed, weights=self._with_face(mixed, asked))

    def shares(self, now: float) -> dict[str, float]:
        """How much of each clip is seen, adding up to 1."""
        self._advance(now)
        seen: dict[str, float] = {}
        left = 1.0
        for layer in [*self._postures.layers, *self._gestures.layers][::-1]:
            cover = eased(layer.cover.at(now))
            seen[layer.clip] = seen.get(layer.clip, 0.0) + left * cover
            left *= 1 - cover
        return seen

    def _live(self, mixed: Pose, asked: dict[str, float], seconds: float) -> Pose:
        has_own = self.manner in self.acting.roles
        free = self.gesture is None
        look = self._gaze.update(seconds, self.manner == "thinking" and not has_own, 1.0 if free else _LOOK_IN_GESTURE)
        self._until_nod -= seconds
        if self.manner == "listening" and not has_own and free and self._until_nod <= 0:
            self._head.play("slow_nod")
            self._until_nod = self._chance.uniform(*_NOD_EVERY)
        chest = self._head.chest
        breathing = chest is not None and not bool(mixed.bound[chest, 1])
        talking = self.manner == "talking" and not has_own and bool(self._mouth)
        lived, eyes = self._head.apply(mixed, Manner(look, talking, breathing), seconds)
        shut = self._eyelids.update(seconds)
        for name, value in {**eyes, **dict.fromkeys(self.acting.face.blink, shut)}.items():
            asked[name] = max(asked.get(name, 0.0), value)
        return lived

    def _with_face(self, mixed: Pose, asked: Mapping[str, float]) -> dict[int, Floats]:
        rows = dict(mixed.weights)
        for node, names in self._names.items():
            extra = np.array([asked.get(name, 0.0) for name in names])
            # Where a clip moves the same target, the stronger of the two is seen.
            rows[node] = np.maximum(rows[node], extra) if extra.any() else rows[node]
        return rows

    def _layer_pose(self, layer: Layer, now: float) -> Pose:
        pose = self.sampler.pose(layer.clip, layer.clip_seconds(now))
        return masked(pose, self._upper) if layer.upper_body_only else pose

    def _advance(self, now: float) -> None:
        if self._way_back is not None and now >= self._way_back:
            # By the clock, not by the frame that noticed: a late frame may not lengthen the gesture.
            self._give_back(self._way_back)
        self._postures.advance(now)
        self._gestures.advance(now)

    def _give_back(self, now: float) -> None:
        self._way_back, self._previewing = None, False
        if self._postures.top is not None:
            # Without a posture beneath, the gesture's last pose stays rather than the bind pose.
            self._gestures.release(now, self._scaled(_OUT_SECONDS))

    def _step(self, now: float) -> float:
        since = 0.0 if self._last is None else max(0.0, now - self._last)
        self._last = now
        return _AFTER_SLEEP_SECONDS if since > _SLEEP_SECONDS else since

    def _layer(self, clip: str, now: float, offset: float, loop: bool) -> Layer:
        return Layer(clip, now, offset, self._settings(clip).speed, self.sampler.clip(clip).seconds, loop)

    def _settings(self, clip: str) -> ClipSettings:
        known = self.acting.clips.get(clip)
        return known or ClipSettings(duration=max(self.sampler.clip(clip).seconds, 0.0))

    def _scaled(self, seconds: float) -> float:
        return seconds / self.acting.snappiness
