"""Clips by their settings: reflected, kept in place, masked, as differences; and what of them is played."""

import numpy as np
import pytest

from shared.contract.acting import ClipSettings, FaceRig
from shared.glb import Glb, Sampler, blend, find_body, geometry, propose_face, read_glb
from shared.glb.mirroring import find_mirror, image_indices, mirrored
from shared.glb.takes import Takes
from shared.glb.transforms import Floats
from shared.glb.windows import Window
from tests.shared.glb.building import GlbBuilder
from tests.shared.glb.parity.reference import OWN_AVATARS

PIP = OWN_AVATARS / "pip.glb"


@pytest.fixture(scope="module")
def pip() -> Sampler:
    """A robot of our own, symmetric in its rest pose."""
    return Sampler(read_glb(PIP))


def takes(sampler: Sampler, clip: str, **settings: object) -> Takes:
    made = ClipSettings.model_validate({"duration": sampler.clip(clip).seconds, **settings})
    return Takes(sampler, {clip: made}, propose_face(sampler.glb))


def height(sampler: Sampler) -> float:
    return find_body(sampler.glb, geometry(sampler.glb)).height


def walker_glb(seconds: float = 2.0) -> Glb:
    """Hips that walk 4 units along x, swing up and down, and turn by 90 degrees; an arm that turns on its own."""
    make = GlbBuilder()
    make.node(name="Armature", children=[1, 5], rotation=[-0.7071068, 0, 0, 0.7071068], scale=[0.1, 0.1, 0.1])
    make.node(name="Hips", children=[2], translation=[0, 0, 10])
    make.node(name="Arm", children=[3], translation=[5, 0, 5])
    make.node(name="Hand", translation=[5, 0, 0])
    make.node(name="Other", translation=[0, 0, 1])
    make.node(name="Body", mesh=make.triangle())
    make.document["skins"] = [{"joints": [1, 2, 3]}]
    make.document["nodes"][5]["skin"] = 0
    times = make.floats([0, seconds / 2, seconds], "SCALAR")
    half = [0, 0, np.sin(np.pi / 8), np.cos(np.pi / 8)]
    whole = [0, 0, np.sin(np.pi / 4), np.cos(np.pi / 4)]
    walk = make.floats([[0, 0, 10], [20, 0, 12], [40, 0, 10]], "VEC3")
    turn = make.floats([[0, 0, 0, 1], half, whole], "VEC4")
    make.clip("Walk", (1, "translation", "LINEAR", times, walk), (1, "rotation", "LINEAR", times, turn))
    return read_glb(make.glb())


def places(sampler: Sampler, made: Takes, clip: str, share: float) -> Floats:
    pose = made.pose(clip, share * sampler.clip(clip).seconds)
    found: Floats = pose.world[..., :3, 3]
    return found


@pytest.mark.parametrize("share", [0.21, 0.37, 0.5])
def test_a_mirrored_clip_is_the_reflection_of_every_joint(pip: Sampler, share: float) -> None:
    mirror, joints = find_mirror(pip), sorted(pip.glb.joints)
    own = places(pip, takes(pip, "Wave"), "Wave", share)
    seen = places(pip, takes(pip, "Wave", mirror=True), "Wave", share)

    gaps = np.linalg.norm(seen[mirror.partners] * [-1, 1, 1] - own, axis=-1)[joints]

    assert mirror.pairs == 15
    # The file's keys are whole numbers, not quite of length one; the reflected ones are.
    assert gaps.max() / height(pip) < 3e-5
    assert np.abs(seen - own).max() > 0.3


def test_mirrored_twice_is_as_it_was(pip: Sampler) -> None:
    mirror, clip = find_mirror(pip), pip.clip("Wave")
    twice = mirrored(mirrored(clip, mirror, pip), mirror, pip)
    times = np.linspace(0, clip.seconds, 7)

    assert pip.motion(twice, times).world == pytest.approx(pip.motion("Wave", times).world, abs=2e-4)


def test_sides_are_found_in_all_common_names() -> None:
    names = ["upperarm.l", "upperarm.r", "LeftHand", "RightHand", "Arm_L", "Arm_R", "Pelvis", "Tail", "thigh_right"]

    assert image_indices(names) == [1, 0, 3, 2, 5, 4, 6, 7, 8]
    assert image_indices(["eyeBlinkLeft", "smile", "eyeBlinkRight"]) == [2, 1, 0]


def test_joints_without_sides_in_their_names_pair_by_where_they_rest() -> None:
    make = GlbBuilder()
    make.node(name="spine", children=[1, 2, 3])
    for name, x in (("a", 1.0), ("b", -1.0), ("c", 0.0)):
        make.node(name=name, translation=[x, 1, 0])
    make.node(name="Body", mesh=make.triangle(), skin=0)
    make.document["scenes"] = [{"nodes": [0, 4]}]
    make.document["skins"] = [{"joints": [0, 1, 2, 3]}]
    times = make.floats([0, 1], "SCALAR")
    make.clip("Lift", (1, "translation", "LINEAR", times, make.floats([[1, 1, 0], [1.5, 2, 0]], "VEC3")))
    sampler = Sampler(read_glb(make.glb()))

    lifted = takes(sampler, "Lift", mirror=True).pose("Lift", 1.0)

    assert find_mirror(sampler).partners.tolist() == [0, 2, 1, 3, 4]
    assert lifted.translation[2] == pytest.approx([-1.5, 2, 0])
    assert lifted.translation[1] == pytest.approx([1, 1, 0])


def test_without_any_pair_a_mirrored_clip_plays_as_it_is() -> None:
    sampler = Sampler(walker_glb())
    made = takes(sampler, "Walk", mirror=True)

    assert made.mirror.pairs == 0
    assert made.pose("Walk", 1.3).world == pytest.approx(sampler.pose("Walk", 1.3).world)


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.0, 1.7, 2.0])
def test_a_locked_root_neither_walks_nor_turns_but_still_rises(seconds: float) -> None:
    sampler = Sampler(walker_glb())
    own, kept = sampler.pose("Walk", seconds), takes(sampler, "Walk", lock_root=True).pose("Walk", seconds)

    # The armature lies on its back and is a tenth: file units of z are tenths of height here.
    assert kept.world[1, :3, 3] == pytest.approx([0, own.world[1, 1, 3], 0], abs=1e-6)
    assert kept.world[1, :3, :3] == pytest.approx(sampler.pose("Walk", 0).world[1, :3, :3], abs=1e-6)
    assert kept.world[3, :3, 3] == pytest.approx([1.0, own.world[3, 1, 3], 0], abs=1e-6)


def test_a_lock_begins_where_the_trimmed_clip_does() -> None:
    sampler = Sampler(walker_glb())
    kept = takes(sampler, "Walk", lock_root=True, trim=True, active_start=1.0, active_end=2.0)

    assert kept.pose("Walk", 2.0).world[1, 0, 3] == pytest.approx(2.0, abs=1e-6)


def test_masks_leave_the_rest_of_the_body_unmoved(pip: Sampler) -> None:
    glb = pip.glb
    legs = [glb.node_names.index(name) for name in ("LeftUpLeg", "Hips")]
    arms, head = glb.node_names.index("RightArm"), glb.node_names.index("Head")

    upper = takes(pip, "Celebrate", mask="upper").pose("Celebrate", 1.0)
    only_head = takes(pip, "Celebrate", mask="head").pose("Celebrate", 1.0)

    assert not upper.bound[legs].any()
    assert upper.bound[arms].any()
    assert not only_head.bound[arms].any()
    assert only_head.bound[head].any()
    # The face is nobody's joint: it stays with every part.
    assert upper.bound_weights == pip.pose("Celebrate", 1.0).bound_weights


def test_an_added_clip_is_its_difference_from_its_first_played_pose(pip: Sampler) -> None:
    idle, made = pip.pose("Idle", 2.0), takes(pip, "Wave", additive=True)
    began, later = made.pose("Wave", 0.0), made.pose("Wave", 1.0)

    at_start = blend([idle, began], [1.0, 1.0], pip.rest)
    whole = blend([idle, later], [1.0, 1.0], pip.rest)
    half = blend([idle, later], [1.0, 0.5], pip.rest)

    arm = pip.glb.node_names.index("RightArm")
    assert at_start.world == pytest.approx(idle.world, abs=1e-6)
    swing = _degrees(idle.rotation[arm], whole.rotation[arm])
    own = _degrees(pip.pose("Wave", 0.0).rotation[arm], pip.pose("Wave", 1.0).rotation[arm])
    assert swing == pytest.approx(own, abs=1e-3)
    assert swing > 20
    assert _degrees(idle.rotation[arm], half.rotation[arm]) == pytest.approx(own / 2, abs=0.1)


def _degrees(start: Floats, end: Floats) -> float:
    return float(np.degrees(2 * np.arccos(min(1.0, abs(float(start @ end))))))


@pytest.mark.parametrize(("elapsed", "loop", "place"), [(0.0, True, 0.5), (1.2, True, 0.7), (1.2, False, 1.5)])
def test_a_trimmed_clip_plays_its_window_also_when_looping(
    pip: Sampler, elapsed: float, loop: bool, place: float
) -> None:
    window = takes(pip, "Wave", trim=True, active_start=0.5, active_end=1.5).window("Wave")

    assert window == Window(0.5, 1.5)
    assert window.place(window.start, elapsed, loop=loop) == pytest.approx(place)


def test_an_unknown_clip_has_the_plainest_settings(pip: Sampler) -> None:
    plain = Takes(pip, {}, FaceRig())

    assert plain.window("Wave") == Window(0.0, pip.clip("Wave").seconds)
    assert plain.pose("Wave", 1.0).world == pytest.approx(pip.pose("Wave", 1.0).world)
