"""Lighter files play the same: names stay, joints stay within the promised error, three.js reads them as we do."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from shared.glb import Glb, Sampler, all_morphs, bounds, geometry, images, inspect, read_glb
from shared.glb.optimising import Optimised, Plan, optimised
from tests.shared.glb.building import GlbBuilder, curious_glb
from tests.shared.glb.parity.reference import cases_for, play_in_three, why_not, worst_errors

PIP = Path(__file__).parents[3] / "packaging" / "avatars" / "pip.glb"
_missing = why_not()


@pytest.fixture(scope="module")
def lighter() -> Optimised:
    """Pip, made lighter once for all."""
    return optimised(PIP, Plan(tier="phone", triangles=0))


def joint_error(before: Glb, after: Glb) -> float:
    """Body heights by which the worst joint is off, looked at apart from what the optimiser measures."""
    low, high = bounds(before)
    here, there = Sampler(before), Sampler(after)
    worst = 0.0
    for clip in range(len(before.clip_names)):
        times = np.linspace(0, here.clip(clip).seconds, 97)
        gaps = here.motion(clip, times).world[..., :3, 3] - there.motion(clip, times).world[..., :3, 3]
        worst = max(worst, float(np.linalg.norm(gaps, axis=-1).max()) / float(high[1] - low[1]))
    return worst


def test_every_name_stays_in_its_place(lighter: Optimised) -> None:
    before, after = read_glb(PIP), read_glb(lighter.content)

    assert after.node_names == before.node_names
    assert after.clip_names == before.clip_names
    assert all_morphs(after) == all_morphs(before)
    assert inspect(after).materials == inspect(before).materials
    assert [clip.tracks for clip in inspect(after).clips] == [clip.tracks for clip in inspect(before).clips]


def test_no_joint_leaves_its_place_by_more_than_was_allowed(lighter: Optimised) -> None:
    before, after = read_glb(PIP), read_glb(lighter.content)

    measured = joint_error(before, after)

    assert 0 < measured <= lighter.joint_error <= Plan().joint_error
    assert lighter.worst_clip in before.clip_names
    here, there = ([clip.seconds for clip in inspect(glb).clips] for glb in (before, after))
    assert np.allclose(here, there, atol=1e-4)


def test_surfaces_and_faces_keep_their_shape(lighter: Optimised) -> None:
    before, after = read_glb(PIP), read_glb(lighter.content)
    height = float(np.subtract(*bounds(before)[::-1])[1])

    for here, there in zip(geometry(before), geometry(after), strict=True):
        assert len(here.indices) == len(there.indices)
        assert np.abs(_moments(here) - _moments(there)).max() < 1e-4 * height
        if here.morph_positions is not None and there.morph_positions is not None:
            gap = np.abs(here.morph_positions).max(axis=(1, 2)) - np.abs(there.morph_positions).max(axis=(1, 2))
            assert np.abs(gap).max() < 1e-4 * height


def _moments(primitive: Any) -> np.ndarray:
    """Bounds and centre of the corners: the same in whatever order they come."""
    corners = primitive.positions[primitive.indices].astype(np.float64)
    return np.stack([corners.min(axis=0), corners.max(axis=0), corners.mean(axis=0)])


def test_each_step_is_weighed(lighter: Optimised) -> None:
    steps = {step.name: step for step in lighter.steps}

    assert list(steps)[-7:] == ["resample", "dedupe", "prune", "simplify", "textures", "quantize", "meshopt"]
    assert [step.before for step in lighter.steps[1:]] == [step.after for step in lighter.steps[:-1]]
    assert lighter.steps[0].before == PIP.stat().st_size
    assert steps["quantize"].after < steps["quantize"].before
    assert steps["meshopt"].after == len(lighter.content) < 0.4 * PIP.stat().st_size


@pytest.mark.skipif(_missing is not None, reason=str(_missing))
def test_three_plays_the_lighter_file_as_we_do(lighter: Optimised, tmp_path: Path) -> None:
    file = tmp_path / "lighter.glb"
    file.write_bytes(lighter.content)
    glb = read_glb(file)
    sampler = Sampler(glb)
    cases = cases_for(sampler)[::5]

    place, weight = worst_errors(glb, sampler, cases, play_in_three(file, cases))

    assert place < 1e-5
    assert weight < 1e-5


def test_every_kind_of_curve_survives() -> None:
    before = read_glb(curious_glb())

    made = optimised(curious_glb())
    after = read_glb(made.content)

    assert joint_error(before, after) < 1e-3
    assert made.joint_error <= Plan().joint_error
    here, there = Sampler(before), Sampler(after)
    for clip in range(len(before.clip_names)):
        seconds = here.clip(clip).seconds
        assert there.clip(clip).seconds == pytest.approx(seconds, abs=1e-4)
        for share in (0.0, 0.3, 0.9, 1.0):
            one, other = here.pose(clip, share * seconds), there.pose(clip, share * seconds)
            for node, row in one.weights.items():
                assert np.abs(row - other.weights[node]).max() < 0.01


def test_a_lighter_file_can_be_made_lighter_again() -> None:
    once = optimised(curious_glb())

    again = optimised(once.content)

    assert len(again.content) < 1.05 * len(once.content)
    assert read_glb(again.content).clip_names == read_glb(curious_glb()).clip_names


class _Enough(Exception):
    pass


def test_it_can_be_cancelled_and_tells_how_far_it_is() -> None:
    told: list[float] = []

    def report(_: str, done: float) -> None:
        told.append(done)
        if done > 0.3:
            raise _Enough

    with pytest.raises(_Enough):
        optimised(PIP, Plan(), report)

    assert told == sorted(told)
    assert len(told) > 5


def test_textures_become_webp_of_the_tiers_size() -> None:
    after = read_glb(optimised(textured_glb(), Plan(tier="phone")).content)

    (content,) = images(after)
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("WEBP", (1024, 512))
    assert "EXT_texture_webp" in after.json["extensionsRequired"]
    assert after.items("textures")[0]["extensions"]["EXT_texture_webp"] == {"source": 0}


def test_a_model_beyond_its_budget_loses_triangles_but_no_face() -> None:
    before = read_glb(bumpy_glb())

    result = optimised(bumpy_glb(), Plan(tier="phone", triangles=4_000))
    after = read_glb(result.content)

    assert result.triangles_before == 39_200
    assert result.triangles <= 4_200
    low, high = bounds(before)
    assert np.allclose(bounds(after), (low, high), atol=0.02 * float(high[1] - low[1]))
    (shape,) = geometry(after)
    assert shape.morph_positions is not None
    assert int((np.abs(shape.morph_positions[0]).max(axis=1) > 0.1).sum()) >= 30


def textured_glb() -> bytes:
    """A triangle with a picture of 2048 x 1024 pixels, twice."""
    stream = io.BytesIO()
    x, y = np.meshgrid(np.linspace(0, 255, 2048), np.linspace(0, 255, 1024))
    Image.fromarray(np.stack([x, y, 255 - x], axis=-1).astype(np.uint8)).save(stream, "PNG")
    builder = GlbBuilder()
    view = builder.view(np.frombuffer(stream.getvalue(), np.uint8))
    builder.document["images"] = [{"bufferView": view, "mimeType": "image/png"}] * 2
    builder.document["textures"] = [{"source": 1}]
    builder.document["materials"] = [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]
    builder.triangle(TEXCOORD_0=builder.floats([[0, 0], [1, 0], [0, 1]], "VEC2"))
    builder.document["meshes"][0]["primitives"][0]["material"] = 0
    builder.node(mesh=0)
    return builder.glb()


def bumpy_glb() -> bytes:
    """A bumpy sheet of 39,200 triangles, with a morph target that lifts a small part of it."""
    side = 141
    x, y = np.meshgrid(np.linspace(-1, 1, side), np.linspace(-1, 1, side))
    places = np.stack([x, y, 0.1 * np.sin(3 * x) * np.cos(2 * y)], axis=-1).reshape(-1, 3)
    lifted = np.zeros_like(places)
    lifted[:, 2] = np.where((np.abs(places[:, :2]) < 0.05).all(axis=1), 0.2, 0.0)
    first = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    corners = np.stack([first, first + 1, first + side, first + 1, first + side + 1, first + side], axis=1)
    builder = GlbBuilder()
    primitive = {
        "attributes": {"POSITION": builder.floats(places, "VEC3")},
        "indices": builder.accessor(corners.ravel().astype(np.uint32), "SCALAR"),
        "targets": [{"POSITION": builder.floats(lifted, "VEC3")}],
    }
    builder.document["meshes"].append({"primitives": [primitive]})
    builder.node(mesh=0, name="Sheet")
    return builder.glb()


def _nothing_but_a_node() -> GlbBuilder:
    builder = GlbBuilder()
    builder.node(name="Alone")
    return builder


def _strip_without_size() -> GlbBuilder:
    builder = GlbBuilder()
    corners = builder.floats(np.zeros((7, 3)), "VEC3")
    builder.document["meshes"].append({"primitives": [{"attributes": {"POSITION": corners}, "mode": 5}]})
    builder.node(mesh=0, scale=[0, 0, 0])
    return builder


def _points_and_an_empty_clip() -> GlbBuilder:
    builder = GlbBuilder()
    builder.triangle()
    builder.document["meshes"][0]["primitives"][0]["mode"] = 0
    builder.node(mesh=0)
    builder.clip("Nothing")
    return builder


def _rotations_of_no_length() -> GlbBuilder:
    builder = GlbBuilder()
    builder.triangle()
    builder.node(mesh=0)
    times, values = builder.floats([0, 1], "SCALAR"), builder.floats(np.zeros((2, 4)), "VEC4")
    builder.clip("Zero", (0, "rotation", "LINEAR", times, values))
    return builder


def _weights_of_eighty_morphs() -> GlbBuilder:
    builder, chance = GlbBuilder(), np.random.default_rng(3)
    offsets = [{"POSITION": builder.floats(chance.random((30, 3)) * 0.1, "VEC3")} for _ in range(80)]
    places = builder.floats(chance.random((30, 3)), "VEC3")
    builder.document["meshes"].append({"primitives": [{"attributes": {"POSITION": places}, "targets": offsets}]})
    builder.node(mesh=0)
    times, values = builder.floats(np.arange(9), "SCALAR"), builder.floats(chance.random(9 * 80), "SCALAR")
    builder.clip("Faces", (0, "weights", "LINEAR", times, values))
    return builder


@pytest.mark.parametrize(
    "build",
    [
        _nothing_but_a_node,
        _strip_without_size,
        _points_and_an_empty_clip,
        _rotations_of_no_length,
        _weights_of_eighty_morphs,
    ],
)
def test_odd_files_come_through(build: Callable[[], GlbBuilder]) -> None:
    content = build().glb()
    before = read_glb(content)

    after = read_glb(optimised(content).content)

    assert (after.node_names, after.clip_names) == (before.node_names, before.clip_names)
    shapes = [len(primitive.indices) for primitive in geometry(after)]
    assert shapes == [len(primitive.indices) for primitive in geometry(before)]
    for clip in range(len(before.clip_names)):
        here, there = Sampler(before).pose(clip, 0.5), Sampler(after).pose(clip, 0.5)
        assert np.allclose(here.world, there.world, atol=1e-3)
        for node, row in here.weights.items():
            assert np.abs(row - there.weights[node]).max() < 0.01
