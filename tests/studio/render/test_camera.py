"""The camera frames what it is told to, and its gestures do what hands expect."""

import numpy as np
import pytest

from studio.render.camera import Camera, Framing, Subject

DOG = Subject((-0.2, 0.0, -0.9), (0.2, 1.0, 0.9), head=0.7)
PERSON = Subject((-0.25, 0.0, -0.12), (0.25, 1.0, 0.15), head=0.88)


def corners_on_screen(camera: Camera, subject: Subject) -> np.ndarray:
    """The box's corners in normalised device coordinates, (8, 2)."""
    corners = np.array(np.meshgrid(*zip(subject.low, subject.high, strict=True), [1.0])).reshape(4, -1)
    clip = camera.clip_from_scene() @ corners
    return np.asarray((clip[:2] / clip[3]).T)


@pytest.mark.parametrize("size", [(400, 400), (900, 300), (300, 900)])
@pytest.mark.parametrize("subject", [PERSON, DOG], ids=["person", "dog"])
def test_a_full_picture_holds_all_of_it_and_wastes_little(size: tuple[int, int], subject: Subject) -> None:
    camera = Camera()
    camera.resize(*size)

    camera.frame(subject, "full")

    reach = np.abs(corners_on_screen(camera, subject)).max()
    assert 0.6 < reach < 1.0


@pytest.mark.parametrize(("framing", "shown"), [("full", 1.0), ("half", 0.55), ("bust", 0.3)])
def test_nearer_framings_cut_from_below_and_keep_the_head(framing: Framing, shown: float) -> None:
    camera = Camera()
    camera.resize(500, 500)

    camera.frame(PERSON, framing)

    clip = camera.clip_from_scene() @ np.array([[0, 0], [1.0, 1.0 - shown], [0, 0], [1, 1]])
    top, bottom = clip[1] / clip[3]
    assert 0.7 < top < 1.0
    assert -1.0 < bottom < -0.6


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
