"""What a clip does, in numbers: when it moves, how much, whether it closes, and a fingerprint to know it again.

Source: acting.md, "What to measure of each clip at import".
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.contract.avatar import ClipFacts
from shared.glb.document import Glb
from shared.glb.face import LEFT, RIGHT, find_bone, morph_nodes
from shared.glb.geometry import Primitive
from shared.glb.prints import sample_times, vector_text
from shared.glb.sampling import Motion, Sampler
from shared.glb.skeleton import Indices
from shared.glb.skinning import bounds, centroids
from shared.glb.transforms import Floats

ACTIVE_SPEED = 0.25
"""Body heights per second, summed over hands and head, above which a clip counts as moving."""
_RATE_HZ = 30.0
_MOST_SAMPLES = 900
_MOST_MATRICES = 1_000_000
_HANDS = ("hand", "palm", "palm2", "wrist", "forearm", "lowerarm", "arm")
_HEAD = ("head", "neck")
_MOST_ENDS = 6
_NOD_DEGREES, _SHAKE_DEGREES = 4.0, 5.0
"""So far a head swings at least for it to be seen."""
_NOSE = 0.06
"""Body heights from the middle of the head to the front."""
_FINGERPRINT_STEPS = 10
"""Per body height, per unit vector and per morph weight: coarse, so that an exporter's rounding does not change it."""
_FINGERPRINT_PLACES = 8


@dataclass(frozen=True, eq=False)
class Body:
    """What of an avatar is watched while its clips play."""

    height: float
    """Of the rest pose, units of the file; never 0."""
    ends: Indices
    """Nodes of head and hands."""
    offsets: Floats
    """(E, 3) what is watched, in each end's own space: the middle of a hand, and the nose.

    The joint of a nodding or shaking head hardly moves, and its middle stays on the axis; its nose does not.
    """
    root: int
    joints: Indices
    """All joints that are shown, or all shown nodes where there is no skin."""
    seen: Indices
    """The nodes that move vertices: the targets and controls of a rig may leap unseen. As `joints` without a skin."""
    head: int | None = None
    """Which of the ends is the head, when it and a hand are known by name."""


def find_body(glb: Glb, primitives: list[Primitive]) -> Body:
    """Head and hands by name, else the tips of the skeleton; the root by name, else the topmost joint."""
    low, high = bounds(glb, primitives=primitives)
    shown = [node for node in glb.skeleton.shown if node in glb.joints] or list(glb.skeleton.shown) or [0]
    ends = _ends(glb, shown)
    middles = centroids(glb, primitives)
    root = find_bone(glb, ("hips", "hip", "pelvis"))
    height = max(float(high[1] - low[1]), 1e-6)
    return Body(
        height=height,
        ends=np.array(ends, np.intp),
        offsets=_watched(glb, ends, middles, height),
        root=shown[0] if root is None else root,
        joints=np.array(shown, np.intp),
        seen=np.array(_seen(glb, middles) or shown, np.intp),
        head=0 if len(ends) > 1 and ends[0] == find_bone(glb, _HEAD) else None,
    )


@dataclass(frozen=True, eq=False)
class MotionCurve:
    """How fast hands and head are throughout a clip: what the active window is cut from."""

    seconds: Floats
    """(T,) places in the clip, rising."""
    speeds: Floats
    """(T,) mean speed of hands and head, body heights per second."""


def motion_curve(sampler: Sampler, body: Body, number: int) -> MotionCurve:
    """The motion of one clip over time, as it was measured; a clip without length is one that rests."""
    clip = sampler.clip(number)
    times = _times(max(clip.seconds, 0.0), len(sampler.skeleton.parents))
    speeds = _speeds(sampler.motion(number, times), body, times)
    means = speeds.mean(axis=1) if speeds.size else np.zeros(len(times) - 1)
    return MotionCurve((times[:-1] + times[1:]) / 2, means)


def measure_clip(sampler: Sampler, body: Body, number: int) -> ClipFacts:
    """Measure one clip. A clip in which head and hands rest counts as active throughout."""
    clip = sampler.clip(number)
    seconds = max(clip.seconds, 0.0)
    times = _times(seconds, len(sampler.skeleton.parents))
    motion = sampler.motion(number, times)
    speeds = _speeds(motion, body, times)
    start, end = _active_window(speeds.sum(axis=1), times)
    first, last = motion.world[0], motion.world[-1]
    gaps = np.linalg.norm(first[body.seen, :3, 3] - last[body.seen, :3, 3], axis=-1)
    drift = np.linalg.norm(first[body.root, :3, 3] - last[body.root, :3, 3])
    return ClipFacts(
        name=clip.name,
        seconds=seconds,
        tracks=clip.channels,
        active_start=start,
        active_end=end,
        mean_speed=float(speeds.mean()) if speeds.size else 0.0,
        seam_error=float(gaps.max()) / body.height,
        root_drift=float(drift) / body.height,
        fingerprint=_fingerprint(sampler, body, number, seconds, clip.channels),
        hand_raised=_raised(motion, body, hands=1),
        hands_raised=_raised(motion, body, hands=2),
        hands_reach=_reach(motion, body),
        **_looks(motion, body),
    )


def _seen(glb: Glb, middles: dict[int, Floats]) -> list[int]:
    return [node for node in glb.skeleton.shown if node in middles] if glb.joints else []


def _ends(glb: Glb, shown: list[int]) -> list[int]:
    named = [find_bone(glb, _HEAD), find_bone(glb, _HANDS, LEFT), find_bone(glb, _HANDS, RIGHT)]
    found = [node for node in named if node is not None]
    if found:
        return found
    parents = {glb.skeleton.parents[node] for node in shown}
    tips = [node for node in shown if node not in parents]
    return tips[:_MOST_ENDS]


def _watched(glb: Glb, ends: list[int], middles: dict[int, Floats], height: float) -> Floats:
    head = find_bone(glb, _HEAD)
    places = np.array([_middle(glb, node, middles) for node in ends]).reshape(-1, 3)
    for row, node in enumerate(ends):
        if node == head:
            linear = Sampler(glb).rest.world[node, :3, :3]
            if abs(np.linalg.det(linear)) > 0:
                places[row] += np.linalg.solve(linear, [0.0, 0.0, _NOSE * height])
    return places


def _middle(glb: Glb, node: int, middles: dict[int, Floats]) -> Floats:
    if node in middles:
        return middles[node]
    children = glb.skeleton.children(node)
    return glb.skeleton.translation[list(children)].mean(axis=0) if children else np.zeros(3)


def _times(seconds: float, nodes: int) -> Floats:
    most = max(2, min(_MOST_SAMPLES, _MOST_MATRICES // max(nodes, 1)))
    return np.linspace(0.0, seconds, int(min(max(seconds * _RATE_HZ, 1), most - 1)) + 1)


def _speeds(motion: Motion, body: Body, times: Floats) -> Floats:
    """(T - 1, E) body heights per second."""
    places = _places(motion, body)
    steps = np.linalg.norm(np.diff(places, axis=0), axis=-1) / body.height
    spans = np.diff(times)[:, None]
    speeds: Floats = np.where(spans > 0, steps / np.where(spans > 0, spans, 1.0), 0.0)
    return speeds


def _places(motion: Motion, body: Body) -> Floats:
    """(T, E, 3) where head and hands are, units of the file."""
    world = motion.world[:, body.ends]
    places: Floats = np.einsum("teij,ej->tei", world[..., :3, :3], body.offsets) + world[..., :3, 3]
    return places


def _raised(motion: Motion, body: Body, hands: int) -> float:
    """Share of the samples in which so many hands are higher than the joint of the head.

    The joint, not the crown: the arms of stylised characters do not reach over their heads.
    """
    if body.head is None or len(body.ends) <= hands:
        return 0.0
    heights = np.delete(_places(motion, body)[..., 1], body.head, axis=1)
    above = heights > motion.world[:, body.ends[body.head], 1, 3][:, None]
    return float((above.sum(axis=1) >= hands).mean())


def _reach(motion: Motion, body: Body) -> float:
    if body.head is None or len(body.ends) < 2:
        return 0.0
    hands = np.delete(_places(motion, body), body.head, axis=1)
    return float(np.linalg.norm(hands - hands[0], axis=-1).max()) / body.height


def _looks(motion: Motion, body: Body) -> dict[str, Any]:
    """How the head swings, by the way from its joint to its nose."""
    if body.head is None:
        return {}
    ways = _places(motion, body)[:, body.head] - motion.world[:, body.ends[body.head], :3, 3]
    lengths = np.linalg.norm(ways, axis=1, keepdims=True)
    ways = ways / np.where(lengths > 0, lengths, 1.0)
    pitch = np.degrees(np.arcsin(np.clip(ways[:, 1], -1, 1)))
    yaw = np.degrees(np.unwrap(np.arctan2(ways[:, 0], ways[:, 2])))
    return {
        "head_nods": _swings(pitch, _NOD_DEGREES),
        "head_shakes": _swings(yaw, _SHAKE_DEGREES),
        "head_pitch_degrees": float(np.ptp(pitch)),
        "head_turn_degrees": float(np.ptp(yaw)),
    }


def _swings(values: Floats, least: float) -> int:
    """How often a curve goes one way by at least so much, and then the other."""
    count, way = 0, 0
    low = high = extreme = float(values[0])
    for value in values.tolist():
        if way == 0:
            low, high = min(low, value), max(high, value)
            way = 1 if value - low >= least else -1 if high - value >= least else 0
            count, extreme = abs(way), value
        elif (value - extreme) * way > 0:
            extreme = value
        elif (extreme - value) * way >= least:
            count, way, extreme = count + 1, -way, value
    return count


def _active_window(summed: Floats, times: Floats) -> tuple[float, float]:
    moving = np.flatnonzero(summed > ACTIVE_SPEED)
    if len(moving) == 0:
        return 0.0, float(times[-1])
    return float(times[moving[0]]), float(times[moving[-1] + 1])


def _fingerprint(sampler: Sampler, body: Body, number: int, seconds: float, tracks: int) -> str:
    motion = sampler.motion(number, np.arange(_FINGERPRINT_PLACES) / _FINGERPRINT_PLACES * seconds)
    world = motion.world[:, body.joints]
    axes = world[..., :3, :2]
    length = np.linalg.norm(axes, axis=-2, keepdims=True)
    seen = [
        world[..., :3, 3] / body.height,
        axes / np.where(length > 0, length, 1),
        *(motion.weights[node] for node in sorted(motion.weights)),
    ]
    digest = hashlib.sha256()
    for values in seen:
        # Adding zero turns the -0 of a rounded small number into 0.
        digest.update((np.round(values * _FINGERPRINT_STEPS) + 0.0).astype("<f4").tobytes())
    return f"{seconds:.2f}s-{tracks}t-{digest.hexdigest()[:12]}-{_vector(sampler, body, number, seconds)}"


def _vector(sampler: Sampler, body: Body, number: int, seconds: float) -> str:
    motion = sampler.motion(number, sample_times(seconds))
    rest = sampler.rest.world
    watched = np.append(body.ends, body.root)
    offsets = np.vstack([body.offsets, np.zeros(3)])
    places = np.einsum("teij,ej->tei", motion.world[:, watched, :3, :3], offsets) + motion.world[..., :3, 3][:, watched]
    resting = np.einsum("eij,ej->ei", rest[watched, :3, :3], offsets) + rest[watched, :3, 3]
    named = [(node, name) for node, names in sorted(morph_nodes(sampler.glb).items()) for name in names]
    rows = [motion.weights[node] for node in sorted(morph_nodes(sampler.glb))]
    weights = np.concatenate(rows, axis=1) if rows else np.zeros((len(places), 0))
    return vector_text((places - resting) / body.height, weights, [name for _, name in named])
