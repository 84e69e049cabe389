"""What our optimiser makes of every avatar, and what glTF-Transform makes of it: bytes, and how far joints are off."""

import tempfile
import time
from pathlib import Path

import brotli
import numpy as np

from shared.glb import Glb, Sampler, bounds, read_glb
from shared.glb.optimising import Plan, optimised
from tests.bench.gltf_transform import optimised_by_peer
from tests.shared.glb.parity.reference import avatars

_TIMES = 121


def run() -> list[dict[str, object]]:
    """Optimise every avatar both ways.

    Raises: Unavailable: glTF-Transform cannot be run here.
    """
    with tempfile.TemporaryDirectory() as folder:
        return [row for file in avatars() for row in _rows(file, Path(folder) / f"{file.stem}.glb")]


def _rows(file: Path, target: Path) -> list[dict[str, object]]:
    optimised_by_peer(file, target)
    theirs = target.read_bytes()
    started = time.perf_counter()
    # The peer reduces no triangles here, so neither do we.
    made = optimised(file, Plan(triangles=0))
    seconds = time.perf_counter() - started
    ours, before = made.content, read_glb(file)
    raw, packed = len(ours) / len(theirs), _brotli(ours) / _brotli(theirs)
    own_error, their_error = joint_error(before, read_glb(ours)), joint_error(before, read_glb(theirs))
    return [
        _row(f"{file.name}: bytes", len(ours), "bytes", peer=len(theirs)),
        _row(f"{file.name}: ratio", raw, "", promise="1"),
        _row(f"{file.name}: bytes, brotli", _brotli(ours), "bytes", peer=_brotli(theirs)),
        _row(f"{file.name}: ratio, brotli", packed, "", promise="1"),
        _row(
            f"{file.name}: worst joint",
            own_error,
            "heights",
            promise=f"{Plan().joint_error:g}",
            peer=f"{their_error:.3g}",
        ),
        _row(f"{file.name}: time", seconds, "s"),
    ]


def _row(what: str, value: float, unit: str, **told: object) -> dict[str, object]:
    return {"what": what, "value": value, "unit": unit} | {name: str(one) for name, one in told.items()}


def _brotli(content: bytes) -> int:
    return len(brotli.compress(content))


def joint_error(before: Glb, after: Glb) -> float:
    """Body heights by which the worst joint is off in any clip; joints are matched by name, clips by place.

    Joints alone, because the peer moves the nodes of other meshes and their vertices the other way.
    """
    low, high = bounds(before)
    joints = [before.node_names[joint] for joint in before.joints]
    names = [name for name in joints if after.node_index(name) is not None]
    here, there = ([glb.node_names.index(name) for name in names] for glb in (before, after))
    one, other = Sampler(before), Sampler(after)
    worst = 0.0
    for clip in range(len(before.clip_names)):
        times = np.linspace(0, one.clip(clip).seconds, _TIMES)
        gaps = one.motion(clip, times).world[:, here, :3, 3] - other.motion(clip, times).world[:, there, :3, 3]
        worst = max(worst, float(np.linalg.norm(gaps, axis=-1).max(initial=0.0)))
    return worst / float(high[1] - low[1])
