"""The side-by-side picture of an optimisation tells a good one from a bad one."""

from pathlib import Path

import numpy as np

from shared.glb.optimising import Plan, optimised
from studio.render.comparing import PANEL, compare
from tests.shared.glb.building import GlbBuilder

PIP = Path(__file__).parents[3] / "packaging" / "avatars" / "pip.glb"


def test_an_optimised_avatar_looks_as_before() -> None:
    content = PIP.read_bytes()

    compared = compare(content, optimised(content, Plan(joint_error=5e-3)).content, "Wave", 0.6)

    assert 0 < compared.mean_difference < 6
    assert compared.picture.width > 3 * PANEL[0]
    panels = np.asarray(compared.picture)[100:600]
    before, after = panels[:, 20:500].astype(int), panels[:, 520:1000].astype(int)
    assert np.abs(before - after).mean() < 1.5


def test_another_avatar_does_not() -> None:
    compared = compare(PIP.read_bytes(), _block(), None, 0.0)

    assert compared.mean_difference > 25


def _block() -> bytes:
    builder = GlbBuilder()
    builder.triangle()
    builder.node(mesh=0)
    return builder.glb()
