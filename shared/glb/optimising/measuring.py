"""The truth about a lighter file: how far its joints are from where they were."""

import numpy as np

from shared.glb.document import Glb
from shared.glb.optimising.reach import Reach
from shared.glb.sampling import Sampler
from shared.glb.transforms import Floats

_RATE_HZ = 60.0
_MOST_TIMES = 400


def times_of(seconds: float) -> Floats:
    """When a clip is looked at: between its keys as well."""
    return np.linspace(0.0, seconds, int(min(max(seconds * _RATE_HZ, 2), _MOST_TIMES)) + 1)


class Yardstick:
    """Holds where the points of the original are, clip by clip; anything of the same nodes is measured against it."""

    def __init__(self, glb: Glb, reach: Reach) -> None:
        self._sampler, self._reach = Sampler(glb), reach
        self.clips = len(glb.clip_names)
        self._latest: tuple[int, Floats] | None = None

    def error(self, other: Sampler, clip: int) -> float:
        """Body heights by which the worst point of a clip is off."""
        times = times_of(self._sampler.clip(clip).seconds)
        if self._latest is None or self._latest[0] != clip:
            self._latest = clip, self._reach.points(self._sampler.motion(clip, times))
        there = self._reach.points(other.motion(clip, times))
        return float(np.sqrt(((self._latest[1] - there) ** 2).sum(axis=-1)).max(initial=0.0))

    def errors(self, other: Glb) -> list[float]:
        """The same for every clip."""
        sampler = Sampler(other)
        return [self.error(sampler, clip) for clip in range(self.clips)]
