"""Where the camera stands for a portrait: before the part of the avatar that its morph targets move."""

import numpy as np

from shared.glb import Glb, Pose, Primitive, geometry, posed_positions
from shared.glb.transforms import Floats
from studio.render.camera import View
from studio.render.framing import FIELD_OF_VIEW_RADIANS

_ROOM = 1.6
"""Times the moving part: brows to lips leave hair and chin out."""
_MOVES = 1e-3
"""Of the largest offset of a morph target: below, a vertex is only touched by rounding."""
_PITCH_RADIANS = 0.05


def portrait_view(glb: Glb, pose: Pose, scene_from_file: Floats) -> View | None:
    """The view of a face in a pose, for a picture that is at least as wide as high; None where no face moves."""
    parts = [posed_positions(glb, primitive, pose)[moved(primitive)] for primitive in geometry(glb)]
    places = np.concatenate([part for part in parts if len(part)] or [np.zeros((0, 3))])
    if not len(places):
        return None
    scene = places @ scene_from_file[:3, :3].T + scene_from_file[:3, 3]
    low, high = scene.min(axis=0), scene.max(axis=0)
    x, y, z = (low + high) / 2
    half = float((high - low)[:2].max()) / 2 * _ROOM
    distance = half / np.tan(FIELD_OF_VIEW_RADIANS / 2) + float(high[2] - low[2]) / 2
    return View((float(x), float(y), float(z)), 0.0, _PITCH_RADIANS, float(distance))


def moved(primitive: Primitive) -> np.ndarray:
    """(V,) which vertices any morph target moves."""
    if primitive.morph_positions is None or not primitive.morph_positions.size:
        return np.zeros(len(primitive.positions), np.bool_)
    offsets = np.abs(primitive.morph_positions).max(axis=2)
    seen: np.ndarray = (offsets > max(float(offsets.max()) * _MOVES, 1e-9)).any(axis=0)
    return seen
