"""The orbit camera, in scene units: the avatar is one unit high and stands on the origin. No OpenGL."""

from dataclasses import dataclass, replace

import numpy as np

from shared.glb.transforms import Floats
from studio.render.framing import FIELD_OF_VIEW_RADIANS, Figure, Framing, lift, standpoint

__all__ = ["Camera", "Framing", "View", "look_at", "perspective"]

_NEAREST, _FARTHEST = 0.25, 30.0
_SPIN_RADIANS_PER_SECOND = 0.6
_STEEPEST_RADIANS = float(np.radians(85.0))


@dataclass(frozen=True)
class View:
    """Where the camera is: angles around a target, and the distance to it."""

    target: tuple[float, float, float] = (0.0, 0.5, 0.0)
    yaw_radians: float = 0.0
    pitch_radians: float = 0.08
    distance: float = 3.0


class Camera:
    """Orbits, pans and zooms; every gesture makes a new view, and `changed` tells until it is drawn."""

    def __init__(self) -> None:
        self.view = View()
        self.aspect = 1.0
        self.changed = True

    def orbit(self, across: float, down: float) -> None:
        """Turn by a drag, in fractions of the viewport's height; half a height is a quarter turn."""
        pitch = np.clip(self.view.pitch_radians + down * np.pi / 2, -0.35, _STEEPEST_RADIANS)
        self._move(replace(self.view, yaw_radians=self.view.yaw_radians - across * np.pi, pitch_radians=float(pitch)))

    def pan(self, across: float, down: float) -> None:
        """Shift by a drag, in fractions of the viewport's height: what is under the pointer stays under it."""
        height = 2 * self.view.distance * np.tan(FIELD_OF_VIEW_RADIANS / 2)
        scene_from_camera = np.linalg.inv(self.camera_from_scene())
        shift = scene_from_camera[:3, 0] * (-across * height) + scene_from_camera[:3, 1] * (down * height)
        x, y, z = np.clip(np.array(self.view.target) + shift, -3, 3)
        self._move(replace(self.view, target=(float(x), float(y), float(z))))

    def zoom(self, steps: float) -> None:
        """Come nearer by wheel steps, or go away by negative ones."""
        distance = float(np.clip(self.view.distance * 0.88**steps, _NEAREST, _FARTHEST))
        self._move(replace(self.view, distance=distance))

    def spin(self, seconds: float) -> None:
        """Go round the avatar for a while, as a turntable shows it."""
        self._move(replace(self.view, yaw_radians=self.view.yaw_radians + seconds * _SPIN_RADIANS_PER_SECOND))

    def frame(self, figure: Figure, framing: Framing = "full", margin: float = 1.0) -> None:
        """Look at the figure from the front: whole, from the hips up, or head and shoulders."""
        middle, away = standpoint(figure, framing, self.aspect)
        above = lift(figure)
        target = (figure.centre_x, middle, figure.centre_z)
        distance = float(np.hypot(above, away)) * margin
        self._move(View(target, 0.0, float(np.arctan2(above, away)), distance))

    def resize(self, width: int, height: int) -> None:
        """Tell the viewport's size in pixels."""
        self.aspect = max(width, 1) / max(height, 1)
        self.changed = True

    @property
    def eye(self) -> Floats:
        """Where the camera stands in the scene, (3,)."""
        yaw, pitch = self.view.yaw_radians, self.view.pitch_radians
        away = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
        return np.array(self.view.target) + away * self.view.distance

    def camera_from_scene(self) -> Floats:
        """The view matrix, (4, 4)."""
        return look_at(self.eye, np.array(self.view.target))

    def clip_from_scene(self) -> Floats:
        """View and projection, (4, 4)."""
        near, far = self.view.distance / 50, self.view.distance + 10.0
        return perspective(FIELD_OF_VIEW_RADIANS, self.aspect, near, far) @ self.camera_from_scene()

    def _move(self, view: View) -> None:
        self.view = view
        self.changed = True


def look_at(eye: Floats, target: Floats) -> Floats:
    """The (4, 4) matrix that looks from eye to target, +Y up; straight down, +Z is up."""
    back = eye - target
    back = back / max(float(np.linalg.norm(back)), 1e-9)
    up = np.array([0.0, 1.0, 0.0]) if abs(back[1]) < 0.999 else np.array([0.0, 0.0, -1.0])
    right = np.cross(up, back)
    right /= np.linalg.norm(right)
    matrix = np.eye(4)
    matrix[:3, :3] = right, np.cross(back, right), back
    matrix[:3, 3] = -matrix[:3, :3] @ eye
    return matrix


def perspective(vertical_field_radians: float, aspect: float, near: float, far: float) -> Floats:
    """The (4, 4) OpenGL projection of a lens."""
    scale = 1 / np.tan(vertical_field_radians / 2)
    matrix = np.zeros((4, 4))
    matrix[0, 0], matrix[1, 1] = scale / aspect, scale
    matrix[2, 2:], matrix[3, 2] = ((far + near) / (near - far), 2 * far * near / (near - far)), -1
    return matrix
