"""The curves that the timeline can show of a clip: how lively it is, and where a joint goes."""

import numpy as np

from shared.glb import MotionCurve, Sampler
from shared.glb.measures import Body
from studio.ui.parts.motion_plot import Curves

ENERGY = "Energy"
RATE_HZ, MOST_SAMPLES = 60.0, 900
LEAST_SPEED, LEAST_WAY = 0.5, 0.05
"""Body heights per second, and body heights: what less fills the plot's height."""
WAY_TONES = ("danger", "fine", "accent_text")
"""Right, up, forward: red, green, blue, as in Blender."""
MEANINGS = {
    True: "Mean speed of hands and head, in body heights per second.",
    False: "Where the joint goes from its first place, in body heights: red to its left, green up, blue forward.",
}


def energy_curves(curve: MotionCurve, length: float) -> Curves:
    """How fast hands and head are; held to both ends, for it is measured between two samples."""
    seconds = np.concatenate([[0.0], curve.seconds, [length]])
    speeds = np.concatenate([curve.speeds[:1], curve.speeds, curve.speeds[-1:]])
    return Curves(seconds, speeds[None], ("accent_text",), LEAST_SPEED, "")


def joint_curves(sampler: Sampler, body: Body, clip: str, length: float, joint: int) -> Curves:
    """Where one node of the skeleton goes during a clip.

    Raises: NotFound: there is no such clip.
    """
    seconds = np.linspace(0.0, max(length, 1e-3), int(min(max(length * RATE_HZ, 2), MOST_SAMPLES)))
    places = sampler.motion(clip, seconds).world[:, joint, :3, 3]
    way = (places - places[0]).T / body.height
    return Curves(seconds, way, WAY_TONES, LEAST_WAY, "")
