"""How far our poses are from three.js' and from the widget's stage, over every avatar there is, and what a pose costs.

The stage plays every clip by every setting: mirrored, locked, masked, added, trimmed, at its own speed and fades.
"""

import time
from pathlib import Path

from shared.errors import Unavailable
from shared.glb import Glb, Sampler, inspect, read_glb
from tests.shared.glb.parity.reference import avatars, cases_for, farthest, play_in_three, why_not, worst_errors
from tests.studio.render.scenes import VARIANTS, play_here, play_on_stage, scenes_of

_POSES = 300


def run() -> list[dict[str, object]]:
    """Compare every avatar with three's AnimationMixer, and with the widget's body.

    Raises: Unavailable: node or three is not there.
    """
    missing = why_not()
    if missing is not None:
        raise Unavailable(f"The comparison needs three.js: {missing}.")
    return [row for file in avatars() for row in _rows(file)]


def _rows(file: Path) -> list[dict[str, object]]:
    started = time.perf_counter()
    glb = read_glb(file)
    inspect(glb)
    opened = time.perf_counter() - started
    sampler = Sampler(glb)
    cases = cases_for(sampler)
    place, weight = worst_errors(glb, sampler, cases, play_in_three(file, cases))
    return [
        {
            "what": f"{file.name}: worst joint of {len(cases)} poses",
            "value": place,
            "unit": "heights",
            "promise": "1e-5",
        },
        {"what": f"{file.name}: worst morph weight", "value": weight, "unit": "", "promise": "1e-5"},
        *(_stage_row(file, glb, variant) for variant in VARIANTS),
        {"what": f"{file.name}: one pose", "value": _pose_milliseconds(sampler), "unit": "ms"},
        {"what": f"{file.name}: read and inspect", "value": opened, "unit": "s", "promise": "2"},
    ]


def _stage_row(file: Path, glb: Glb, variant: str) -> dict[str, object]:
    scenes = scenes_of(glb, [variant])
    poses = [pose for scene in scenes for pose in play_here(glb, scene)]
    place, weight = farthest(glb, poses, play_on_stage(file, scenes))
    return {
        "what": f"{file.name}, {variant}: worst of {len(poses)} poses on the stage",
        "value": max(place, weight),
        "unit": "heights",
        "promise": "1e-5",
    }


def _pose_milliseconds(sampler: Sampler) -> float:
    if not sampler.clip_names:
        return 0.0
    seconds = sampler.clip(0).seconds
    started = time.perf_counter()
    for number in range(_POSES):
        _ = sampler.pose(0, number / _POSES * seconds).world
    return (time.perf_counter() - started) / _POSES * 1e3
