"""Pip's body: two white shells on a dark ribbed waist, soft boots, dark gloves, and a coral bow tie."""

from __future__ import annotations

import numpy as np
from kit.shapes import Part, ball, curve, hoop, lathe, tube

from pip_robot.skeleton import FINGERS, SKELETON, WRIST, finger_joints, thumb_joints

ROUND = 2.35  # exponent of the body's cross-sections: between a circle and a soft square


def body_parts() -> list[Part]:
    """Return everything below the head."""
    left = [*_arm(), *_hand(), *_leg()]
    return [*_torso(), *_neck(), *_bow_tie(), *left, *[part.mirrored() for part in left]]


def _torso() -> list[Part]:
    """Return chest shell, pelvis shell, waist, and the light on the chest."""
    chest = [(0.0, 0.668), (0.1, 0.668), (0.158, 0.68), (0.192, 0.725), (0.208, 0.8), (0.2, 0.875)]
    chest += [(0.168, 0.94), (0.115, 0.982), (0.055, 0.996), (0.0, 0.998)]
    pelvis = [(0.0, 0.462), (0.07, 0.465), (0.125, 0.488), (0.158, 0.53), (0.166, 0.575), (0.15, 0.61), (0.1, 0.622)]
    pelvis += [(0.0, 0.622)]
    shell = lathe(curve(chest, 22), "shell", 28, ROUND, (1.0, 0.84)).bound_to("Chest")
    bowl = lathe(curve(pelvis, 15), "shell", 28, ROUND, (1.0, 0.86)).bound_to("Hips")
    heights = np.linspace(0.585, 0.705, 19)
    ribs = 0.128 + 0.009 * np.cos((heights - 0.645) / 0.026 * 2 * np.pi)
    waist = lathe(np.column_stack([ribs, heights]), "joint", 22, ROUND, (1.0, 0.84))
    waist = waist.bound_along(2, [(0.6, "Hips"), (0.645, "Spine"), (0.69, "Chest")])
    return [shell, bowl, waist, *_badge()]


def _badge() -> list[Part]:
    """Return the round light on the left of the chest, in its dark seat."""
    profile = curve([(0.0, 0.0), (0.016, 0.0), (0.026, 0.002), (0.0285, 0.007), (0.024, 0.0115), (0.0, 0.0125)], 9)
    seat = lathe(profile, "joint", 16)
    light = lathe(profile * (0.66, 0.8) + (0.0, 0.006), "glow", 14)
    return [_on_chest(part).bound_to("Chest") for part in (seat, light)]


def _on_chest(part: Part) -> Part:
    """Lay a part that stands on z = 0 onto the left breast."""
    return part.turned(0, 82).turned(2, 27).moved((0.094, -0.1515, 0.865))


def _neck() -> list[Part]:
    """Return the ribbed neck and the soft collar it stands in."""
    heights = np.linspace(0.975, 1.095, 17)
    ribs = 0.056 + 0.005 * np.cos((heights - 1.0) / 0.026 * 2 * np.pi)
    neck = lathe(np.column_stack([ribs, heights]), "joint", 16)
    neck = neck.bound_along(2, [(0.985, "Chest"), (1.02, "Neck"), (1.07, "Head")])
    angles = np.arange(24) * 2 * np.pi / 24
    ring = np.column_stack([0.078 * np.cos(angles), 0.072 * np.sin(angles), 0.994 + 0.012 * np.sin(angles)])
    return [neck, hoop(ring, 0.0165, "coral", 8).bound_to("Chest")]


def _bow_tie() -> list[Part]:
    """Return knot and wings, tilted with the chest."""
    wing = ball((0.062, 0.022, 0.046), "coral", 5, 2.4)
    pinch = 0.34 + 0.66 * np.clip((wing.vertices[:, 0] + 0.062) / 0.124, 0, 1) ** 0.75
    shaped = wing.vertices * np.column_stack([np.ones_like(pinch), 0.55 + 0.45 * pinch, pinch])
    left = Part(shaped, wing.faces, "coral").turned(1, 8).turned(2, -14).moved((0.062, 0.0, 0.0))
    knot = ball((0.021, 0.022, 0.025), "coral", 5, 2.6).moved((0, -0.006, 0))
    return [part.turned(0, -20).moved((0, -0.125, 0.952)).bound_to("Chest") for part in (left, left.mirrored(), knot)]


def _arm() -> list[Part]:
    """Return the left arm: shoulder joint, sleeve, elbow, flared cuff with its coral hem."""
    shoulder, elbow, wrist = (np.array(SKELETON[name].head) for name in ("LeftArm", "LeftForeArm", "LeftHand"))
    along = np.linspace(0, 1, 6)[:, None]
    upper = shoulder + (elbow - shoulder) * (0.06 + 0.62 * along)
    sleeve = tube(upper, curve([[0.062], [0.056], [0.048], [0.046]], 6)[:, 0], "shell", 16, 4)
    lower = elbow + (wrist - elbow) * (0.31 + 0.58 * along)
    cuff = tube(lower, curve([[0.047], [0.053], [0.06], [0.063]], 6)[:, 0], "shell", 16, 3)
    hem_at = elbow + (wrist - elbow) * 0.8
    return [
        ball((0.06, 0.06, 0.06), "joint", 6).moved(shoulder - (0.03, 0, 0)).bound_to("LeftShoulder"),
        sleeve.bound_to("LeftArm"),
        ball((0.0475, 0.0475, 0.0475), "joint", 5).moved(elbow).bound_to("LeftForeArm"),
        cuff.bound_to("LeftForeArm"),
        hoop(_ring(hem_at, wrist - elbow, 0.0615), 0.0065, "coral", 6).bound_to("LeftForeArm"),
        ball((0.036, 0.036, 0.036), "joint", 3).moved(wrist).bound_to("LeftHand"),
    ]


def _ring(middle: np.ndarray, along: np.ndarray, radius: float) -> np.ndarray:
    """Return 20 points of a circle across a direction."""
    along = along / np.linalg.norm(along)
    side = np.cross(along, (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    angles = np.arange(20)[:, None] * 2 * np.pi / 20
    return middle + radius * (np.cos(angles) * side + np.sin(angles) * np.cross(along, side))


def _hand() -> list[Part]:
    """Return the left glove: a soft palm, three fingers and a thumb."""
    palm = ball((0.036, 0.064, 0.06), "joint", 6, 2.5).moved((WRIST[0], WRIST[1], WRIST[2] - 0.068))
    parts = [palm.bound_to("LeftHand")]
    for name, across in FINGERS.items():
        first, second, tip = (np.array(joint) for joint in finger_joints(across))
        path = curve([first + np.array([0, 0, 0.02]), first, second, tip], 7)
        finger = tube(path, curve([[0.0225], [0.0225], [0.0215], [0.0195]], 7)[:, 0], "joint", 9, 2)
        cuts = [(-first[2] - 0.008, "LeftHand"), (-first[2] + 0.008, f"LeftHand{name}1")]
        cuts += [(-second[2] - 0.012, f"LeftHand{name}1"), (-second[2] + 0.012, f"LeftHand{name}2")]
        parts.append(_bound_down(finger, cuts))
    root, middle, tip = (np.array(joint) for joint in thumb_joints())
    thumb = tube(curve([root, middle, tip], 6), curve([[0.025], [0.0235], [0.02]], 6)[:, 0], "joint", 9, 2)
    cuts = [(-root[1], "LeftHandThumb1"), (-middle[1] - 0.01, "LeftHandThumb1"), (-middle[1] + 0.01, "LeftHandThumb2")]
    shared = Part(thumb.vertices * (1, -1, 1), thumb.faces, "joint").bound_along(1, cuts).weights
    return [*parts, Part(thumb.vertices, thumb.faces, "joint", shared)]


def _bound_down(part: Part, stops: list[tuple[float, str]]) -> Part:
    """Bind a hanging part by stops measured downwards."""
    weights = Part(part.vertices * (1, 1, -1), part.faces, part.material).bound_along(2, stops).weights
    return Part(part.vertices, part.faces, part.material, weights)


def _leg() -> list[Part]:
    """Return the left leg: dark thigh, knee, flared white shin, boot with a dark sole."""
    hip, knee, ankle = (np.array(SKELETON[name].head) for name in ("LeftUpLeg", "LeftLeg", "LeftFoot"))
    along = np.linspace(0, 1, 5)[:, None]
    thigh = tube(hip + (knee - hip) * (0.8 * along), curve([[0.066], [0.056], [0.053]], 5)[:, 0], "joint", 16, 3)
    shin_path = knee + (ankle - knee) * (0.34 + 0.48 * along)
    shin = tube(shin_path, curve([[0.057], [0.064], [0.07], [0.072]], 5)[:, 0], "shell", 18, 4)
    hem = hoop(_ring(knee + (ankle - knee) * 0.8, ankle - knee, 0.0715), 0.007, "coral", 6)
    return [
        thigh.bound_to("LeftUpLeg"),
        ball((0.049, 0.049, 0.049), "joint", 5).moved(knee).bound_to("LeftLeg"),
        shin.bound_to("LeftLeg"),
        hem.bound_to("LeftLeg"),
        *[part.bound_to("LeftFoot") for part in _boot()],
    ]


def _boot() -> list[Part]:
    """Return the left boot standing on the ground."""
    upper = ball((0.086, 0.135, 0.082), "shell", 8, 2.4)
    flat = upper.vertices.copy()
    instep = 1 - 0.9 * np.clip(-flat[:, 1] - 0.02, 0, 0.2)
    flat[:, 2] *= np.where(flat[:, 2] < 0, 0.4, instep)
    boot = Part(flat, upper.faces, "shell").moved((0.124, -0.045, 0.042))
    sole = ball((0.09, 0.14, 0.019), "joint", 5, 2.8).moved((0.124, -0.045, 0.019))
    return [boot, sole]
