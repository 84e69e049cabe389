"""A GLB that shows what a renderer can do: a board of spheres, one per kind of surface, skinned, morphed, mirrored."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.shared.glb.building import GlbBuilder

Floats = NDArray[np.float32]


def sphere(rings: int = 24, sectors: int = 36) -> tuple[Floats, Floats, NDArray[np.uint16]]:
    """Positions (V, 3) on a sphere of radius 1, uv (V, 2), indices; normals equal positions."""
    theta, phi = np.meshgrid(np.linspace(0, np.pi, rings + 1), np.linspace(0, 2 * np.pi, sectors + 1), indexing="ij")
    positions = np.stack([np.sin(theta) * np.sin(phi), np.cos(theta), np.sin(theta) * np.cos(phi)], axis=-1)
    uv = np.stack([phi / (2 * np.pi), theta / np.pi], axis=-1)
    row = sectors + 1
    corner = (np.arange(rings)[:, None] * row + np.arange(sectors)).ravel()
    indices = np.stack([corner, corner + row, corner + 1, corner + 1, corner + row, corner + row + 1], axis=1)
    return (
        positions.reshape(-1, 3).astype(np.float32),
        uv.reshape(-1, 2).astype(np.float32),
        indices.ravel().astype(np.uint16),
    )


TILED = {"scale": [4, 2]}
TURNED = {"scale": [3, 2], "offset": [0.3, 0.1], "rotation": 0.6}
SURFACES: list[dict[str, Any]] = [
    {"pbrMetallicRoughness": {"baseColorFactor": [1.0, 0.77, 0.34, 1], "metallicFactor": 1, "roughnessFactor": 0.18}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.92, 0.92, 0.93, 1], "metallicFactor": 1, "roughnessFactor": 0.5}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.9, 0.9, 0.9, 1], "metallicFactor": 0, "roughnessFactor": 0.25}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.6, 0.05, 0.05, 1], "metallicFactor": 0, "roughnessFactor": 0.9}},
    {"pbrMetallicRoughness": {"baseColorTexture": {"index": 0, "extensions": {"KHR_texture_transform": TILED}},
                              "metallicFactor": 0, "roughnessFactor": 0.6},
     "normalTexture": {"index": 1}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.1, 0.4, 0.9, 0.45], "metallicFactor": 0, "roughnessFactor": 0.1},
     "alphaMode": "BLEND"},
    {"pbrMetallicRoughness": {"baseColorFactor": [0, 0, 0, 1], "metallicFactor": 0, "roughnessFactor": 0.5},
     "emissiveFactor": [0.1, 0.9, 0.6], "extensions": {"KHR_materials_emissive_strength": {"emissiveStrength": 2.0}}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.2, 0.7, 0.3, 1]}, "extensions": {"KHR_materials_unlit": {}}},
    {"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}, "metallicFactor": 0, "roughnessFactor": 0.4},
     "alphaMode": "MASK", "alphaCutoff": 0.5, "doubleSided": True},
    {"pbrMetallicRoughness": {"metallicFactor": 0, "roughnessFactor": 0.7}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.8, 0.6, 0.5, 1], "metallicRoughnessTexture": {"index": 2}},
     "occlusionTexture": {"index": 2, "texCoord": 1, "strength": 0.8}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.05, 0.05, 0.1, 1], "metallicFactor": 0, "roughnessFactor": 0.4},
     "emissiveFactor": [1, 0.8, 0.6],
     "emissiveTexture": {"index": 0, "extensions": {"KHR_texture_transform": TURNED}}},
    {"pbrMetallicRoughness": {"baseColorTexture": {"index": 3}, "metallicFactor": 0, "roughnessFactor": 0.3},
     "alphaMode": "BLEND", "doubleSided": True},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.6, 0.62, 0.7, 1], "metallicFactor": 1, "roughnessFactor": 0.35},
     "normalTexture": {"index": 1, "scale": 0.6}},
    {"extensions": {"KHR_materials_unlit": {}}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.1, 0.1, 0.12, 1], "metallicFactor": 0, "roughnessFactor": 0.3},
     "extensions": {"KHR_materials_specular": {"specularFactor": 0.7, "specularColorFactor": [1, 0.4, 0.2]}}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.1, 0.1, 0.12, 1], "metallicFactor": 0, "roughnessFactor": 0.3},
     "extensions": {"KHR_materials_ior": {"ior": 2.2}}},
    {"pbrMetallicRoughness": {"baseColorFactor": [0.5, 0.3, 0.2, 1], "metallicFactor": 0.4, "roughnessFactor": 0.5}},
]  # fmt: skip
COLOURED, SECOND_SET, TANGENTS = (9, 14), (10,), (13,)
"""Surfaces whose spheres have colours, a second set of texture coordinates, tangents."""


def board_glb() -> bytes:
    """Spheres in rows of three, one a surface; the red one is skinned and bends, the first is morphed into an egg."""
    make = GlbBuilder()
    make.document["materials"] = SURFACES
    make.document["extensionsUsed"] = [
        "KHR_materials_unlit", "KHR_materials_emissive_strength", "KHR_texture_transform", "KHR_materials_specular",
        "KHR_materials_ior",
    ]  # fmt: skip
    make.node(children=[])
    _add_pictures(make)
    positions, uv, indices = sphere()
    shared = {
        "NORMAL": make.floats(positions, "VEC3"),
        "TEXCOORD_0": make.floats(uv, "VEC2"),
    }
    extras = _extras(make, positions, uv)
    corners = make.accessor(indices, "SCALAR")
    place = make.floats(positions, "VEC3")
    for number in range(len(SURFACES)):
        attributes = {"POSITION": place, **shared, **extras.get(number, {})}
        part: dict[str, Any] = {"attributes": attributes, "indices": corners, "material": number}
        make.document["meshes"].append({"primitives": [part]})
        where = [(number % 3 - 1) * 2.3, 6.6 - (number // 3) * 2.3, 0]
        # One is mirrored: its faces would vanish if the winding were not turned with it.
        scale = [-1, 1, 1] if number == 2 else [1, 1, 1]
        node = make.node(name=f"ball{number}", mesh=number, translation=where, scale=scale)
        make.document["nodes"][0]["children"].append(node)
    _add_morph(make, positions)
    _add_skin(make, positions)
    return make.glb()


def _extras(make: GlbBuilder, positions: Floats, uv: Floats) -> dict[int, dict[str, int]]:
    """Attributes that only some spheres have."""
    colours = make.floats(np.clip(positions * 0.5 + 0.5, 0, 1), "VEC3")
    second = make.floats(uv * np.array([3, 1], np.float32), "VEC2")
    phi = uv[:, 0] * 2 * np.pi
    along = np.stack([np.cos(phi), np.zeros_like(phi), -np.sin(phi), -np.ones_like(phi)], axis=1)
    tangents = make.floats(along, "VEC4")
    named = ((COLOURED, "COLOR_0", colours), (SECOND_SET, "TEXCOORD_1", second), (TANGENTS, "TANGENT", tangents))
    return {number: {name: accessor} for numbers, name, accessor in named for number in numbers}


def _add_morph(make: GlbBuilder, positions: Floats) -> None:
    part = make.document["meshes"][0]["primitives"][0]
    taller = positions * np.array([-0.25, 0.25, -0.25], np.float32)
    part["targets"] = [{"POSITION": make.floats(taller, "VEC3"), "NORMAL": make.floats(-taller, "VEC3")}]
    make.document["meshes"][0]["extras"] = {"targetNames": ["egg"]}
    times, weights = make.floats([0, 1], "SCALAR"), make.floats([0, 1], "SCALAR")
    make.clip("egg", (1, "weights", "LINEAR", times, weights))


def _add_skin(make: GlbBuilder, positions: Floats) -> None:
    """Two joints share the red ball: its upper half follows the second, which leans."""
    lower = make.node(name="lower", translation=[-2.3, 4.3, 0], children=[len(make.document["nodes"]) + 1])
    upper = make.node(name="upper", translation=[0.45, 0.3, 0], rotation=[0, 0, 0.19509, 0.98079])
    make.document["nodes"][0]["children"].append(lower)
    upwards = np.clip(positions[:, 1] * 0.5 + 0.5, 0, 1)
    # Not normalised, as files are that everyone uses.
    weights = np.stack([1 - upwards, upwards, 0 * upwards, 0 * upwards], axis=1).astype(np.float32) * 0.8
    joints = np.tile(np.array([0, 1, 0, 0], np.uint8), (len(positions), 1))
    part = make.document["meshes"][3]["primitives"][0]
    part["attributes"] = {
        **part["attributes"],
        "JOINTS_0": make.accessor(joints, "VEC4"),
        "WEIGHTS_0": make.floats(weights, "VEC4"),
    }
    make.document["skins"].append({"joints": [lower, upper]})
    make.document["nodes"][4]["skin"] = 0


def card_glb(normal: tuple[int, int, int], tangents: bool) -> bytes:
    """A square that faces the front, with a normal map of one colour."""
    make = GlbBuilder()
    corners = np.array([[-1, 0], [1, 0], [1, 2], [-1, 2]], np.float32)
    attributes = {
        "POSITION": make.floats(np.column_stack([corners, np.zeros(4)]), "VEC3"),
        "NORMAL": make.floats([[0, 0, 1]] * 4, "VEC3"),
        "TEXCOORD_0": make.floats([[0, 1], [1, 1], [1, 0], [0, 0]], "VEC2"),
    }
    if tangents:
        attributes["TANGENT"] = make.floats([[1, 0, 0, 1]] * 4, "VEC4")
    indices = make.accessor(np.array([0, 1, 2, 0, 2, 3], np.uint16), "SCALAR")
    make.document["meshes"] = [{"primitives": [{"attributes": attributes, "indices": indices, "material": 0}]}]
    make.node(mesh=0)
    add_picture(make, np.full((4, 4, 3), normal, np.uint8))
    make.document["textures"] = [{"source": 0}]
    make.document["materials"] = [
        {
            "pbrMetallicRoughness": {"baseColorFactor": [0.3, 0.3, 0.3, 1], "metallicFactor": 0, "roughnessFactor": 1},
            "normalTexture": {"index": 0},
        }
    ]
    return make.glb()


def add_picture(make: GlbBuilder, picture: NDArray[np.uint8]) -> None:
    """Put a picture into the file, as PNG."""
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "PNG")
    view = make.view(np.frombuffer(stream.getvalue(), np.uint8))
    make.document.setdefault("images", []).append({"bufferView": view, "mimeType": "image/png"})


def _add_pictures(make: GlbBuilder) -> None:
    chequers = np.indices((8, 8)).sum(axis=0) % 2
    colours = np.where(chequers[..., None], [235, 120, 40, 255], [250, 240, 225, 0]).astype(np.uint8)
    ramp = np.indices((64, 64))[1] * (2 * np.pi / 16)
    bumps = np.stack([np.cos(ramp) * 70 + 128, np.full_like(ramp, 128), np.full_like(ramp, 230)], axis=-1)
    row = np.indices((64, 64))[0]
    surfaces = np.stack([255 - row * 3, 60 + row * 3, (ramp * 40) % 256], axis=-1)
    veil = np.concatenate([np.full((64, 64, 3), (90, 200, 160)), (row * 4)[..., None]], axis=-1)
    for picture in (colours, bumps, surfaces, veil):
        add_picture(make, picture.astype(np.uint8))
    make.document["samplers"] = [{"magFilter": 9728, "minFilter": 9728}, {}]
    make.document["textures"] = [{"source": number, "sampler": min(number, 1)} for number in range(4)]
