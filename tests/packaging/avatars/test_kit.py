"""The kit's motion and slimming, which need no Blender."""

from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
import pytest


@pytest.fixture
def reach() -> Any:
    """Return the kit's skeletons and rotations."""
    return import_module("kit.reach")


@pytest.fixture
def motion() -> Any:
    """Return the kit's clips."""
    return import_module("kit.motion")


@pytest.fixture
def poses() -> Any:
    """Return the kit's poses."""
    return import_module("kit.poses")


@pytest.fixture
def skeleton(reach: Any) -> Any:
    """Return hips, a leg and an arm."""
    bones = [
        reach.Bone("Hips", (0, 0, 0.5), (0, 0, 0.6)),
        reach.Bone("Chest", (0, 0, 0.6), (0, 0, 1.0), "Hips"),
        reach.Bone("LeftArm", (0.2, 0, 0.9), (0.2, 0.02, 0.7), "Chest"),
        reach.Bone("LeftForeArm", (0.2, 0.02, 0.7), (0.2, 0, 0.5), "LeftArm"),
        reach.Bone("LeftHand", (0.2, 0, 0.5), (0.2, 0, 0.4), "LeftForeArm"),
        reach.Bone("LeftUpLeg", (0.1, 0, 0.5), (0.1, -0.02, 0.3), "Hips"),
        reach.Bone("LeftLeg", (0.1, -0.02, 0.3), (0.1, 0, 0.1), "LeftUpLeg"),
        reach.Bone("LeftFoot", (0.1, 0, 0.1), (0.1, -0.1, 0.0), "LeftLeg"),
    ]
    limbs = {
        "LeftHand": reach.Limb("LeftArm", "LeftForeArm", "LeftHand", (-1, 0, 0)),
        "LeftFoot": reach.Limb("LeftUpLeg", "LeftLeg", "LeftFoot", (1, 0, 0)),
    }
    return reach.Skeleton(bones, limbs, {"LeftHand": (-1, 0, 0)})


def test_a_hand_arrives_where_it_reaches_and_points_where_it_should(skeleton: Any, poses: Any) -> None:
    at, fingers, palm = (0.25, -0.2, 0.95), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0)
    pose = poses.Pose(turns={"Chest": (10, 5, 20)}, reaches={"LeftHand": poses.Reach(at, fingers=fingers, palm=palm)})

    rotations, heads = skeleton.place(poses.solve(skeleton, pose), np.zeros(3))

    carried = rotations["Chest"] @ (np.array(at) - (0, 0, 0.6)) + (0, 0, 0.6)
    assert np.allclose(heads["LeftHand"], carried, atol=1e-6)
    assert np.allclose(rotations["LeftHand"] @ (0, 0, -1), rotations["Chest"] @ fingers, atol=1e-6)
    assert np.allclose(rotations["LeftHand"] @ (-1, 0, 0), rotations["Chest"] @ palm, atol=1e-6)


def test_a_planted_foot_stays_while_the_hips_travel(skeleton: Any, motion: Any, poses: Any) -> None:
    rest = poses.Pose()
    down = rest.but(hips=(0.02, 0.02, -0.05), turns={"Hips": (10, 5, 10)})
    clip = motion.Clip("Dip", 1.5, [motion.Key(0, rest), motion.Key(0.5, down), motion.Key(1.5, rest)])

    done = motion.perform(skeleton, motion.Manner(feet={"LeftFoot": (0, -1, 0)}), clip)

    for t in range(len(done.hips)):
        rotations, heads = skeleton.place({name: turn[t] for name, turn in done.turns.items()}, done.hips[t])
        assert np.allclose(heads["LeftFoot"], (0.1, 0, 0.1), atol=1e-6)
        assert np.allclose(rotations["LeftFoot"], np.eye(3), atol=1e-6)


def test_a_loop_closes_in_place_and_speed(skeleton: Any, motion: Any, poses: Any) -> None:
    keys = [motion.Key(0, poses.Pose()), motion.Key(1, poses.Pose(turns={"Chest": (30, 0, 10)}))]
    manner = motion.Manner(springs={"Chest": motion.Spring(2, 0.4)})

    turns = motion.perform(skeleton, manner, motion.Clip("Sway", 2.0, keys, loop=True)).turns["Chest"]

    assert np.allclose(turns[0], turns[-1], atol=1e-9)
    assert np.allclose(turns[1] - turns[0], turns[-1] - turns[-2], atol=4e-3)


def test_a_soft_spring_swings_past_its_goal_and_a_gesture_still_ends_at_home(
    skeleton: Any, motion: Any, poses: Any
) -> None:
    rest, bent = poses.Pose(), poses.Pose(turns={"Chest": (40, 0, 0)})
    keys = [
        motion.Key(0, rest),
        motion.Key(0.3, bent),
        motion.Key(1.2, bent),
        motion.Key(1.5, rest),
        motion.Key(2, rest),
    ]
    manner = motion.Manner(springs={"Chest": motion.Spring(2.5, 0.3)})

    turns = motion.perform(skeleton, manner, motion.Clip("Nod", 2.0, keys)).turns["Chest"]

    assert 40.5 < np.degrees(2 * np.arcsin(turns[:, 1].max())) < 60
    assert np.allclose(turns[-1], (1, 0, 0, 0), atol=1e-9)


def test_left_out_keys_come_back_from_straight_lines_within_the_tolerance() -> None:
    slim = import_module("kit.slim")
    times = np.arange(91, dtype=np.float32) / 30
    values = np.column_stack([np.sin(times * 4), np.cos(times * 3)]).astype(np.float32)

    kept = slim.essential(times, values, 0.01)

    assert len(kept) < 60
    assert 0.001 < slim.gap(times, values, kept) <= 0.01


def test_balls_tubes_and_lathed_shells_face_outwards() -> None:
    shapes = import_module("kit.shapes")
    profile = np.array([[0.0, 0.0], [0.2, 0.0], [0.2, 0.3], [0.0, 0.3]])
    path = shapes.curve([(0, 0, 0), (0, 0.1, 0.3), (0.1, 0, 0.6)], 8)
    solids = [
        shapes.ball((0.2, 0.3, 0.1), "m", 5, 2.6),
        shapes.lathe(profile, "m"),
        shapes.tube(path, np.full(8, 0.05), "m"),
    ]

    volumes = [signed_volume(part) for part in solids + [part.mirrored() for part in solids]]

    assert min(volumes) > 0.001


def signed_volume(part: Any) -> float:
    """Return the volume inside a closed surface, negative if it is inside out."""
    total = 0.0
    for face in part.faces:
        for second, third in pairwise(face[1:]):
            total += float(np.linalg.det(part.vertices[[face[0], second, third]])) / 6
    return total
