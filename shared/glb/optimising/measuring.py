"""The truth about a lighter file: how far its joints are from where they were."""

import numpy as np

from shared.glb.curves import Clip
from shared.glb.document import Glb
from shared.glb.optimising.reach import Reach
from shared.glb.sampling import Sampler
from shared.glb.transforms import Floats

_MOST_MOMENTS = 500
_FINER = 3


def moments_of(clip: Clip, finer: int) -> Floats:
    """When a clip is looked at: at its keys, where curves bend, and between them."""
    keys = np.unique(np.concatenate([track.times for track in clip.tracks])) if clip.tracks else np.zeros(1)
    kept = keys[:: -(-len(keys) // _MOST_MOMENTS)]
    between = [kept[:-1] + np.diff(kept) * part / (finer + 1) for part in range(1, finer + 1)]
    return np.sort(np.concatenate([kept, *between, [clip.seconds]]))


class Yardstick:
    """Holds where the points of the original are, clip by clip; anything of the same nodes is measured against it."""

    def __init__(self, glb: Glb, reach: Reach) -> None:
        self._sampler, self._reach = Sampler(glb), reach
        self.clips = len(glb.clip_names)
        self._latest: tuple[tuple[int, int], Floats] | None = None

    def error(self, other: Sampler, clip: int, finer: int = 1) -> float:
        """Body heights by which the worst point of a clip is off."""
        times = moments_of(self._sampler.clip(clip), finer)
        if self._latest is None or self._latest[0] != (clip, finer):
            self._latest = (clip, finer), self._reach.points(self._sampler.motion(clip, times))
        there = self._reach.points(other.motion(clip, times))
        return float(np.sqrt(((self._latest[1] - there) ** 2).sum(axis=-1)).max(initial=0.0))

    def errors(self, other: Glb) -> list[float]:
        """The same for every clip, at more moments."""
        sampler = Sampler(other)
        return [self.error(sampler, clip, _FINER) for clip in range(self.clips)]
