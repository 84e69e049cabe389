"""What the reader refuses, and in which words; what it takes although others would not."""

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import BadGlb
from shared.glb import Sampler, geometry, inspect, read_glb
from tests.shared.glb.building import GlbBuilder, curious_glb, pack

Spoil = Callable[[dict[str, Any]], object]


def spoiled(spoil: Spoil) -> bytes:
    """The curious GLB with something wrong in its document."""
    content = curious_glb()
    length = int.from_bytes(content[12:16], "little")
    document = json.loads(content[20 : 20 + length])
    spoil(document)
    return pack(json.dumps(document).encode(), content[28 + length :])


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"hello there", "not a GLB"),
        (b"BLENDER-v300", "Blender file"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS"),
        (b"glTF", "cut off"),
        (b"glTF\x01\0\0\0\x14\0\0\0" + b"\0" * 8, "version 1"),
        (curious_glb()[:700], "cut off"),
        (pack(b"[]"), "not an object"),
        (pack(b'{"asset": {"version": "2.0"}, "nodes": [{"translation": [NaN, 0, 0]}]}'), "JSON cannot be read"),
        (pack(b"[" * 100_000), "JSON cannot be read"),
        (pack(b"{}"), "glTF 2.0"),
        (pack(b'{"asset": {"version": "2.0"}}'), "no nodes"),
        (b'{"asset": {"version": "2.0"}, "buffers": [{"byteLength": 9, "uri": "model.bin"}]}', "another file"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_glb_is_refused_in_one_sentence(content: bytes, word: str) -> None:
    with pytest.raises(BadGlb) as refusal:
        read_glb(content)

    assert word in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda d: d["accessors"][0].update(count=10**9), "has no room"),
        (lambda d: d["accessors"].append({"componentType": 5126, "type": "MAT4", "count": 10**9}), "asks for too much"),
        (lambda d: next(a for a in d["accessors"] if "sparse" in a).update(count=10**8), "asks for too much"),
        (lambda d: next(a for a in d["accessors"] if "sparse" in a).update(count=2), "replaces element 3 of 2"),
        (lambda d: d["accessors"][0].update(bufferView=99), "points to number 99"),
        (lambda d: d["accessors"][0].update(count=-1), "not a count"),
        (lambda d: d["bufferViews"][0].update(byteLength=10**12), "beyond its buffer"),
        (lambda d: d["bufferViews"][0].update(byteStride=1), "bytes apart"),
        (lambda d: d["buffers"][0].update(byteLength=10**10), "should have"),
        (lambda d: d["nodes"][3].update(children=[0]), "circle"),
        (lambda d: d["nodes"][4].update(children=[3]), "two parents"),
        (lambda d: d["nodes"][0].update(children=[77]), "points to number 77"),
        (lambda d: d["nodes"][0].update(mesh="0"), "points to number"),
        (lambda d: d["nodes"][0].update(rotation=[0, 0, 0]), "4 numbers"),
        (lambda d: d["nodes"][0].update(translation=[1e300, 0, 0]), "usable number"),
        (lambda d: d["nodes"].extend({"children": [7 + n]} for n in range(2000)) or d["nodes"].append({}), "deeper"),
        (lambda d: d["nodes"].extend({} for _ in range(20_000)), "20,006 nodes"),
        (lambda d: d["nodes"][3].update(translation=[0, 1e16, 0]), "usable number"),
        (lambda d: d["animations"].extend(d["animations"][:1] * 3_000), "animations"),
        (lambda d: d["animations"][0]["channels"].extend(d["animations"][0]["channels"] * 13_000), "curves"),
        (lambda d: d.update(skins=[{"joints": []}]), "no joints"),
        (lambda d: d["animations"][0]["channels"][0].update(sampler=50), "points to number 50"),
        (lambda d: d["meshes"][0]["primitives"][0].update(indices=1), "whole numbers"),
        (lambda d: d["accessors"][-1].update(type="TENSOR"), "does not know"),
        (lambda d: d.update(nodes={}), "not a list"),
    ],
)
def test_an_absurd_document_is_refused_before_anything_is_made(spoil: Spoil, word: str) -> None:
    content = spoiled(spoil)
    started = time.perf_counter()

    with pytest.raises(BadGlb) as refusal:
        read_glb(content)

    assert word in refusal.value.sentence
    assert time.perf_counter() - started < 1.0


def test_numbers_that_are_not_finite_are_refused() -> None:
    make = GlbBuilder()
    make.node(mesh=make.triangle(NORMAL=make.floats([[0, 0, np.nan], [0, 0, 1], [0, 0, 1]], "VEC3")))

    with pytest.raises(BadGlb, match="not finite"):
        read_glb(make.glb())


def test_a_joint_that_the_skin_lacks_is_refused() -> None:
    make = GlbBuilder()
    joints = make.accessor(np.array([[0, 3, 0, 0]] * 3, np.uint8), "VEC4")
    weights = make.floats([[0.5, 0.5, 0, 0]] * 3, "VEC4")
    make.node(mesh=make.triangle(JOINTS_0=joints, WEIGHTS_0=weights), skin=0)
    make.document["skins"].append({"joints": [0]})

    with pytest.raises(BadGlb, match="joint 3 of 1"):
        read_glb(make.glb())


def test_a_joint_without_weight_may_have_any_number() -> None:
    make = GlbBuilder()
    joints = make.accessor(np.array([[0, 200, 0, 0]] * 3, np.uint8), "VEC4")
    weights = make.floats([[1, 0, 0, 0]] * 3, "VEC4")
    make.node(mesh=make.triangle(JOINTS_0=joints, WEIGHTS_0=weights), skin=0)
    make.document["skins"].append({"joints": [0]})

    glb = read_glb(make.glb())

    assert inspect(glb).height == pytest.approx(1.0)
    assert geometry(glb)[0].joints is not None


def test_a_small_file_cannot_unfold_to_any_memory() -> None:
    make = GlbBuilder()
    corners = make.floats(np.zeros((60_000, 3)), "VEC3")
    make.document["meshes"].append({"primitives": [{"attributes": {"POSITION": corners}}]})
    for _ in range(5_000):
        make.node(mesh=0)

    with pytest.raises(BadGlb, match="as often as its nodes show them"):
        read_glb(make.glb())


def test_numbers_beyond_all_measure_are_refused() -> None:
    make = GlbBuilder()
    make.node(mesh=make.triangle(NORMAL=make.floats([[0, 0, 3e38], [0, 0, 1], [0, 0, 1]], "VEC3")))

    with pytest.raises(BadGlb, match="beyond all measure"):
        read_glb(make.glb())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadGlb, match=r"absent\.glb cannot be opened"):
        read_glb(tmp_path / "absent.glb")


def test_json_with_data_uris_reads_like_the_glb() -> None:
    content = curious_glb()
    length = int.from_bytes(content[12:16], "little")
    document = json.loads(content[20 : 20 + length])
    document["buffers"][0]["uri"] = (
        "data:application/octet-stream;base64," + base64.b64encode(content[28 + length :]).decode()
    )

    glb = read_glb(b"\xef\xbb\xbf" + json.dumps(document).encode())

    reference = read_glb(content)
    assert glb.node_names == reference.node_names
    assert np.array_equal(Sampler(glb).pose("some", 0.3).world, Sampler(reference).pose("some", 0.3).world)


def test_accessors_come_sparse_strided_and_normalised() -> None:
    make = GlbBuilder()
    rows = np.array([[1, 2, 9], [3, 4, 9]], np.float32)
    make.document["accessors"].append(
        {"bufferView": make.view(rows, byteStride=12), "componentType": 5126, "type": "VEC2", "count": 2}
    )
    make.accessor(np.array([-127, 0, 127], np.int8), "SCALAR", normalized=True)
    make.node()

    glb = read_glb(make.glb())

    assert glb.accessor(0).tolist() == [[1, 2], [3, 4]]
    assert glb.accessor(1).tolist() == [-1, 0, 1]
    sparse = read_glb(curious_glb())
    number = next(n for n, entry in enumerate(sparse.items("accessors")) if "sparse" in entry)
    assert sparse.accessor(number).tolist() == [[0, 0, 0], [1, 2, 3], [0, 0, 0], [-1, 0.5, 0]]


def use_fully(content: bytes) -> None:
    """Read a file and use all that is in it: only BadGlb may come of it, and only while it is read."""
    try:
        glb = read_glb(content)
    except BadGlb:
        return
    inspect(glb)
    geometry(glb)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=2000)
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    use_fully(content)
    use_fully(b"glTF\x02\0\0\0" + len(content + b"12345678").to_bytes(4, "little") + content)


@given(st.data())
@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
def test_a_glb_with_changed_bytes_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(curious_glb())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    use_fully(bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))]))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats()
    | st.sampled_from(["", "SCALAR", "weights", 10**12, 1e308]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["node", "count", "uri", "name"]), inner)
    ),
    max_leaves=6,
)


@given(st.data(), JSON)
@settings(max_examples=300, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_with_anything_anywhere_is_read_or_refused(data: st.DataObject, value: object) -> None:
    def put(document: dict[str, Any]) -> None:
        place: Any = document
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.integers(0, 3)) == 0:
                place[key] = value
                return
            place = place[key]

    use_fully(spoiled(put))
