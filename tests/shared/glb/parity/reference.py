"""three's AnimationMixer as the reference: which cases to play, how to play them in Node, how far we are from it."""

import base64
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb import Glb, Pose, Sampler, blend, bounds

ROOT = Path(__file__).parents[4]
NODE_MODULES = ROOT / "widget" / "node_modules"
OWN_AVATARS = ROOT / "packaging" / "avatars"
OUTSIDE_AVATARS = ROOT.parent / "shared" / "avatars"

_PLACES = (0.0, 0.137, 0.371, 0.5, 0.713, 0.9991, 1.0, 1.2)
_FADE_SECONDS = 0.3


@dataclass(frozen=True)
class Reference:
    """What three says: node names by index, clips with their seconds, a pose per case."""

    names: dict[int, str]
    clips: list[tuple[str, float]]
    worlds: list[NDArray[np.float64]]
    weights: list[dict[int, list[float]]]


def why_not() -> str | None:
    """Why the reference cannot be played here; None when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (NODE_MODULES / "three").exists():
        return "widget/node_modules has no three: run npm ci in widget/"
    return None


def avatars() -> list[Path]:
    """Our own avatars, and those from outside where they are."""
    outside = sorted(OUTSIDE_AVATARS.glob("*.gl*")) if OUTSIDE_AVATARS.is_dir() else []
    return [*sorted(OWN_AVATARS.rglob("*.glb")), *outside]


def cases_for(sampler: Sampler) -> list[dict[str, Any]]:
    """Every clip at several times, pairs of clips at given weights, and crossfades that three times itself."""
    count = len(sampler.clip_names)
    cases: list[dict[str, Any]] = []
    for number in range(count):
        seconds = sampler.clip(number).seconds
        cases += [{"plays": [_play(number, place * seconds, 1.0)]} for place in _PLACES]
        cases.append({"plays": [_play(number, 0.4 * seconds, 0.35)]})
        other = (number * 7 + 1) % count
        later = 0.6 * sampler.clip(other).seconds
        for share in (0.2, 0.5, 0.9):
            cases.append({"plays": [_play(number, 0.3 * seconds, 1 - share), _play(other, later, share)]})
        third = (number * 5 + 2) % count
        cases.append({"plays": [_play(number, 0.1, 0.6), _play(other, 0.2, 0.5), _play(third, 0.3, 0.3)]})
        cases.append({"from": number, "to": other, "before": 0.11, "fade": _FADE_SECONDS, "after": 0.1})
    return [case for case in cases if len({play["clip"] for play in _plays(case)}) == len(_plays(case))]


def play_in_three(file: Path, cases: list[dict[str, Any]]) -> Reference:
    """Step the mixer in Node through all cases."""
    return ask_node("mixer.mjs", file, cases)


def ask_node(script: str, file: Path, asked: list[dict[str, Any]]) -> Reference:
    """Let a script of this folder play what is asked with a model, and hear where everything was."""
    answer = subprocess.run(
        ["node", str(Path(__file__).with_name(script)), str(NODE_MODULES), str(file)],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
        timeout=100,
    )
    said = json.loads(answer.stdout)
    worlds = [np.frombuffer(base64.b64decode(pose["world"])).reshape(-1, 4, 4) for pose in said["poses"]]
    return Reference(
        names={int(node): name for node, name in said["names"].items()},
        clips=[(name, seconds) for name, seconds in said["clips"]],
        worlds=[world.transpose(0, 2, 1) for world in worlds],
        weights=[{int(node): row for node, row in pose["weights"].items()} for pose in said["poses"]],
    )


def pose_here(sampler: Sampler, case: dict[str, Any]) -> Pose:
    """The same case, posed by us."""
    plays = _plays(case)
    poses = [sampler.pose(play["clip"], play["seconds"]) for play in plays]
    return blend(poses, [play["weight"] for play in plays], sampler.rest)


def worst_errors(glb: Glb, sampler: Sampler, cases: list[dict[str, Any]], reference: Reference) -> tuple[float, float]:
    """The largest distance of any node, in model heights, and the largest difference of any morph weight."""
    return farthest(glb, [pose_here(sampler, case) for case in cases], reference)


def farthest(glb: Glb, poses: list[Pose], reference: Reference) -> tuple[float, float]:
    """How far poses of ours are from the reference's, as `worst_errors` tells it."""
    low, high = bounds(glb)
    height = float(high[1] - low[1])
    shown = list(glb.skeleton.shown)
    place = weight = 0.0
    for pose, world, weights in zip(poses, reference.worlds, reference.weights, strict=True):
        gap = np.linalg.norm(pose.world[shown, :3, 3] - world[shown, :3, 3], axis=-1).max() / height
        # Axes are compared too: a joint in the right place may still be turned wrongly.
        lengths = np.linalg.norm(world[shown, :3, :3], axis=1)[:, None, :]
        turn = (np.abs(pose.world[shown, :3, :3] - world[shown, :3, :3]) / np.where(lengths > 0, lengths, 1)).max()
        place = max(place, float(gap), float(turn))
        for node, row in weights.items():
            weight = max(weight, float(np.abs(pose.weights[node] - row).max()))
    return place, weight


def _play(clip: int, seconds: float, weight: float) -> dict[str, Any]:
    return {"clip": clip, "seconds": seconds, "weight": weight}


def _plays(case: dict[str, Any]) -> list[dict[str, Any]]:
    if "plays" in case:
        plays: list[dict[str, Any]] = case["plays"]
        return plays
    # three keeps times and weights of a fade as float32; nearly opposite rotations feel even that.
    start, end = float(np.float32(case["before"])), float(np.float32(case["before"] + case["fade"]))
    share = (case["before"] + case["after"] - start) / (end - start)
    first = _play(case["from"], case["before"] + case["after"], float(np.float32(1 - share)))
    return [first, _play(case["to"], case["after"], float(np.float32(share)))]
