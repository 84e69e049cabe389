"""What the studio shows is what the widget shows: the same moment drawn by both, the widget's in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from shared.contract.acting import ActingMap
from shared.glb import Glb, bounds, read_glb
from studio.render.environment import LAMPS, ROOM_STRENGTH, room_levels
from studio.render.framing import Framing
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.preparing import standing_clip
from studio.render.sheets import SAMPLES, copy_sheet, new_sheet, new_target
from studio.render.stage import Stage
from tests.shared.glb.parity.reference import OUTSIDE_AVATARS, OWN_AVATARS
from tests.studio.render.agreement.widget import ROOT, Pixels, WidgetStage, why_not, widget_stage
from tests.studio.render.showing import board_glb

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")

SIZE = (300, 360)
SAME_SILHOUETTE = 0.9975
"""Share of the pixels covered by either that both cover; measured 0.9985 to 0.9999."""
INSIDE, EDGES = 1.2, 5.0
"""Mean difference in steps of 255 of colour inside the silhouette, and on its edges: measured 0.1 to 0.9, 0.7 to 4."""
SAME_POSE = 1e-5
"""Of the avatar's height."""

OUTSIDE = ("Fox.glb", "KayKit-Knight.glb", "MorphStressTest.gltf", "RobotExpressive.glb", "robot-probe.glb")
FRAMINGS: tuple[Framing, ...] = ("full", "half", "bust")


@dataclass(frozen=True)
class Compared:
    """How far two pictures of one moment are from each other."""

    silhouette: float
    inside: float
    edges: float


@pytest.fixture(scope="module")
def widget(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WidgetStage]:
    """The widget's stage in Chromium."""
    with widget_stage(tmp_path_factory.mktemp("picture")) as stage:
        yield stage


@cache
def content_of(name: str) -> bytes:
    """An avatar's file, ours or from outside; the board of all surfaces. Skips, and says so, where it is not there."""
    if name == "board":
        return board_glb()
    file = (OWN_AVATARS if name in ("mira.glb", "pip.glb") else OUTSIDE_AVATARS) / name
    if not file.exists():
        pytest.skip(f"{name} is not in {file.parent}")
    return file.read_bytes()


def moment_of(glb: Glb) -> tuple[str, float]:
    """A clip and a time at which it is in full swing."""
    return glb.clip_names[min(3, len(glb.clip_names) - 1)], 0.4


def drawn_here(stage: Stage, clip: str | None, seconds: float) -> Pixels:
    """The same as the widget would read: multisampled, premultiplied, from above."""
    holdings = Holdings()
    try:
        samples, flat = new_target(holdings, SIZE, SAMPLES), new_sheet(holdings, SIZE, GL.GL_RGBA8, deep=False)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, samples.framebuffer)
        assert stage.player is not None
        stage.draw_pose(stage.player.sampler.pose(clip, seconds))
        copy_sheet(samples, flat.framebuffer, SIZE, SIZE)
        content = GL.glReadPixels(0, 0, *SIZE, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE)
    finally:
        holdings.dispose()
    return np.frombuffer(content, np.uint8).reshape(SIZE[1], SIZE[0], 4)[::-1].astype(np.float32)


def compared(one: Pixels, other: Pixels) -> Compared:
    """Compare silhouettes (the shadow's alpha is less than half) and colours."""
    solid, also = one[..., 3] > 127, other[..., 3] > 127
    both = solid & also
    inside = shrunk(shrunk(both))
    gap = np.abs(one - other)[..., :3].mean(axis=-1)
    edges = (solid | also) & ~inside
    return Compared(float(both.sum() / (solid | also).sum()), float(gap[inside].mean()), float(gap[edges].mean()))


def shrunk(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask without its outermost pixels."""
    return mask & np.roll(mask, 1, 0) & np.roll(mask, -1, 0) & np.roll(mask, 1, 1) & np.roll(mask, -1, 1)


CASES = [("board", "full"), *((name, FRAMINGS[number % 3]) for number, name in enumerate((*OUTSIDE, "mira.glb")))]
CASES += [("pip.glb", framing) for framing in FRAMINGS]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("name", "framing"), CASES)
def test_the_picture_is_the_widgets(widget: WidgetStage, name: str, framing: Framing) -> None:
    glb = read_glb(content_of(name))
    clip, seconds = moment_of(glb)
    stage = Stage()
    stage.set_backdrop(None)
    stage.resize(*SIZE)
    stage.load(glb, framing=framing)
    assert stage.player is not None
    widget.open(content_of(name), standing_clip(stage.player), framing, SIZE)

    shot, here = widget.shoot(clip, seconds), drawn_here(stage, clip, seconds)

    seen = compared(shot.pixels, here)
    stage.dispose()
    assert seen.silhouette > SAME_SILHOUETTE
    assert seen.inside < INSIDE
    assert seen.edges < EDGES


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("name", ["mira.glb", "pip.glb", "robot-probe.glb"])
def test_every_node_is_where_the_widget_has_it(widget: WidgetStage, name: str) -> None:
    glb = read_glb(content_of(name))
    clip, seconds = moment_of(glb)
    stage = Stage()
    stage.load(glb)
    assert stage.player is not None
    widget.open(content_of(name), standing_clip(stage.player), "full", SIZE)

    nodes = widget.shoot(clip, seconds).nodes

    pose = stage.player.sampler.pose(clip, seconds)
    low, high = bounds(glb, pose)
    gaps = [
        np.linalg.norm(pose.world[number, :3, 3] - nodes[node][:3, 3]) / (high[1] - low[1])
        for number, node in enumerate(glb.node_names)
        if node in nodes and glb.name_counts[node] == 1
    ]
    stage.dispose()
    assert len(gaps) > 10
    assert max(gaps) < SAME_POSE


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("framing", "size"), [("full", (300, 360)), ("half", (640, 300)), ("bust", (200, 500)), ("full", (200, 500))]
)
def test_the_camera_stands_where_the_widgets_does(widget: WidgetStage, framing: Framing, size: tuple[int, int]) -> None:
    glb = read_glb(content_of("pip.glb"))
    stage = Stage()
    stage.resize(*size)
    stage.load(glb, framing=framing)
    assert stage.player is not None
    widget.open(content_of("pip.glb"), standing_clip(stage.player), framing, size)

    view, projection = widget.camera()

    ours = stage.camera.camera_from_scene() @ stage.scene_from_file
    # The scene is the file, one unit high.
    ours[:3] *= np.cbrt(1 / np.linalg.det(stage.scene_from_file[:3, :3]))
    lens = stage.camera.clip_from_scene() @ np.linalg.inv(stage.camera.camera_from_scene())
    stage.dispose()
    assert ours == pytest.approx(view, abs=1e-6)
    assert lens[:2] == pytest.approx(projection[:2], abs=1e-6)


@pytest.mark.usefixtures("context")
def test_an_avatar_that_looks_backwards_is_turned_as_the_widget_turns_it_and_filmic_tones_are_threes(
    widget: WidgetStage,
) -> None:
    glb = read_glb(content_of("mira.glb"))
    clip, seconds = moment_of(glb)
    stage = Stage()
    stage.set_backdrop(None)
    stage.resize(*SIZE)
    stage.load(glb, ActingMap(front="-Z"))
    assert stage.player is not None
    widget.open(content_of("mira.glb"), standing_clip(stage.player), "full", SIZE, front="-Z", tone="aces")
    stage.show_tone("aces")

    seen = compared(widget.shoot(clip, seconds).pixels, drawn_here(stage, clip, seconds))

    stage.dispose()
    assert seen.silhouette > SAME_SILHOUETTE
    assert seen.inside < INSIDE


def test_the_room_is_painted_alike(widget: WidgetStage) -> None:
    levels = widget.levels()

    # WebGL's cubes are seen from inside: three turns their X around.
    ours = [level[[1, 0, 2, 3, 4, 5]][:, :, ::-1] for level in room_levels()]

    assert [level.shape for level in ours] == [level.shape for level in levels]
    assert all(np.abs(one - other).max() < 1e-4 for one, other in zip(ours, levels, strict=True))


def test_the_lamps_are_those_of_the_widget() -> None:
    source = (ROOT / "widget" / "src" / "stage" / "light.ts").read_text(encoding="utf-8")

    assert f"STUDIO_INTENSITY = {ROOM_STRENGTH};" in source
    for lamp in LAMPS:
        assert f"DirectionalLight(0x{lamp.srgb:06x}, {lamp.strength})" in source
        assert f"position.set({', '.join(f'{part:g}' for part in lamp.towards)})" in source
