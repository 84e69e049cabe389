"""Poses: what a bone turns, where a hand reaches, what the face shows; solved into one turn per bone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from kit.reach import Skeleton, Triple, bend_limb, frame, inverse, matrix_of, multiply, quaternion_of, turn
from kit.shapes import Floats, other_side


@dataclass(frozen=True)
class Reach:
    """Where one hand is, in armature space at rest, carried by a bone: a hand on the head follows the head.

    `elbow` is the direction to which the elbow points; `fingers` and `palm` the directions to which they point.
    """

    at: Triple
    elbow: Triple = (0.3, 1.0, -0.5)
    fingers: Triple | None = None
    palm: Triple | None = None
    carried_by: str = "Chest"

    def mirrored(self) -> Reach:
        """Return the same reach of the other hand."""
        flip = [None if triple is None else (-triple[0], triple[1], triple[2]) for triple in (self.fingers, self.palm)]
        at, elbow = self.at, self.elbow
        return replace(
            self, at=(-at[0], at[1], at[2]), elbow=(-elbow[0], elbow[1], elbow[2]), fingers=flip[0], palm=flip[1]
        )


@dataclass(frozen=True)
class Pose:
    """One attitude of the whole character; what it does not name is at rest."""

    turns: Mapping[str, Triple] = field(default_factory=dict)
    hips: Triple = (0.0, 0.0, 0.0)
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    face: Mapping[str, float] = field(default_factory=dict)

    def but(
        self,
        turns: Mapping[str, Triple] | None = None,
        hips: Triple | None = None,
        reaches: Mapping[str, Reach] | None = None,
        face: Mapping[str, float] | None = None,
    ) -> Pose:
        """Return this pose with the given bones, hands and morphs replaced."""
        return Pose(
            {**self.turns, **(turns or {})},
            self.hips if hips is None else hips,
            {**self.reaches, **(reaches or {})},
            {**self.face, **(face or {})},
        )

    def mirrored(self) -> Pose:
        """Return the pose seen in a mirror."""
        turns = {other_side(bone): (x, -y, -z) for bone, (x, y, z) in self.turns.items()}
        reaches = {other_side(hand): reach.mirrored() for hand, reach in self.reaches.items()}
        return Pose(turns, (-self.hips[0], self.hips[1], self.hips[2]), reaches, self.face)


def solve(skeleton: Skeleton, pose: Pose) -> dict[str, Floats]:
    """Return the turn (4,) of every bone of the skeleton in this pose."""
    turns = {bone.name: turn(pose.turns.get(bone.name, (0, 0, 0))) for bone in skeleton.bones}
    for hand, reach in pose.reaches.items():
        turns |= _reached(skeleton, turns, np.array(pose.hips), hand, reach)
    return turns


def _reached(
    skeleton: Skeleton, turns: dict[str, Floats], offset: Floats, hand: str, reach: Reach
) -> dict[str, Floats]:
    """Return the turns of the three bones of an arm that reaches."""
    limb = skeleton.limbs[hand]
    rotations, heads = skeleton.place(turns, offset)
    carrier = rotations[reach.carried_by]
    goal = heads[reach.carried_by] + carrier @ (np.array(reach.at) - np.array(skeleton[reach.carried_by].head))
    upper, lower = bend_limb(skeleton, limb, heads[limb.upper], goal, carrier @ np.array(reach.elbow))
    above = rotations[skeleton[limb.upper].parent or limb.upper]
    held = _hand(skeleton, carrier, lower, hand, reach)
    lower_turn, hand_turn = _share_twist(upper.T @ lower, lower.T @ held, _along(skeleton, limb.lower))
    return {limb.upper: quaternion_of(above.T @ upper), limb.lower: lower_turn, hand: hand_turn}


def _along(skeleton: Skeleton, name: str) -> Floats:
    """Return the unit direction of a bone at rest."""
    along = np.array(skeleton[name].tail) - np.array(skeleton[name].head)
    return np.asarray(along / np.linalg.norm(along))


def _hand(skeleton: Skeleton, carrier: Floats, lower: Floats, hand: str, reach: Reach) -> Floats:
    """Return the armature rotation of the hand; without directions it goes on from the forearm."""
    if reach.fingers is None or reach.palm is None:
        return lower
    rest = frame(_along(skeleton, hand), np.array(skeleton.palms[hand]))
    return carrier @ frame(np.array(reach.fingers, float), np.array(reach.palm, float)) @ rest.T


def _share_twist(lower: Floats, hand: Floats, along: Floats) -> tuple[Floats, Floats]:
    """Move half of the hand's twist about the forearm into the forearm, as radius and ulna do."""
    hand_turn = quaternion_of(hand)
    half = np.arctan2(hand_turn[1:] @ along, hand_turn[0]) / 2
    twist = np.concatenate([[np.cos(half)], np.sin(half) * along])
    return multiply(quaternion_of(lower), twist), multiply(inverse(twist), hand_turn)


def planted(
    skeleton: Skeleton, turns: dict[str, Floats], offset: Floats, feet: Mapping[str, Triple]
) -> dict[str, Floats]:
    """Return the turns of both legs that keep each foot where it rests, flat, with the knee to its direction."""
    rotations, heads = skeleton.place(turns, offset)
    legs: dict[str, Floats] = {}
    for foot, knee in feet.items():
        limb = skeleton.limbs[foot]
        above = rotations[skeleton[limb.upper].parent or limb.upper]
        upper, lower = bend_limb(skeleton, limb, heads[limb.upper], np.array(skeleton[foot].head), np.array(knee))
        held = matrix_of(turns[foot])
        legs |= {
            limb.upper: quaternion_of(above.T @ upper),
            limb.lower: quaternion_of(upper.T @ lower),
            foot: quaternion_of(lower.T @ held),
        }
    return legs
