"""Drawing on the software renderer: the card poses as numpy does, nothing leaks, pictures look as they did."""

import ctypes
import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from shared.glb import Sampler, blend, geometry, posed_positions, read_glb
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.model import Model
from studio.render.posters import draw_into_picture, draw_poster, render_poster
from studio.render.preparing import prepare
from studio.render.programs import Program, Programs
from studio.render.stage import Backdrop, Stage, draws_in_software
from tests.shared.glb.building import GlbBuilder
from tests.shared.glb.parity.reference import avatars
from tests.shared.glb.test_packed import draco_glb, meshopt_glb, sheet
from tests.studio.render.figure import figure_glb
from tests.studio.render.goldens import GOLDENS, difference, draw_golden, golden_file
from tests.studio.render.living import live_objects
from tests.studio.render.showing import board_glb, card_glb

SMALL = (160, 180)


def captured_corners(model: Model, corners: int) -> np.ndarray:
    """What the vertex shader makes of every corner that is drawn, (corners, 3)."""
    holdings = Holdings()
    try:
        program = Program(holdings, "shape.vert", "shape.frag", feedback="gl_Position")
        buffer = holdings.buffer()
        GL.glBindBuffer(GL.GL_TRANSFORM_FEEDBACK_BUFFER, buffer)
        GL.glBufferData(GL.GL_TRANSFORM_FEEDBACK_BUFFER, corners * 16, None, GL.GL_STATIC_READ)
        GL.glBindBufferBase(GL.GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffer)
        # Nothing is painted, yet drawing wants a whole framebuffer.
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, holdings.framebuffer())
        GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, paint := holdings.renderbuffer())
        GL.glRenderbufferStorage(GL.GL_RENDERBUFFER, GL.GL_RGBA8, 4, 4)
        GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_RENDERBUFFER, paint)
        program.use()
        program.matrix("clip_from_scene", np.eye(4))
        GL.glEnable(GL.GL_RASTERIZER_DISCARD)
        GL.glBeginTransformFeedback(GL.GL_TRIANGLES)
        model.draw_shape(program, whole=True)
        GL.glEndTransformFeedback()
        GL.glDisable(GL.GL_RASTERIZER_DISCARD)
        positions = np.empty((corners, 4), np.float32)
        GL.glGetBufferSubData(
            GL.GL_TRANSFORM_FEEDBACK_BUFFER, 0, positions.nbytes, positions.ctypes.data_as(ctypes.c_void_p)
        )
        return positions[:, :3]
    finally:
        holdings.dispose()


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    "source", ["board", "a thousand joints", *avatars()], ids=lambda source: getattr(source, "stem", source)
)
def test_the_card_poses_every_vertex_as_numpy_does(source: Path | str) -> None:
    made = board_glb() if source == "board" else figure_glb(2000, 1100)
    glb = read_glb(made if isinstance(source, str) else source)
    sampler = Sampler(glb)
    first, last = (sampler.pose(clip, 0.4 * sampler.clip(clip).seconds) for clip in (0, len(sampler.clip_names) - 1))
    pose = blend([first, last], [0.6, 0.4], sampler.rest)
    holdings = Holdings()
    prepared = prepare(glb)
    model = Model(prepared)
    for _ in model.uploading(prepared, Programs(holdings)):
        pass

    model.take_pose(pose, np.eye(4))
    drawn = geometry(glb)
    expected = np.concatenate([posed_positions(glb, primitive, pose)[primitive.indices] for primitive in drawn])
    captured = captured_corners(model, len(expected))

    height = np.ptp(expected[:, 1])
    assert np.abs(captured - expected).max() < 1e-5 * height
    model.dispose()
    holdings.dispose()


@pytest.mark.usefixtures("context")
def test_nothing_is_left_after_twenty_avatars_and_the_end() -> None:
    before = live_objects()
    first, second = read_glb(board_glb()), read_glb(card_glb((128, 128, 255), tangents=True))
    stage = Stage()
    for glb in (second, first):
        stage.load(glb)
        draw_into_picture(stage, SMALL, lambda: stage.draw(0.0))
    with_one, weight = live_objects(), stage.statistics.gpu_bytes

    for _ in range(10):
        for glb in (second, first):
            stage.load(glb)
            draw_into_picture(stage, SMALL, lambda: stage.draw(1.0))

    assert live_objects() == with_one > before
    assert stage.statistics.gpu_bytes == weight > 0
    stage.dispose()
    assert live_objects() == before


@pytest.mark.usefixtures("context")
def test_an_avatar_that_is_called_off_on_its_way_leaves_the_one_before_and_nothing_else() -> None:
    stage = Stage()
    stage.load(read_glb(card_glb((128, 128, 255), tangents=False)))
    player, held = stage.player, live_objects()
    coming = stage.arriving(prepare(read_glb(board_glb())))
    for _ in range(3):
        next(coming)
    assert live_objects() > held

    coming.close()

    assert stage.player is player
    assert live_objects() == held
    stage.dispose()


@pytest.mark.usefixtures("context")
def test_disposing_twice_is_harmless() -> None:
    stage = Stage()
    stage.load(read_glb(board_glb()))

    stage.dispose()
    stage.dispose()

    assert stage.player is None


@pytest.mark.usefixtures("context")
def test_a_still_stage_asks_for_no_redraw_until_touched() -> None:
    stage = Stage()
    stage.load(read_glb(board_glb()))
    asked = [stage.needs_redraw]
    draw_into_picture(stage, SMALL, lambda: stage.draw(0.0))
    asked.append(stage.needs_redraw)
    stage.camera.zoom(1)
    asked.append(stage.needs_redraw)

    assert asked == [True, False, True]
    stage.dispose()


@pytest.mark.usefixtures("context")
def test_a_poster_is_transparent_round_the_avatar_and_dark_under_it() -> None:
    picture = np.asarray(draw_poster(read_glb(board_glb()), None, 0.0, SMALL)).astype(int)

    assert picture[2, 2, 3] == 0
    assert picture[SMALL[1] // 2, SMALL[0] // 2, 3] == 255
    floor = picture[-26:-1]
    shadowed = (floor[..., 3] > 20) & (floor[..., 3] < 250) & (floor[..., :3].sum(axis=-1) < 90)
    assert shadowed.sum() > 100


@pytest.mark.usefixtures("context")
def test_the_floor_is_darkest_under_the_middle() -> None:
    stage = Stage()
    stage.set_backdrop(None)
    stage.load(read_glb(card_glb((128, 128, 255), tangents=False)))
    # From above, a card that stands upright hides nothing of the floor.
    stage.camera.orbit(0.0, 0.9)

    dark = np.asarray(draw_into_picture(stage, SMALL, lambda: stage.draw(0.0)))[..., 3].astype(int)

    floor = np.where(dark < 128, dark, 0)
    row, column = np.unravel_index(floor.argmax(), floor.shape)
    assert 60 < floor.max() < 110
    assert column == pytest.approx(SMALL[0] // 2, abs=8)
    assert floor[row, 0] == floor[row, -1] == 0
    stage.dispose()


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("tangents", [False, True], ids=["derivatives", "tangents"])
def test_a_normal_map_leans_the_way_its_picture_says(tangents: bool) -> None:
    # The key light stands at the upper left: red below the middle leans to the left, green above it leans up.
    brightness = {}
    for name, (red, green) in {"left": (60, 128), "right": (196, 128), "up": (128, 196), "down": (128, 60)}.items():
        picture = draw_poster(read_glb(card_glb((red, green, 220), tangents)), None, 0.0, (48, 48))
        brightness[name] = int(np.asarray(picture.convert("L"))[24, 24])

    assert brightness["left"] > brightness["right"] + 10
    assert brightness["up"] > brightness["down"] + 10


@pytest.mark.usefixtures("context")
def test_the_backdrop_shows_the_colours_that_it_was_given() -> None:
    stage = Stage()
    stage.set_backdrop(Backdrop((0.2, 0.3, 0.6), (0.6, 0.3, 0.2)))

    picture = np.asarray(draw_into_picture(stage, SMALL, lambda: stage.draw(0.0))).astype(int)

    top, bottom = picture[3, 80], picture[-4, 80]
    assert top[:3] == pytest.approx([51, 76, 153], abs=18)
    assert bottom[:3] == pytest.approx([153, 76, 51], abs=18)
    assert draws_in_software() in (True, False)
    stage.dispose()


@pytest.mark.usefixtures("context")
def test_packed_files_look_as_plain_ones_do() -> None:
    places, corners = sheet()
    make = GlbBuilder()
    make.document["meshes"] = [{"primitives": [{
        "attributes": {"POSITION": make.floats(places, "VEC3")}, "indices": make.accessor(corners, "SCALAR"),
    }]}]  # fmt: skip
    make.node(mesh=0)

    plain, *packed = (
        np.asarray(draw_poster(read_glb(content), None, 0.0, SMALL), np.float32)
        for content in (make.glb(), meshopt_glb(), draco_glb())
    )

    assert (plain[..., 3] > 250).mean() > 0.1
    assert all(np.abs(picture - plain).mean() < 0.5 for picture in packed)


def test_a_poster_needs_no_window_and_no_context() -> None:
    picture = render_poster(board_glb(), "egg", 1.0, (64, 72), "full")

    assert (picture.size, picture.mode) == ((64, 72), "RGBA")


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("name", sorted(GOLDENS))
def test_pictures_look_as_they_did(name: str) -> None:
    golden = golden_file(name)
    source = GOLDENS[name].source()
    digest = hashlib.sha256(source).hexdigest()[:12]
    with Image.open(golden) as stored:
        if stored.info.get("source") != digest:
            pytest.skip(f"{name} was rebuilt since its golden picture: run python -m tests.studio.render.goldens")
        mean, worst = difference(draw_golden(name), stored.convert("RGBA"))

    assert mean < 1.5
    assert worst < 40
