"""What inspection finds: measures of clips, the face, and findings that say what to do."""

from pathlib import Path

import numpy as np
import pytest

from shared.contract.avatar import AvatarFacts
from shared.errors import NotFound
from shared.glb import Sampler, blend, inspect, propose_face, read_glb
from shared.glb.words import words_of
from tests.shared.glb.building import GlbBuilder, curious_glb
from tests.shared.glb.parity.reference import OUTSIDE_AVATARS


def waving(lead_in: float = 0.0, close: bool = True) -> bytes:
    """A body 2 units high whose hand swings by one unit, after a rest."""
    make = GlbBuilder()
    make.node(name="root", children=[1, 2, 3])
    make.node(name="body", mesh=make.triangle(), scale=[1, 2, 1])
    make.node(name="Hand.L", mesh=0, translation=[1, 1, 0])
    make.node(name="Head", translation=[0, 1.8, 0])
    times = make.floats([0, lead_in, lead_in + 0.5, lead_in + 1.0], "SCALAR")
    end = 1.0 if close else 1.5
    places = make.floats([[1, 1, 0], [1, 1, 0], [1, 1.5, 0], [1, end, 0]], "VEC3")
    make.clip("Wave", (2, "translation", "LINEAR", times, places))
    make.clip("Idle", (3, "translation", "LINEAR", times, make.floats([[0, 1.8, 0]] * 3 + [[0, 1.8, 0.2]], "VEC3")))
    return make.glb()


def codes(facts: AvatarFacts) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in facts.findings}


def test_the_active_window_leaves_the_lead_in_out() -> None:
    facts = inspect(read_glb(waving(lead_in=0.6)))

    wave = facts.clips[0]
    assert wave.active_start == pytest.approx(0.6, abs=0.05)
    assert wave.active_end == pytest.approx(1.6, abs=0.05)
    assert "lead_in" in codes(facts)


def test_speed_is_told_in_body_heights_and_does_not_depend_on_the_rate() -> None:
    facts = inspect(read_glb(waving()))

    # The hand travels 0.5 + 0.5 units in 1 s on a body of 2 units, the head rests: a mean of 0.25 over both.
    assert facts.height == pytest.approx(2.0)
    assert facts.clips[0].mean_speed == pytest.approx(0.25, abs=0.01)


def test_a_loop_that_does_not_close_is_told() -> None:
    facts = inspect(read_glb(waving(close=False)))

    assert facts.clips[0].seam_error == pytest.approx(0.25, abs=0.01)
    assert facts.clips[1].seam_error == pytest.approx(0.1, abs=0.01)
    loops = [finding.subject for finding in facts.findings if finding.code == "loop_open"]
    assert loops == ["Idle"]


def test_a_fingerprint_outlives_a_new_name_and_tells_motions_apart() -> None:
    first, again = inspect(read_glb(waving())), inspect(read_glb(waving().replace(b"Wave", b"Gest")))

    assert again.clips[0].name == "Gest"
    assert again.clips[0].fingerprint == first.clips[0].fingerprint
    assert first.clips[0].fingerprint != first.clips[1].fingerprint


def test_tracks_that_move_nothing_are_counted_and_named() -> None:
    make = GlbBuilder()
    make.node(name="shown", mesh=make.triangle())
    make.node(name="astray")
    times, places = make.floats([0, 1], "SCALAR"), make.floats([[0, 0, 0], [1, 1, 1]], "VEC3")
    make.clip("lost", (1, "translation", "LINEAR", times, places), (0, "scale", "LINEAR", times, places))
    make.clip("torn", (0, "rotation", "LINEAR", times, places))

    facts = inspect(read_glb(make.glb()))

    unbound = [finding for finding in facts.findings if finding.code == "tracks_unbound"]
    assert [finding.subject for finding in unbound] == ["lost"]
    assert "astray.translation" in unbound[0].sentence
    assert {"tracks_broken", "clip_empty"} <= codes(facts)


def test_heavy_and_foreign_things_are_found() -> None:
    make = GlbBuilder()
    mesh = make.triangle()
    make.node(children=list(range(1, 15)))
    for number in range(14):
        make.node(name=f"part{number}", mesh=mesh)
    left_out = ["KHR_lights_punctual", "KHR_materials_sheen", "KHR_materials_transmission", "VENDOR_aura"]
    make.document["extensionsUsed"] = [*left_out, "KHR_materials_unlit"]
    make.document["images"] = [{"uri": "data:image/png;base64,AAAA", "name": "torn"}]

    facts = inspect(read_glb(make.glb()))

    assert {"many_draw_calls", "extension_ignored", "texture_unreadable", "no_clips"} <= codes(facts)
    ignored = [finding for finding in facts.findings if finding.code == "extension_ignored"]
    assert [finding.subject for finding in ignored] == left_out
    assert all(finding.subject in finding.sentence for finding in ignored)
    assert all(finding.sentence.endswith(".") for finding in facts.findings)


def cube_glb(inwards: bool, double_sided: bool) -> bytes:
    """A closed cube, its faces turned either way."""
    make = GlbBuilder()
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
    faces = np.array(
        [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4],
         [1, 5, 7], [1, 7, 3]], np.uint16,
    )  # fmt: skip
    indices = make.accessor(np.ascontiguousarray(faces[:, ::-1] if inwards else faces).ravel(), "SCALAR")
    part = {"attributes": {"POSITION": make.floats(corners, "VEC3")}, "indices": indices, "material": 0}
    make.document["meshes"] = [{"primitives": [part]}]
    make.document["materials"] = [{"doubleSided": double_sided}]
    make.node(name="cube", mesh=0)
    return make.glb()


@pytest.mark.parametrize(
    ("inwards", "double_sided", "told"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_body_that_shows_its_inside_is_told(inwards: bool, double_sided: bool, told: bool) -> None:
    facts = inspect(read_glb(cube_glb(inwards, double_sided)))

    assert ("inside_out" in codes(facts)) == told


def test_only_what_cannot_be_drawn_is_an_error() -> None:
    make = GlbBuilder()
    make.node()
    make.document["extensionsUsed"] = make.document["extensionsRequired"] = ["KHR_texture_basisu"]

    facts = inspect(read_glb(make.glb()))

    assert {f.code for f in facts.findings if f.severity == "error"} == {"nothing_to_show", "extension_required"}
    assert facts.findings[0].severity == "error"


@pytest.mark.parametrize(
    ("names", "tier", "aa", "blink"),
    [
        (["viseme_aa", "viseme_E", "viseme_I", "viseme_O", "eyesClosed"], "visemes", "viseme_aa", ("eyesClosed",)),
        (["VRC.v_aa", "vrc.v_oh", "vrc.v_ou"], "visemes", "VRC.v_aa", ()),
        (["A", "I", "U", "E", "O", "Blink_L", "Blink_R"], "visemes", "A", ("Blink_L", "Blink_R")),
        (["Fcl_MTH_A", "Fcl_MTH_I", "Fcl_MTH_U", "Fcl_MTH_E", "Fcl_MTH_O"], "visemes", "Fcl_MTH_A", ()),
        (["jawOpen", "mouthFunnel", "mouthPucker", "eyeBlinkLeft", "eyeBlinkRight"], "visemes", "jawOpen",
         ("eyeBlinkLeft", "eyeBlinkRight")),
        (["Mouth_Open", "Smile"], "open", None, ()),
        (["A", "Key 1"], "none", None, ()),
    ],
)  # fmt: skip
def test_mouths_of_many_rigs_are_known(names: list[str], tier: str, aa: str | None, blink: tuple[str, ...]) -> None:
    make = GlbBuilder()
    make.node(name="Face", mesh=make.triangle())
    part = make.document["meshes"][0]["primitives"][0]
    part["targets"] = [{"POSITION": make.floats(np.zeros((3, 3)), "VEC3")} for _ in names]
    make.document["meshes"][0]["extras"] = {"targetNames": names}

    face = propose_face(read_glb(make.glb()))

    assert face.mouth_tier == tier
    assert face.visemes.get("aa") == aa
    assert face.blink == blink


def test_bones_are_found_by_whole_words_and_ends_are_passed_over() -> None:
    make = GlbBuilder()
    make.node(name="Headset", children=[1, 2, 3, 4, 5])
    for name in ("mixamorig:HeadTop_End", "mixamorig:Head", "mixamorig:Neck", "eye.L", "eye.R"):
        make.node(name=name)
    make.document["skins"].append({"joints": [1, 2, 3, 4, 5]})

    face = propose_face(read_glb(make.glb()))

    assert (face.head, face.neck, face.eyes) == ("mixamorigHead", "mixamorigNeck", ("eyeL", "eyeR"))


def test_words_end_at_capitals_digits_and_signs() -> None:
    assert words_of("mixamorig:LeftHand") == ("mixamorig", "left", "hand")
    assert words_of("Armature|WaveHELLO_02.001") == ("armature", "wave", "hello", "02", "001")


def test_weight_that_is_missing_to_one_is_filled_with_the_rest_pose() -> None:
    sampler = Sampler(read_glb(waving()))

    half = blend([sampler.pose("Wave", 0.5)], [0.5], sampler.rest)

    assert half.world[2, :3, 3] == pytest.approx([1.0, 1.25, 0.0])
    assert blend([], [], sampler.rest).world == pytest.approx(sampler.rest.world)


def test_a_clip_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="'Jump'"):
        Sampler(read_glb(curious_glb())).pose("Jump", 0)


def test_the_outside_avatars_measure_as_they_look() -> None:
    if not OUTSIDE_AVATARS.is_dir():
        pytest.skip("the avatars from outside are not here")
    facts = inspect(read_glb(Path(OUTSIDE_AVATARS / "robot-probe.glb")))
    speeds = {clip.name: clip.mean_speed for clip in facts.clips}

    assert speeds["Idle"] < 0.1 < speeds["Wave"] < 1.1 < speeds["Celebrate"]
    assert facts.mouth_tier == "visemes"
    assert [finding for finding in facts.findings if finding.severity == "error"] == []
