"""Materials as a renderer gets them: extensions with numbers of their own, and what stands in for glass."""

from typing import Any

import pytest

from shared.glb import Material, materials, read_glb
from tests.shared.glb.building import GlbBuilder


def read(**entry: Any) -> Material:
    """The material of a file that has one."""
    make = GlbBuilder()
    make.node(mesh=make.triangle())
    make.document["materials"] = [entry]
    return materials(read_glb(make.glb()))[0]


def test_glass_is_shown_as_something_that_shines_through() -> None:
    glass = read(extensions={"KHR_materials_transmission": {"transmissionFactor": 1.0}})

    assert glass.alpha_mode == "BLEND"
    assert 0.1 < glass.base_colour[3] < 0.5


def test_what_lets_no_light_through_stays_as_it_is() -> None:
    assert read(extensions={"KHR_materials_transmission": {"transmissionFactor": 0}}).alpha_mode == "OPAQUE"
    assert read(alphaMode="MASK").alpha_mode == "MASK"


@pytest.mark.parametrize(
    ("extensions", "mirrors", "aslant"),
    [
        ({}, (0.04, 0.04, 0.04), 1.0),
        ({"KHR_materials_ior": {"ior": 2.0}}, (1 / 9, 1 / 9, 1 / 9), 1.0),
        ({"KHR_materials_specular": {"specularFactor": 0.5, "specularColorFactor": [2, 1, 0]}}, (0.04, 0.02, 0), 0.5),
        ({"KHR_materials_specular": {"specularColorFactor": "red"}}, (0.04, 0.04, 0.04), 1.0),
    ],
)
def test_how_much_a_surface_mirrors_follows_its_extensions(
    extensions: dict[str, Any], mirrors: tuple[float, ...], aslant: float
) -> None:
    material = read(extensions=extensions)

    assert material.mirrors == pytest.approx(mirrors)
    assert material.mirrors_aslant == pytest.approx(aslant)
