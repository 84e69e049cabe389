"""Where the upper body begins, on bodies of several kinds."""

from collections.abc import Mapping, Sequence

import pytest

from shared.contract.acting import FaceRig
from shared.glb import read_glb
from shared.glb.torso import find_torso
from tests.shared.glb.building import GlbBuilder

Tree = Mapping[str, Sequence[str]]

ARMS = {"Chest": ["ArmL", "ArmR", "Neck"], "ArmL": ["HandL"], "ArmR": ["HandR"], "Neck": ["Head"]}
ABOVE = {"Chest", "ArmL", "ArmR", "HandL", "HandR", "Neck", "Head"}
WITH_LEGS = {"Hips": ["LegL", "Chest"], "LegL": ["FootL"], **ARMS}
ON_A_THRUSTER = {"Root": ["Hips"], "Hips": ["Chest", "Thruster"], **ARMS, "Head": ["Antenna"]}
WITH_A_HELPER_AT_THE_ROOT = {"Root": ["Target", "Hips"], **WITH_LEGS}
WITH_TARGETS_THAT_BRANCH = {"Root": ["Target", "Hips"], "Target": ["Pole"], **WITH_LEGS}
WITH_A_SCARF = {**WITH_LEGS, "Neck": ["Scarf", "Head"], "Scarf": ["ScarfEnd"]}
WITHOUT_ARMS = {"Hips": ["LegL", "Neck"], "LegL": ["FootL"], "Neck": ["Head"]}


def upper_names(tree: Tree) -> set[str]:
    make = GlbBuilder()
    names = list(dict.fromkeys([*tree, *(name for below in tree.values() for name in below)]))
    for name in names:
        below = [names.index(child) for child in tree.get(name, ())]
        make.node(name=name, **({"children": below} if below else {}))
    body = make.node(name="Body", mesh=make.triangle(), skin=0)
    make.document["skins"] = [{"joints": list(range(len(names)))}]
    make.document["scenes"] = [{"nodes": [0, body]}]
    glb = read_glb(make.glb())
    return {names[node] for node, is_upper in enumerate(find_torso(glb, FaceRig(head="Head")).upper) if is_upper}


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (WITH_LEGS, ABOVE),
        (ON_A_THRUSTER, {*ABOVE, "Antenna"}),
        (WITH_A_HELPER_AT_THE_ROOT, ABOVE),
        (WITH_TARGETS_THAT_BRANCH, ABOVE),
        (WITH_A_SCARF, {*ABOVE, "Scarf", "ScarfEnd"}),
        (WITHOUT_ARMS, set()),
        ({"Neck": ["Head"]}, set()),
    ],
    ids=["legs", "thruster", "helper bone", "targets", "scarf", "no arms", "no body"],
)
def test_the_upper_body_carries_the_arms_and_never_the_legs(tree: Tree, expected: set[str]) -> None:
    assert upper_names(tree) == expected
