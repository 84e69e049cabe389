"""Small pictures: each at its most telling moment, each face in full."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from shared.acting.mapping import build_map
from shared.contract.acting import ActingMap
from shared.glb import Glb, Sampler, inspect, propose_face, read_glb
from studio.render.portraits import portrait_view
from studio.render.thumbnails import Shot, draw_shots, telling_seconds

AVATARS = Path(__file__).parents[3] / "packaging" / "avatars"
SIZE = (84, 64)


@pytest.fixture(scope="module")
def glb() -> Glb:
    """The fox, whose ears are tall."""
    return read_glb(AVATARS / "mira.glb")


@pytest.fixture(scope="module")
def acting(glb: Glb) -> ActingMap:
    """Its first map."""
    return build_map(inspect(glb), propose_face(glb))


def drawn(glb: Glb, acting: ActingMap, shots: list[Shot], most: int = 99) -> dict[str, Image.Image]:
    """Draw pictures, in a thread as the studio does."""
    found: dict[str, Image.Image] = {}

    def take(shot: Shot, image: Image.Image) -> bool:
        found[shot.key] = image
        return len(found) < most

    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(draw_shots, glb, shots, SIZE, acting, take).result()
    return found


def pixels(image: Image.Image) -> np.ndarray:
    """Colours and alpha, (H, W, 4)."""
    return np.asarray(image, np.float32)


def test_the_telling_moment_of_a_wave_has_the_hand_up(glb: Glb) -> None:
    sampler = Sampler(glb)
    usual = sampler.pose("Idle", 0.0)

    moment = telling_seconds(sampler, "Wave", (0.0, sampler.clip("Wave").seconds), usual)

    hands = [node for node, name in enumerate(glb.node_names) if name in {"LeftHand", "RightHand"}]
    lift = (sampler.pose("Wave", moment).world - usual.world)[hands, 1, 3].max()
    highest = max((sampler.pose("Wave", at).world - usual.world)[hands, 1, 3].max() for at in np.linspace(0, 3.2, 33))
    assert lift > 0.8 * highest
    assert highest > 0


def test_clips_and_faces_differ_and_fill_their_pictures(glb: Glb, acting: ActingMap) -> None:
    happy, angry = acting.emotions["happy"].morphs, acting.emotions["angry"].morphs
    shots = [
        Shot("idle", "Idle"),
        Shot("wave", "Wave", 0.8),
        Shot("happy", "Idle", 0.0, happy, portrait=True),
        Shot("angry", "Idle", 0.0, angry, portrait=True),
    ]

    found = drawn(glb, acting, shots)

    assert {image.size for image in found.values()} == {SIZE}
    for first, second in (("idle", "wave"), ("happy", "angry")):
        assert np.abs(pixels(found[first]) - pixels(found[second])).max() > 60
    whole = pixels(found["idle"])[..., 3] > 128
    rows = np.flatnonzero(whole.any(axis=1))
    assert rows[-1] - rows[0] > 0.75 * SIZE[1]
    assert (pixels(found["happy"])[..., 3] > 128).mean() > 2 * whole.mean()


def test_drawing_ends_when_nobody_looks_any_more(glb: Glb, acting: ActingMap) -> None:
    shots = [Shot(str(number), "Idle", number / 10) for number in range(5)]

    assert list(drawn(glb, acting, shots, most=2)) == ["0", "1"]


def test_a_portrait_looks_at_what_the_face_moves(glb: Glb) -> None:
    view = portrait_view(glb, Sampler(glb).rest, np.eye(4))

    assert view is not None
    head = Sampler(glb).rest.world[glb.node_index("Head"), 1, 3]
    assert head < view.target[1] < head + 0.5
    assert abs(view.target[0]) < 0.05
