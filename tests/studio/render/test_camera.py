"""The camera frames what it is told to, and its gestures do what hands expect."""

import numpy as np
import pytest

from studio.render.camera import Camera
from studio.render.framing import Figure, Framing

DOG = Figure(width=0.4, depth=1.8)
PERSON = Figure(width=0.5, depth=0.27)


def corners_on_screen(camera: Camera, figure: Figure) -> np.ndarray:
    """The box's corners in normalised device coordinates, (8, 2)."""
    sides = ((-figure.width / 2, figure.width / 2), (0.0, figure.height), (-figure.depth / 2, figure.depth / 2))
    corners = np.array(np.meshgrid(*sides, [1.0])).reshape(4, -1)
    clip = camera.clip_from_scene() @ corners
    return np.asarray((clip[:2] / clip[3]).T)


@pytest.mark.parametrize("size", [(400, 400), (900, 300), (300, 900)])
@pytest.mark.parametrize("figure", [PERSON, DOG], ids=["person", "dog"])
def test_a_full_picture_holds_all_of_it_and_wastes_little(size: tuple[int, int], figure: Figure) -> None:
    camera = Camera()
    camera.resize(*size)

    camera.frame(figure, "full")

    reach = np.abs(corners_on_screen(camera, figure)).max()
    assert 0.35 < reach < 1.05


@pytest.mark.parametrize(("framing", "shown"), [("full", 1.0), ("half", 0.66), ("bust", 0.38)])
def test_nearer_framings_cut_from_below_and_keep_the_head(framing: Framing, shown: float) -> None:
    camera = Camera()
    camera.resize(500, 700)

    camera.frame(PERSON, framing)

    clip = camera.clip_from_scene() @ np.array([[0, 0], [1.0, 1.0 - shown], [0, 0], [1, 1]])
    top, bottom = clip[1] / clip[3]
    assert 0.4 < top < 1.0
    assert -1.0 < bottom < -0.6


def test_a_turntable_goes_round_at_one_height() -> None:
    camera = Camera()
    camera.frame(PERSON)
    height = camera.eye[1]

    camera.spin(2.0)

    assert camera.view.yaw_radians > 0.5
    assert camera.eye[1] == pytest.approx(height)
    assert camera.changed


def test_what_is_panned_stays_under_the_pointer() -> None:
    camera = Camera()
    camera.resize(600, 400)
    camera.frame(PERSON)
    middle = np.array([*camera.view.target, 1.0])

    camera.pan(0.25, 0.1)

    clip = camera.clip_from_scene() @ middle
    assert clip[0] / clip[3] * (600 / 400) / 2 == pytest.approx(0.25, abs=0.01)
    assert clip[1] / clip[3] / 2 == pytest.approx(-0.1, abs=0.01)


def test_orbiting_keeps_the_target_and_never_turns_over() -> None:
    camera = Camera()
    camera.frame(PERSON)
    target, distance = camera.view.target, camera.view.distance

    for _ in range(50):
        camera.orbit(0.3, 0.4)

    assert (camera.view.target, camera.view.distance) == (target, distance)
    assert camera.eye[1] > 0
    assert np.isfinite(camera.clip_from_scene()).all()


def test_zooming_stops_before_the_nose_and_within_sight() -> None:
    camera = Camera()

    camera.zoom(500)
    near = camera.view.distance
    camera.zoom(-500)

    assert 0.1 < near < camera.view.distance < 50
    assert camera.changed
