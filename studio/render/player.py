"""The player: posture and gesture in layers; head, face and eyelids on top. No OpenGL, no Qt; time is given.

Source: acting.md, section 5; layers, times and head as in the widget's stage.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from shared.acting.manners import MANNERS
from shared.acting.timing import gesture_fades, gesture_times, posture_fade
from shared.acting.vocabulary import GESTURE_TO_GESTURE_SECONDS
from shared.contract.acting import ActingMap, FaceRig, Role
from shared.glb import Glb, Pose, Sampler, all_morphs, blend, morph_nodes
from shared.glb.takes import Takes
from shared.glb.transforms import Floats
from studio.render.attention import Eyelids, Gaze
from studio.render.head import Head, HeadMove, Manner
from studio.render.layers import Expression, Layer, LayerStack, eased, weights_of

POSTURES: frozenset[Role] = frozenset({"idle", "listening", "thinking", "talking"})

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
        self.takes = Takes(self.sampler, {}, FaceRig())
        self._glb = glb
        self._chance = random.Random(seed)
        self._names = morph_nodes(glb)
        self._postures, self._gestures = LayerStack(based=True), LayerStack()
        self._played_at: dict[str, float] = {}
        self._way_back: float | None = None
        self._previewing = False
        self._eyelids, self._gaze = Eyelids(self._chance), Gaze(self._chance)
        self._face = Expression()
        self._mouth: dict[str, float] = {}
        self._last: float | None = None
        self._until_nod = 0.5
        self.acting = acting or ActingMap()

    @property
    def acting(self) -> ActingMap:
        """The acting map that is played by."""
        return self._acting

    @acting.setter
    def acting(self, acting: ActingMap) -> None:
        self._acting = acting
        self.takes = Takes(self.sampler, acting.clips, acting.face, self.takes)
        self._head = Head(self._glb, acting.face, acting.front, all_morphs(self._glb))
        self._manner = MANNERS[acting.preset]
        self._gaze.reach, self._gaze.pace = self._manner.life, self._manner.pace
        for layer in [*self._postures.layers, *self._gestures.layers]:
            self._retake(layer, self._last or 0.0)

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
            self.play_posture(clip, now, role)
        else:
            self.play_gesture(clip, now)

    def play_posture(self, clip: str, now: float, role: Role = "idle") -> None:
        """Make a clip the posture; a gesture goes on over it.

        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        if self.posture == clip:
            return
        first = self._postures.top is None
        layer = self._layer(clip, now, self.takes.window(clip).start, loop=True)
        fade = posture_fade(self.takes.settings(clip), role, self.acting.snappiness)
        self._postures.push(layer, now, 0.0 if first else fade)

    def play_gesture(self, clip: str, now: float, *, upper_body_only: bool = False) -> None:
        """Play a clip once over the posture, from just before it moves, and give control back.

        Args:
            upper_body_only: the legs stay with the posture, for cues of middling intensity.
        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        settings, seconds = self.takes.settings(clip), max(self.sampler.clip(clip).seconds, 0.0)
        fades = gesture_fades(settings, self.acting.snappiness, over_gesture=self._gestures.top is not None)
        times = gesture_times(settings, seconds, fades)
        layer = self._layer(clip, now, times.begins, settings.loop, upper_only=upper_body_only)
        layer.out_seconds = fades.out_seconds
        self._gestures.push(layer, now, fades.in_seconds)
        self._way_back, self._previewing = now + times.hold_seconds, False
        self._played_at[clip] = now

    def rests(self, clip: str, now: float) -> bool:
        """Whether a clip with a cooldown of its own was played too lately to be played again."""
        cooldown = self.takes.settings(clip).cooldown_seconds
        return cooldown is not None and now - self._played_at.get(clip, float("-inf")) < cooldown

    def preview(self, clip: str, now: float, begins: float | None = None) -> None:
        """Loop a clip by its settings over everything, without any life of our own, until something else is played.

        Args:
            begins: seconds of the clip; None is where its settings let it begin.
        Raises: NotFound: there is no such clip.
        """
        self._advance(now)
        fades = gesture_fades(self.takes.settings(clip), self.acting.snappiness)
        window = self.takes.window(clip)
        offset = window.start if begins is None else min(max(begins, window.start), window.end)
        layer = self._layer(clip, now, offset, loop=True)
        layer.out_seconds = fades.out_seconds
        self._gestures.push(layer, now, fades.in_seconds)
        self._way_back, self._previewing = None, True

    def place(self, now: float) -> float | None:
        """Where in its clip the gesture is, seconds of the clip; None without one."""
        top = self._gestures.top
        return None if top is None or self.gesture is None else top.clip_seconds(now)

    def held(self, clip: str, seconds: float, now: float) -> Pose:
        """A clip by its settings at one place of it, over the posture where it leaves something to it.

        Raises: NotFound: there is no such clip.
        """
        weighed = weights_of((self._postures,), now) if self.takes.is_partial(clip) else []
        poses = [self._layer_pose(layer, now) for layer, _ in weighed]
        additive = self.takes.settings(clip).additive
        # So much more than all below that none of it is seen where both move something.
        own = 1.0 if additive or not weighed else 1e4 * sum(weight for _, weight in weighed)
        mixed = blend(
            [*poses, self.takes.pose(clip, seconds)], [*(weight for _, weight in weighed), own], self.sampler.rest
        )
        return replace(mixed, weights=self._with_faces(mixed, [self._face.at(now)]))

    def stop_gesture(self, now: float) -> None:
        """Give control back to the posture now, and quickly."""
        self._advance(now)
        self._head.stop()
        if self.gesture is not None:
            self._give_back(now, self._scaled(GESTURE_TO_GESTURE_SECONDS))

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
        faces = [self._expression(now), self._mouth]
        if self.lively and not self._previewing:
            mixed, eyes = self._live(mixed, seconds)
            faces.append(eyes)
        return replace(mixed, weights=self._with_faces(mixed, faces))

    def shares(self, now: float) -> dict[str, float]:
        """How much of each clip is seen, adding up to 1; what is added to the others comes on top of that."""
        self._advance(now)
        seen: dict[str, float] = {}
        left = 1.0
        for layer in [*self._postures.layers, *self._gestures.layers][::-1]:
            cover = eased(layer.cover.at(now))
            seen[layer.clip] = seen.get(layer.clip, 0.0) + left * cover
            left *= 1.0 if layer.additive else 1 - cover
        return seen

    def _expression(self, now: float) -> dict[str, float]:
        """The emotion's face; a gesture that makes a face of its own leaves less to it."""
        taken = max((layer.cover.at(now) * self._strongest(layer.clip) for layer in self._gestures.layers), default=0.0)
        return {name: weight * (1 - taken) for name, weight in self._face.at(now).items()}

    def _strongest(self, clip: str) -> float:
        """Of the morph weights that a clip sets, at most 1."""
        tracks = [track.values for track in self.takes.clip(clip).tracks if track.path == "weights"]
        return min(1.0, max((float(values.max()) for values in tracks), default=0.0))

    def _live(self, mixed: Pose, seconds: float) -> tuple[Pose, dict[str, float]]:
        has_own = self.manner in self.acting.roles
        free = self.gesture is None
        look = self._gaze.update(seconds, self.manner == "thinking" and not has_own, 1.0 if free else _LOOK_IN_GESTURE)
        self._until_nod -= seconds
        if self.manner == "listening" and not has_own and free and self._until_nod <= 0:
            self._head.play("slow_nod")
            self._until_nod = self._chance.uniform(*_NOD_EVERY) / self._manner.pace
        chest = self._head.chest
        breathing = chest is not None and not bool(mixed.bound[chest, 1])
        talking = self.manner == "talking" and not has_own and bool(self._mouth)
        lived, eyes = self._head.apply(mixed, Manner(look, talking, breathing, self._manner.life), seconds)
        shut = self._eyelids.update(seconds)
        return lived, {**eyes, **dict.fromkeys(self.acting.face.blink, shut)}

    def _with_faces(self, mixed: Pose, faces: Iterable[Mapping[str, float]]) -> dict[int, Floats]:
        """The clips' morph weights with ours added, none below 0 nor above 1."""
        rows = dict(mixed.weights)
        for asked in faces:
            for node, names in self._names.items():
                extra = np.array([asked.get(name, 0.0) for name in names])
                rows[node] = np.where(extra != 0, np.clip(rows[node] + extra, 0.0, 1.0), rows[node])
        return rows

    def _layer_pose(self, layer: Layer, now: float) -> Pose:
        return self.takes.pose(layer.clip, layer.clip_seconds(now), upper_only=layer.upper_only)

    def _advance(self, now: float) -> None:
        if self._way_back is not None and now >= self._way_back:
            # By the clock, not by the frame that noticed: a late frame may not lengthen the gesture.
            self._drop_hidden(self._way_back)
            self._give_back(self._way_back)
        self._drop_hidden(now)

    def _drop_hidden(self, now: float) -> None:
        self._postures.advance(now)
        self._gestures.advance(now)

    def _give_back(self, now: float, seconds: float | None = None) -> None:
        self._way_back, self._previewing = None, False
        top = self._gestures.top
        if self._postures.top is not None and top is not None:
            # Without a posture beneath, the gesture's last pose stays rather than the bind pose.
            self._gestures.release(now, top.out_seconds if seconds is None else seconds)

    def _step(self, now: float) -> float:
        since = 0.0 if self._last is None else max(0.0, now - self._last)
        self._last = now
        return _AFTER_SLEEP_SECONDS if since > _SLEEP_SECONDS else since

    def _layer(self, clip: str, now: float, offset: float, loop: bool, *, upper_only: bool = False) -> Layer:
        settings = self.takes.settings(clip)
        return Layer(
            clip=clip,
            began=now,
            offset=offset,
            speed=settings.speed,
            window=self.takes.window(clip),
            loop=loop,
            upper_only=upper_only,
            partial=self.takes.is_partial(clip, upper_only=upper_only),
            additive=settings.additive,
        )

    def _retake(self, layer: Layer, now: float) -> None:
        """Go on with a clip from where it is by settings that have changed."""
        settings, window = self.takes.settings(layer.clip), self.takes.window(layer.clip)
        layer.offset, layer.began = min(max(layer.clip_seconds(now), window.start), window.end), now
        layer.speed, layer.window, layer.additive = settings.speed, window, settings.additive
        layer.partial = self.takes.is_partial(layer.clip, upper_only=layer.upper_only)

    def _scaled(self, seconds: float) -> float:
        return seconds / self.acting.snappiness
