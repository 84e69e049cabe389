"""What every demo avatar promises, read from its GLB with json and struct alone."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

Array = NDArray[Any]

FOLDER = Path(__file__).parents[3] / "packaging" / "avatars"
AVATARS = sorted(FOLDER.glob("*.glb"))
LARGEST_BYTES = 1_500_000
MOST_TRIANGLES, MOST_DRAW_CALLS = 40_000, 12
COMPONENTS = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
LOOPS = ("Idle", "Listening", "Thinking", "Talking")

BLINKS = {"eyeBlinkLeft", "eyeBlinkRight"}
SOUNDS = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"]
VISEMES = {f"viseme_{sound}" for sound in SOUNDS}
MOODS = ["happy", "excited", "warm", "amused", "curious", "thinking"]
MOODS += ["confused", "surprised", "sad", "sorry", "afraid", "angry"]
FACES = {f"emotion_{mood}" for mood in MOODS}


@dataclass(frozen=True)
class Avatar:
    """The JSON and the binary chunk of one GLB."""

    size: int
    document: Any
    binary: bytes

    def values(self, number: int) -> Array:
        """Return an accessor as (count, width), turns and weights as they are meant."""
        spec = self.document["accessors"][number]
        kind, width = np.dtype(COMPONENTS[spec["componentType"]]), WIDTHS[spec["type"]]
        values = np.zeros((spec["count"], width), kind)
        if "bufferView" in spec:
            values[:] = self._packed(spec, kind, spec["count"] * width).reshape(-1, width)
        if "sparse" in spec:
            sparse, where = spec["sparse"], np.dtype(COMPONENTS[spec["sparse"]["indices"]["componentType"]])
            rows = self._packed(sparse["indices"], where, sparse["count"])
            values[rows] = self._packed(sparse["values"], kind, sparse["count"] * width).reshape(-1, width)
        return values / np.iinfo(kind).max if spec.get("normalized") else values

    def _packed(self, spec: Any, kind: np.dtype[Any], count: int) -> Array:
        view = self.document["bufferViews"][spec["bufferView"]]
        return np.frombuffer(self.binary, kind, count, view.get("byteOffset", 0) + spec.get("byteOffset", 0))

    def courses(self, clip: Any, path: str) -> dict[str, tuple[Array, Array]]:
        """Return times (T,) and values (T, width) of a clip's channels of one path, by the name of the node."""
        found = {}
        for channel in clip["channels"]:
            if channel["target"]["path"] == path:
                sampler = clip["samplers"][channel["sampler"]]
                times = self.values(sampler["input"])[:, 0]
                node = self.document["nodes"][channel["target"]["node"]]["name"]
                found[node] = times, self.values(sampler["output"]).reshape(len(times), -1)
        return found

    def primitives(self) -> list[Any]:
        """Return all primitives of all meshes."""
        return [primitive for mesh in self.document["meshes"] for primitive in mesh["primitives"]]


@pytest.fixture(params=AVATARS, ids=lambda path: path.stem)
def avatar(request: pytest.FixtureRequest) -> Avatar:
    """Return one demo avatar after the other."""
    whole = request.param.read_bytes()
    length = struct.unpack_from("<I", whole, 12)[0]
    return Avatar(len(whole), json.loads(whole[20 : 20 + length]), whole[28 + length :])


def test_the_receptionist_stands_beside_its_script() -> None:
    names = [path.name for path in AVATARS]

    assert "pip.glb" in names
    assert all(path.with_suffix(".py").is_file() for path in AVATARS)


def test_an_avatar_is_light_enough_for_a_phone(avatar: Avatar) -> None:
    triangles = sum(avatar.document["accessors"][p["indices"]]["count"] // 3 for p in avatar.primitives())

    assert avatar.size < LARGEST_BYTES
    assert triangles < MOST_TRIANGLES
    assert len(avatar.primitives()) <= MOST_DRAW_CALLS


def test_an_avatar_says_whose_it_is(avatar: Avatar) -> None:
    assert avatar.document["asset"]["copyright"] == "Troupe authors, MIT"


def test_a_face_can_blink_speak_and_feel(avatar: Avatar) -> None:
    morphs = {name for mesh in avatar.document["meshes"] for name in mesh.get("extras", {}).get("targetNames", [])}

    assert morphs >= BLINKS | VISEMES | FACES


def test_every_morph_but_silence_moves_the_face(avatar: Avatar) -> None:
    still = set()
    for mesh in avatar.document["meshes"]:
        for number, name in enumerate(mesh.get("extras", {}).get("targetNames", [])):
            offsets = [np.abs(avatar.values(p["targets"][number]["POSITION"])).max() for p in mesh["primitives"]]
            still |= set() if max(offsets) > 1e-4 else {name}

    assert still <= {"viseme_sil"}


def test_the_bodies_stand_on_the_ground_as_tall_as_people(avatar: Avatar) -> None:
    heights = [avatar.document["accessors"][p["attributes"]["POSITION"]] for p in avatar.primitives()]

    lowest, highest = min(spec["min"][1] for spec in heights), max(spec["max"][1] for spec in heights)

    assert -0.02 < lowest < 0.02
    assert 1.4 < highest < 1.95


def test_there_are_clips_for_twenty_roles_with_names_of_their_own(avatar: Avatar) -> None:
    names = [clip["name"] for clip in avatar.document["animations"]]

    assert len(names) >= 20
    assert len(set(names)) == len(names)


def test_every_clip_moves_bones(avatar: Avatar) -> None:
    for clip in avatar.document["animations"]:
        turns = avatar.courses(clip, "rotation")

        moving = [bone for bone, (_, values) in turns.items() if np.ptp(values, axis=0).max() > 0.004]

        assert len(moving) >= 5, clip["name"]


def test_no_number_is_broken_and_time_runs_forward(avatar: Avatar) -> None:
    for number in range(len(avatar.document["accessors"])):
        assert np.isfinite(avatar.values(number)).all()
    for clip in avatar.document["animations"]:
        for sampler in clip["samplers"]:
            assert (np.diff(avatar.values(sampler["input"])[:, 0]) > 0).all(), clip["name"]


def test_turns_are_unit_quaternions(avatar: Avatar) -> None:
    for clip in avatar.document["animations"]:
        for bone, (_, values) in avatar.courses(clip, "rotation").items():
            assert np.abs(np.linalg.norm(values, axis=1) - 1).max() < 2e-3, (clip["name"], bone)


def test_loops_close_and_gestures_come_home(avatar: Avatar) -> None:
    for clip in avatar.document["animations"]:
        for path, allowed in (("rotation", 2e-3), ("translation", 1e-3)):
            for bone, (_, values) in avatar.courses(clip, path).items():
                apart = min(np.abs(values[0] - values[-1]).max(), np.abs(values[0] + values[-1]).max())
                assert apart < allowed, (clip["name"], bone)


def test_postures_leave_the_face_to_the_player(avatar: Avatar) -> None:
    postures = [clip for clip in avatar.document["animations"] if clip["name"].split("_")[0] in LOOPS]

    assert len(postures) >= 4
    assert not any(avatar.courses(clip, "weights") for clip in postures)


def test_a_clip_that_takes_the_face_uses_it_and_gives_it_back(avatar: Avatar) -> None:
    for clip in avatar.document["animations"]:
        for _, values in avatar.courses(clip, "weights").values():
            assert 0.7 < values.max() <= 1.0, clip["name"]
            assert max(values[0].max(), values[-1].max()) < 0.01, clip["name"]
