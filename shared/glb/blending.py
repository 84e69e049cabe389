"""Mixing poses as three.js' AnimationMixer mixes actions: in order, each by its share of the weight so far."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from shared.glb.sampling import Pose
from shared.glb.transforms import Floats, multiply, slerp


def blend(poses: Sequence[Pose], weights: Sequence[float], rest: Pose) -> Pose:
    """Mix poses; what no pose moves rests, and weight missing to 1 is filled up with the rest pose.

    Args:
        poses: of one GLB, in the order in which their actions began to play.
        weights: one per pose, not negative; those of weight 0 take no part. Additive poses are added to the mixture of
            the others, each by its own weight.
        rest: `Sampler.rest` of the same GLB.
    Source: three.js r187, PropertyMixer.accumulate, accumulateAdditive and apply.
    """
    weighed = [(pose, weight) for pose, weight in zip(poses, weights, strict=True) if weight > 0]
    mixed = _mixed([(pose, weight) for pose, weight in weighed if not pose.additive], rest)
    added = [(pose, weight) for pose, weight in weighed if pose.additive]
    return _with_added(mixed, added) if added else mixed


def _mixed(playing: list[tuple[Pose, float]], rest: Pose) -> Pose:
    if len(playing) == 1 and playing[0][1] >= 1:
        return playing[0][0]
    translation, rotation, scale = rest.translation.copy(), rest.rotation.copy(), rest.scale.copy()
    total: Floats = np.zeros(rest.bound.shape)
    for pose, weight in playing:
        share = np.where(pose.bound, weight / (total + weight), 0.0)
        # The first to arrive has share 1 and so replaces what stands there.
        translation += (pose.translation - translation) * share[:, 0:1]
        rotation = _turn(rotation, pose.rotation, share[:, 1])
        scale += (pose.scale - scale) * share[:, 2:3]
        total += np.where(pose.bound, weight, 0.0)
    missing = np.where(total > 0, np.clip(1 - total, 0, None), 0.0)
    return Pose(
        skeleton=rest.skeleton,
        translation=translation + (rest.translation - translation) * missing[:, 0:1],
        rotation=_turn(rotation, rest.rotation, missing[:, 1]),
        scale=scale + (rest.scale - scale) * missing[:, 2:3],
        weights=_blend_weights(playing, rest),
        bound=total > 0,
        bound_weights=frozenset().union(*(pose.bound_weights for pose, _ in playing)),
    )


def _with_added(mixed: Pose, added: list[tuple[Pose, float]]) -> Pose:
    translation, rotation, scale = mixed.translation.copy(), mixed.rotation, mixed.scale.copy()
    weights, bound = dict(mixed.weights), mixed.bound.copy()
    turned, turns = np.zeros_like(rotation), np.zeros(len(rotation), np.bool_)
    turned[:, 3] = 1.0
    for pose, weight in added:
        translation += np.where(pose.bound[:, 0:1], pose.translation * weight, 0.0)
        scale += np.where(pose.bound[:, 2:3], pose.scale * weight, 0.0)
        further = slerp(turned, multiply(turned, pose.rotation), np.full(len(turned), weight))
        turned = np.where(pose.bound[:, 1:2], further, turned)
        for node in pose.bound_weights:
            weights[node] = weights[node] + pose.weights[node] * weight
        bound |= pose.bound
        turns |= pose.bound[:, 1]
    # three slerps all the way to the sum, and small turns are normalised on it.
    whole = slerp(rotation, multiply(rotation, turned), np.ones(len(rotation)))
    return replace(
        mixed,
        translation=translation,
        rotation=np.where(turns[:, None], whole, rotation),
        scale=scale,
        weights=weights,
        bound=bound,
        bound_weights=mixed.bound_weights.union(*(pose.bound_weights for pose, _ in added)),
    )


def _turn(start: Floats, end: Floats, share: Floats) -> Floats:
    turned = slerp(start, end, share)
    whole, none = (share >= 1)[:, None], (share <= 0)[:, None]
    return np.where(whole, end, np.where(none, start, turned))


def _blend_weights(playing: list[tuple[Pose, float]], rest: Pose) -> dict[int, Floats]:
    blended: dict[int, Floats] = {}
    for node, resting in rest.weights.items():
        row, total = resting, 0.0
        for pose, weight in playing:
            if node in pose.bound_weights:
                total += weight
                row = row + (pose.weights[node] - row) * (weight / total)
        blended[node] = row + (resting - row) * max(0.0, 1 - total) if total > 0 else resting
    return blended
