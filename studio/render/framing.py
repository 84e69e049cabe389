"""The avatar's measures, and where the camera stands for a framing: by the widget's numbers. No OpenGL.

Kept equal to `widget/src/stage/framing.ts`; a test compares the matrices.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np

from shared.glb import Glb, Pose, Primitive, posed_positions

Framing = Literal["full", "half", "bust"]

FIELD_OF_VIEW_RADIANS = float(np.radians(24.0))
"""From the lower to the upper edge: a portrait lens, that does not bend faces."""
_MOST_SAMPLES = 400
_DIRECTIONS = np.array([way for way in product((-1, 0, 1), repeat=3) if any(way)], np.float32)
"""To the sides, edges and corners of a cube: where tips are looked for."""
"""Of a mesh's vertices: enough to stand a camera by."""


@dataclass(frozen=True)
class Figure:
    """The avatar as it stands in its idle."""

    bottom: float = 0.0
    height: float = 1.0
    width: float = 0.6
    depth: float = 0.6
    centre_x: float = 0.0
    centre_z: float = 0.0

    def scaled(self) -> "Figure":
        """The same one unit high, standing on the origin: as it is in the scene."""
        return Figure(0.0, 1.0, self.width / self.height, self.depth / self.height)


@dataclass(frozen=True)
class _Shown:
    """What a framing shows, in heights of the figure: from, to, and the least width around the middle."""

    bottom: float
    top: float
    width: float


_FRAMINGS: dict[Framing, _Shown] = {
    "full": _Shown(-0.05, 1.12, 1.05),
    "half": _Shown(0.31, 1.1, 0.7),
    "bust": _Shown(0.6, 1.1, 0.46),
}
_ABOVE = 0.06
"""Heights that the camera stands above the middle: at eye level, figures look like passport pictures."""


def measured(glb: Glb, pose: Pose, primitives: Sequence[Primitive]) -> Figure:
    """The figure in a pose, in the file's units; one of a thousandth's height where nothing is drawn."""
    if not primitives:
        return Figure(height=1e-3)
    posed = np.concatenate([posed_positions(glb, _sampled(primitive), pose) for primitive in primitives])
    low, high = posed.min(axis=0), posed.max(axis=0)
    width, height, depth = (float(size) for size in high - low)
    middle = (low + high) / 2
    return Figure(float(low[1]), max(height, 1e-3), width, depth, float(middle[0]), float(middle[2]))


def standpoint(figure: Figure, framing: Framing, aspect: float) -> tuple[float, float]:
    """How high above the floor a framing's middle is, and how far before the axis the camera stands."""
    shown = _FRAMINGS[framing]
    tall = (shown.top - shown.bottom) * figure.height
    # A body that is broader than a person's is shown as a whole, or a quadruped loses its nose.
    broad = max(shown.width * figure.height, figure.width * 1.12 if framing == "full" else 0.0)
    half = float(np.tan(FIELD_OF_VIEW_RADIANS / 2))
    away = max(tall / 2 / half, broad / 2 / (half * aspect)) + figure.depth / 2
    return figure.bottom + (shown.bottom + shown.top) / 2 * figure.height, away


def lift(figure: Figure) -> float:
    """How far above the middle of the picture the camera stands."""
    return _ABOVE * figure.height


def _sampled(primitive: Primitive) -> Primitive:
    stride = max(1, len(primitive.positions) // _MOST_SAMPLES)
    if stride == 1:
        return primitive
    places = primitive.positions
    # Tips count, in whatever order a file has its vertices: ears make a tenth of a fox.
    tips = (places @ _DIRECTIONS.T).argmax(axis=0)
    rows = np.union1d(np.arange(0, len(places), stride), tips)
    morphs, joints, weights = primitive.morph_positions, primitive.joints, primitive.weights
    return replace(
        primitive,
        positions=places[rows],
        joints=None if joints is None else joints[rows],
        weights=None if weights is None else weights[rows],
        morph_positions=None if morphs is None else morphs[:, rows],
    )
