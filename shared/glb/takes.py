"""Takes: clips as the designer's settings play them: reflected, kept in place, masked, added to what lies beneath.

takes = Takes(Sampler(glb), acting.clips, acting.face)
takes.pose("Wave", 0.4)                      # as `Sampler.pose`, and its `additive` says how `blend` takes it
takes.window("Wave")                         # what of it is played when it is trimmed
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from shared.contract.acting import ClipSettings, FaceRig
from shared.glb.curves import Clip
from shared.glb.document import Glb
from shared.glb.mirroring import Mirror, find_mirror, mirrored
from shared.glb.rooting import locked
from shared.glb.sampling import Motion, Pose, Sampler
from shared.glb.torso import Torso, find_torso
from shared.glb.transforms import Floats, conjugate, multiply, normalise
from shared.glb.windows import Window, window_of

_STILL = 1e-6
"""Of a turn's axis, times the sine of half its angle: so little is not seen."""
_MOST_MADE = 256


class Takes:
    """The clips of one GLB by one set of settings. Each is prepared when it is first asked for.

    Args:
        before: takes of the same sampler by other settings; what does not change for it is not prepared again.
    """

    def __init__(
        self,
        sampler: Sampler,
        settings: Mapping[str, ClipSettings],
        face: FaceRig,
        before: "Takes | None" = None,
    ) -> None:
        self.sampler = sampler
        self._settings = settings
        self._making: _Making = _Making(sampler, face)
        if before is not None and before.sampler is sampler and before._making.face == face:
            self._making = before._making

    @property
    def glb(self) -> Glb:
        """Whose clips these are."""
        return self.sampler.glb

    @property
    def torso(self) -> Torso:
        """The parts of the body that masks know."""
        return self._making.torso

    @property
    def mirror(self) -> Mirror:
        """How the body is reflected; without pairs a mirrored clip plays as it is."""
        return self._making.mirror

    def settings(self, clip: str) -> ClipSettings:
        """The settings of a clip; the plainest for one that the designer's map does not know."""
        return self._settings.get(clip) or ClipSettings(duration=max(self.sampler.clip(clip).seconds, 0.0))

    def window(self, clip: str) -> Window:
        """What of a clip is played."""
        return window_of(self.settings(clip), max(self.sampler.clip(clip).seconds, 0.0))

    def clip(self, name: str) -> Clip:
        """The tracks as they are played; times are those of the file's own clip.

        Raises: NotFound: there is no such clip.
        """
        settings = self.settings(name)
        plain = not (settings.mirror or settings.lock_root or settings.additive)
        return self.sampler.clip(name) if plain else self._making.clip(name, settings)

    def is_partial(self, clip: str, *, upper_only: bool = False) -> bool:
        """Whether a clip leaves something to what lies beneath it."""
        settings = self.settings(clip)
        return settings.additive or self.torso.nodes(settings.mask, upper_only=upper_only) is not None

    def motion(self, clip: str, seconds: Floats, *, upper_only: bool = False) -> Motion:
        """A clip at many times (T,); `bound` is what its mask lets it move."""
        settings = self.settings(clip)
        motion = self.sampler.motion(self.clip(clip), seconds)
        nodes = self.torso.nodes(settings.mask, upper_only=upper_only)
        if nodes is None:
            return replace(motion, additive=True) if settings.additive else motion
        # The face belongs to every part: its weights are never masked.
        bound, rest = motion.bound & nodes[:, None], self.sampler.skeleton
        return replace(
            motion,
            translation=np.where(bound[:, 0:1], motion.translation, rest.translation),
            rotation=np.where(bound[:, 1:2], motion.rotation, rest.rotation),
            scale=np.where(bound[:, 2:3], motion.scale, rest.scale),
            bound=bound,
            additive=settings.additive,
        )

    def pose(self, clip: str, seconds: float, *, upper_only: bool = False) -> Pose:
        """A clip at one time."""
        return self.motion(clip, np.array([seconds], np.float64), upper_only=upper_only).pose(0)


class _Making:
    """What takes of one body are made with, and those that were made."""

    def __init__(self, sampler: Sampler, face: FaceRig) -> None:
        self.face = face
        self._sampler = sampler
        self._made: dict[tuple[str, bool, bool, bool, float], Clip] = {}

    @cached_property
    def torso(self) -> Torso:
        return find_torso(self._sampler.glb, self.face)

    @cached_property
    def mirror(self) -> Mirror:
        return find_mirror(self._sampler)

    def clip(self, name: str, settings: ClipSettings) -> Clip:
        start = window_of(settings, max(self._sampler.clip(name).seconds, 0.0)).start
        key = (name, settings.mirror, settings.lock_root, settings.additive, start)
        if key not in self._made:
            if len(self._made) >= _MOST_MADE:
                # A handle that is dragged makes one for each of its places.
                self._made.clear()
            self._made[key] = self._make(name, settings, start)
        return self._made[key]

    def _make(self, name: str, settings: ClipSettings, start: float) -> Clip:
        clip = self._sampler.clip(name)
        if settings.mirror:
            clip = mirrored(clip, self.mirror, self._sampler)
        if settings.lock_root and self.torso.hips is not None:
            clip = locked(clip, self._sampler, self.torso.hips, start)
        return _differences(clip, self._sampler, start) if settings.additive else clip


def _differences(clip: Clip, sampler: Sampler, start: float) -> Clip:
    """The clip as what is to be added to another pose: its difference from itself at `start`.

    Turns are taken as three.js adds them: the pose beneath, then the difference, in the joint's own axes.
    Source: three.js r187, AnimationUtils.makeClipAdditive.
    """
    begun = sampler.motion(clip, np.array([start], np.float64)).pose(0)
    tracks = []
    for track in clip.tracks:
        if track.path == "rotation":
            values = multiply(conjugate(normalise(begun.rotation[track.node])), track.values)
            # Keys in whole numbers are not quite of length one, and here the pose beneath would be scaled with them.
            values = values if track.cubic else normalise(values)
            # Next to nothing is nothing: three would normalise what lies beneath, or not, by the last of its digits.
            still = np.abs(values[..., :3]).max(axis=-1) < _STILL
            values[still] = (0.0, 0.0, 0.0, 1.0)
        else:
            origin = begun.weights[track.node] if track.path == "weights" else _part(begun, track.path)[track.node]
            rests = np.zeros((3, len(origin)) if track.cubic else (1, len(origin)))
            rests[1 if track.cubic else 0] = origin
            values = track.values - rests
        tracks.append(replace(track, values=values))
    return replace(clip, tracks=tuple(tracks))


def _part(pose: Pose, path: str) -> Floats:
    return pose.translation if path == "translation" else pose.scale
