"""The head's own life: turns in the stage's axes, nods, glances; and gestures that leave the legs alone."""

import random

import numpy as np
import pytest

from shared.contract.acting import ActingMap, FaceRig, RoleClip
from shared.glb import Glb, Pose, read_glb
from studio.render.attention import Direction, Gaze
from studio.render.head import Head, Manner
from studio.render.player import Player
from tests.shared.glb.building import GlbBuilder

FACE = FaceRig(head="Head", neck="Neck", eyes=("EyeL",))
STILL = Manner(Direction(), talking=False, breathing=False)


def body_glb() -> Glb:
    """Hips with a leg, and a spine with an arm whose bones are turned oddly, up to a head with an eye."""
    make = GlbBuilder()
    names = ("Hips", "Leg", "Foot", "Spine", "Neck", "Head", "EyeL", "skin", "Arm")
    children = {0: [1, 3, 7], 1: [2], 3: [4, 8], 4: [5], 5: [6]}
    odd = {3: [0.5, 0.5, 0.5, 0.5], 4: [0, 0.6, 0, 0.8], 5: [0.28, 0, 0.96, 0]}
    for number, name in enumerate(names):
        fields = {"name": name, "translation": [0.1, 0.2, 0.0]}
        fields |= {"children": children[number]} if number in children else {}
        make.node(**fields, **({"rotation": odd[number]} if number in odd else {}))
    make.document["nodes"][7] |= {"mesh": make.triangle(), "skin": 0}
    make.document["skins"].append({"joints": [*range(7), 8]})
    times = make.floats([0, 10], "SCALAR")
    for name, place in (("Idle", 1.0), ("Wave", 2.0)):
        values = make.floats([[place, 0, 0]] * 2, "VEC3")
        make.clip(name, *((node, "translation", "LINEAR", times, values) for node in (1, 5)))
    make.clip("Nod", (5, "translation", "LINEAR", times, make.floats([[3, 0, 0]] * 2, "VEC3")))
    return read_glb(make.glb())


def rotation_of(pose: Pose, node: int) -> np.ndarray:
    """The (3, 3) world rotation of a node."""
    return np.asarray(pose.world[node, :3, :3])


def test_a_look_aside_turns_the_head_about_the_stages_upright() -> None:
    glb = body_glb()
    player = Player(glb)
    head = Head(glb, FACE, "+Z", ())

    turned, _ = head.apply(player.sampler.rest, Manner(Direction(yaw=0.5), talking=False, breathing=False), 0.01)

    moved = rotation_of(turned, 5) @ rotation_of(player.sampler.rest, 5).T
    assert moved @ [0, 1, 0] == pytest.approx([0, 1, 0])
    assert moved @ [0, 0, 1] == pytest.approx([np.sin(0.2), 0, np.cos(0.2)])
    # Head and eyes share the angle; the eyes are carried by the head.
    eyes = rotation_of(turned, 6) @ rotation_of(player.sampler.rest, 6).T
    assert eyes @ [0, 0, 1] == pytest.approx([np.sin(0.5), 0, np.cos(0.5)])


@pytest.mark.parametrize(("front", "forwards"), [("+Z", 1.0), ("-Z", -1.0)])
def test_a_look_up_lifts_the_face_whichever_way_it_looks(front: str, forwards: float) -> None:
    glb = body_glb()
    rest = Player(glb).sampler.rest

    turned, _ = Head(glb, FACE, front, ()).apply(
        rest, Manner(Direction(pitch=0.5), talking=False, breathing=False), 0.01
    )

    face = rotation_of(turned, 5) @ rotation_of(rest, 5).T @ [0, 0, forwards]
    assert face[1] == pytest.approx(np.sin(0.2))


def test_a_nod_goes_down_first_and_ends_where_it_began() -> None:
    glb = body_glb()
    rest = Player(glb).sampler.rest
    head = Head(glb, FACE, "+Z", ())
    head.play("nod")

    heights = []
    for _ in range(110):
        pose, _ = head.apply(rest, STILL, 0.01)
        heights.append((rotation_of(pose, 5) @ rotation_of(rest, 5).T @ [0, 0, 1])[1])

    first = next(height for height in heights if abs(height) > 0.01)
    assert first < 0
    assert min(heights) < -0.1
    assert max(heights) > 0.05
    assert heights[-1] == pytest.approx(0.0)
    assert not head.moving


def test_eyes_without_joints_look_by_their_shapes() -> None:
    names = ("eyeLookOutLeft", "eyeLookInRight", "eyeLookInLeft", "eyeLookUpLeft", "eyeLookDownLeft")
    head = Head(body_glb(), FaceRig(head="Head"), "+Z", names)

    _, weights = head.apply(Player(body_glb()).sampler.rest, Manner(Direction(0.4, -0.2), False, False), 0.01)

    assert weights["eyeLookOutLeft"] == weights["eyeLookInRight"] == pytest.approx(0.24 / 0.4)
    assert weights["eyeLookDownLeft"] == pytest.approx(0.12 / 0.3)
    assert "eyeLookInLeft" not in weights


def test_the_gaze_follows_a_pointer_and_then_returns_to_the_visitor() -> None:
    gaze = Gaze(random.Random(1))
    gaze.point_at(2.0, 0.0)
    followed = [gaze.update(0.05, thinking=False, share=1.0) for _ in range(90)]
    returned = [gaze.update(0.05, thinking=False, share=1.0) for _ in range(60)]

    assert followed[-1].yaw == pytest.approx(0.85, abs=0.02)
    assert abs(returned[-1].yaw) < 0.35


def test_thinking_without_a_clip_looks_up() -> None:
    gaze = Gaze(random.Random(1))

    looks = [gaze.update(0.05, thinking=True, share=1.0) for _ in range(60)]

    assert looks[-1].pitch == pytest.approx(0.32, abs=0.01)


def test_what_a_gesture_does_not_move_stays_with_the_posture() -> None:
    player = Player(body_glb())
    player.lively = False
    player.play_posture("Idle", 0.0)
    player.play_gesture("Nod", 1.0)

    pose = player.pose(3.0)

    assert pose.translation[5] == pytest.approx([3, 0, 0], abs=1e-3)
    assert pose.translation[1] == pytest.approx([1, 0, 0], abs=1e-3)


@pytest.mark.parametrize(("upper", "leg"), [(True, 1.0), (False, 2.0)])
def test_a_gesture_of_the_upper_body_leaves_the_legs_alone(upper: bool, leg: float) -> None:
    player = Player(body_glb(), ActingMap(face=FACE))
    player.lively = False
    player.play_posture("Idle", 0.0)
    player.play_gesture("Wave", 1.0, upper_body_only=upper)

    pose = player.pose(3.0)

    assert pose.translation[5] == pytest.approx([2, 0, 0], abs=1e-3)
    assert pose.translation[1] == pytest.approx([leg, 0, 0], abs=1e-3)


def test_a_previewed_clip_is_shown_as_it_is() -> None:
    player = Player(body_glb(), ActingMap(face=FACE))
    player.play_posture("Idle", 0.0)
    player.look_at(2.0, 1.0)
    player.preview("Nod", 1.0)

    pose = player.pose(3.0)

    assert pose.rotation == pytest.approx(player.sampler.rest.rotation)


def test_a_listener_without_a_clip_nods_slowly() -> None:
    own = ActingMap(face=FACE, roles={"listening": (RoleClip(clip="Idle"),)})
    nods = {}
    for name, acting in {"own": own, "none": ActingMap(face=FACE)}.items():
        player = Player(body_glb(), acting)
        player.play("Idle", "listening", 0.0)
        nods[name] = False
        for step in range(300):
            player.pose(step * 0.033)
            nods[name] |= player._head.moving

    assert nods == {"own": False, "none": True}


def test_a_clock_that_slept_does_not_make_the_head_jump() -> None:
    player = Player(body_glb(), ActingMap(face=FACE))
    player.play_posture("Idle", 0.0)
    player.pose(1.0)
    player.look_at(5.0, 0.0)

    before, after = player.pose(1.01), player.pose(4000.0)

    turned = rotation_of(after, 5) @ rotation_of(before, 5).T
    assert np.arccos(np.clip((np.trace(turned) - 1) / 2, -1, 1)) < 0.2
