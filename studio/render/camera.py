"""The orbit camera, in scene units: the avatar is one unit high and stands on the origin. No OpenGL."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shared.glb.transforms import Floats

Framing = Literal["full", "half", "bust"]

_FIELD_OF_VIEW_RADIANS = float(np.radians(26.0))
"""Of the shorter side: a portrait lens, that does not bend faces."""
_NEAREST, _FARTHEST = 0.25, 30.0
_STEEPEST_RADIANS = float(np.radians(85.0))


@dataclass(frozen=True)
class Subject:
    """What the camera frames: the box of the posed avatar, and the height of its head, in the scene."""

    low: tuple[float, float, float] = (-0.3, 0.0, -0.3)
    high: tuple[float, float, float] = (0.3, 1.0, 0.3)
    head: float | None = None
    """The joint at the base of the skull."""


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
        height = 2 * self.view.distance * np.tan(self._vertical_field() / 2)
        scene_from_camera = np.linalg.inv(self.camera_from_scene())
        shift = scene_from_camera[:3, 0] * (-across * height) + scene_from_camera[:3, 1] * (down * height)
        x, y, z = np.clip(np.array(self.view.target) + shift, -3, 3)
        self._move(replace(self.view, target=(float(x), float(y), float(z))))

    def zoom(self, steps: float) -> None:
        """Come nearer by wheel steps, or go away by negative ones."""
        distance = float(np.clip(self.view.distance * 0.88**steps, _NEAREST, _FARTHEST))
        self._move(replace(self.view, distance=distance))

    def frame(self, subject: Subject, framing: Framing = "full", margin: float = 1.12) -> None:
        """Look at the subject from the front: whole, from the hips up, or head and shoulders."""
        low, high = np.array(subject.low), np.array(subject.high)
        low[1] = {"full": low[1], "half": _hips(subject), "bust": _chest(subject)}[framing]
        if framing != "full":
            # Hands may leave the picture, and nothing before the chest counts; the head may not leave.
            reach = (high[1] - low[1]) * (0.45 if framing == "half" else 0.4)
            low[[0, 2]], high[[0, 2]] = np.maximum(low[[0, 2]], -reach), np.minimum(high[[0, 2]], reach)
        pitch = 0.07 if framing == "full" else 0.04
        centre = (low + high) / 2
        view = View((float(centre[0]), float(centre[1]), 0.0), 0.0, pitch, 1.0)
        self._move(replace(view, distance=self._fitting(view, low, high) * margin))

    def _fitting(self, view: View, low: Floats, high: Floats) -> float:
        """The least distance at which a box lies wholly in the picture."""
        self.view = view
        axes = self.camera_from_scene()[:3, :3]
        corners = np.array(np.meshgrid(*zip(low, high, strict=True))).reshape(3, -1).T - np.array(view.target)
        across, up, near = axes @ corners.T
        tall = np.tan(self._vertical_field() / 2)
        needed = near + np.maximum(np.abs(up) / tall, np.abs(across) / (tall * self.aspect))
        return float(np.clip(needed.max(), _NEAREST, _FARTHEST))

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
        near = max(self.view.distance * 0.02, 0.01)
        return (
            perspective(self._vertical_field(), self.aspect, near, self.view.distance + 12.0) @ self.camera_from_scene()
        )

    def _vertical_field(self) -> float:
        if self.aspect >= 1:
            return _FIELD_OF_VIEW_RADIANS
        return float(2 * np.arctan(np.tan(_FIELD_OF_VIEW_RADIANS / 2) / max(self.aspect, 0.3)))

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


def orthographic(half_width: float, half_height: float, near: float, far: float) -> Floats:
    """The (4, 4) OpenGL projection without vanishing point."""
    matrix = np.diag([1 / half_width, 1 / half_height, -2 / (far - near), 1.0])
    matrix[2, 3] = -(far + near) / (far - near)
    return matrix


def _hips(subject: Subject) -> float:
    """A creature that is mostly head has its hips lower than a person."""
    low, high = subject.low[1], subject.high[1]
    return max(low, min(low + 0.46 * (high - low), _chest(subject) - 0.12))


def _chest(subject: Subject) -> float:
    low, high = subject.low[1], subject.high[1]
    if subject.head is None:
        return low + 0.66 * (high - low)
    return max(low, subject.head - max(0.25 * (high - subject.head), 0.16))
