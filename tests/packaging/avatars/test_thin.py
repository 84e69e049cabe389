"""Packing meshes and thinning motion lose no more than they say, and what they write is still a GLB."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

Array = NDArray[Any]
FRAMES = 61
TOLERANCE = 0.004


def swings() -> Array:
    """Turns (T, 4) about X that swing forth and back, x y z w."""
    half = np.radians(30) * np.sin(np.linspace(0, 2 * np.pi, FRAMES))
    return np.column_stack([np.sin(half), 0 * half, 0 * half, np.cos(half)])


@pytest.fixture
def container() -> Any:
    """Return the kit's reading and writing of GLBs."""
    return import_module("kit.glb")


@pytest.fixture
def packing() -> Any:
    """Return the kit's packing of meshes."""
    return import_module("kit.pack")


@pytest.fixture
def thinning() -> Any:
    """Return the kit's thinning of motion."""
    return import_module("kit.thin")


@pytest.fixture
def glb(container: Any, tmp_path: Path) -> Path:
    """A GLB of one triangle and two bones: the first swings, the second stands as its node does."""
    weights = np.array([[0.5, 0.3, 0.2, 0.0], [1.0, 0, 0, 0], [0.334, 0.333, 0.333, 0.0]])
    still = np.tile([0.0, 0.0, 0.0, 1.0], (FRAMES, 1))
    columns = [
        (weights, "VEC4", "<f4"),
        (np.array([[1, 2, 3, 4]] * 3), "VEC4", "u1"),
        (np.array([[0.25, 0.5, 1.0]] * 3), "VEC3", "<f4"),
        (np.linspace(0, 2, FRAMES)[:, None], "SCALAR", "<f4"),
        (swings(), "VEC4", "<f4"),
        (still, "VEC4", "<f4"),
    ]
    document: dict[str, Any] = {"accessors": [], "bufferViews": [], "asset": {"version": "2.0"}}
    binary = b""
    for number, (values, kind, packed) in enumerate(columns):
        raw = values.astype(packed).tobytes()
        document["bufferViews"].append({"buffer": 0, "byteOffset": len(binary), "byteLength": len(raw)})
        component = 5121 if packed == "u1" else 5126
        document["accessors"].append(
            {"bufferView": number, "componentType": component, "count": len(values), "type": kind}
        )
        binary += raw
    keys = _in_one_view(document)
    document["nodes"] = [{"name": "Tail1"}, {"name": "Ear"}]
    document["meshes"] = [{"primitives": [{"attributes": {"WEIGHTS_0": 0, "JOINTS_0": 1, "COLOR_0": 2}}]}]
    document["animations"] = [
        {"name": "Wag", "channels": keys, "samplers": [{"input": 3, "output": o} for o in (4, 5)]}
    ]
    path = tmp_path / "two-bones.glb"
    container.write_glb(path, document, binary)
    return path


def _in_one_view(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Lay the three accessors of the clip in the last view, as the exporter's slimming does; return its channels."""
    views = document["bufferViews"]
    start = views[3]["byteOffset"]
    for number in (3, 4, 5):
        document["accessors"][number] |= {"bufferView": 3, "byteOffset": views[number]["byteOffset"] - start}
    views[3]["byteLength"] = sum(view["byteLength"] for view in views[3:])
    del views[4:]
    return [{"sampler": bone, "target": {"node": bone, "path": "rotation"}} for bone in (0, 1)]


def test_weights_in_bytes_sum_to_the_whole(packing: Any) -> None:
    weights = np.random.default_rng(4).dirichlet([0.4] * 4, 500)

    packed = packing.weight_bytes(weights)

    assert (packed.astype(int).sum(axis=1) == 255).all()
    assert np.abs(packed / 255 - weights).max() < 2 / 255


def test_colours_in_bytes_are_opaque_and_near(packing: Any) -> None:
    packed = packing.colour_bytes(np.array([[0.0, 0.5, 1.0]]))

    assert packed.tolist() == [[0, 128, 255, 255]]


def test_packing_names_no_joint_where_there_is_no_weight(glb: Path, container: Any, packing: Any) -> None:
    packing.pack(glb)

    document, binary = container.read_glb(glb)
    joints, weights = container.accessor(document, binary, 1), container.accessor(document, binary, 0)
    assert (joints[weights == 0] == 0).all()
    assert (joints[weights > 0] > 0).all()
    assert document["accessors"][2]["componentType"] == 5121


def test_thinned_turns_stay_within_their_tolerance(glb: Path, container: Any, thinning: Any) -> None:
    thinning.thin(glb, [thinning.Group(("Tail", "Ear"), TOLERANCE)])

    document, binary = container.read_glb(glb)
    sampler = document["animations"][0]["samplers"][0]
    times = container.accessor(document, binary, sampler["input"])[:, 0]
    turns = container.accessor(document, binary, sampler["output"])
    course = np.column_stack([np.interp(np.linspace(0, 2, FRAMES), times, column) for column in turns.T])
    assert len(times) < FRAMES * 2 / 3
    assert 1e-5 < np.abs(course - swings()).max() < TOLERANCE + 1e-4


def test_a_bone_that_stands_as_its_node_does_needs_no_channel(glb: Path, container: Any, thinning: Any) -> None:
    thinning.thin(glb, [thinning.Group(("",), TOLERANCE)])

    document, _ = container.read_glb(glb)
    channels = document["animations"][0]["channels"]
    assert [document["nodes"][channel["target"]["node"]]["name"] for channel in channels] == ["Tail1"]
