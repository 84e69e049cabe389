"""What a file can do without: the same thing twice, and what nobody refers to. No name goes."""

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np

from shared.glb.container import Json
from shared.glb.optimising.working import Column, Working

_TEXTURES = ("normalTexture", "occlusionTexture", "emissiveTexture")
_SURFACE_TEXTURES = ("baseColorTexture", "metallicRoughnessTexture")


def dedupe(working: Working) -> None:
    """Let equal numbers, equal pictures and equal textures be one."""
    seen: dict[bytes, int] = {}
    renamed = [seen.setdefault(_digest(column), number) for number, column in enumerate(working.columns)]
    for number, put in list(working.references()):
        put(renamed[number])
    for animation in working.items("animations"):
        share_samplers(animation)
    _dedupe_pictures(working)


def prune(working: Working) -> None:
    """Leave out meshes, vertex attributes, textures and pictures that are not used."""
    for mesh in working.items("meshes"):
        for primitive in mesh["primitives"]:
            _prune_attributes(working, primitive)
            _prune_still_morphs(working, primitive)
    _prune_meshes(working)
    _prune_pictures(working)


def _digest(column: Column) -> bytes:
    values = np.ascontiguousarray(column.values)
    head = f"{column.type} {values.dtype.str} {values.shape} {column.normalized}".encode()
    return hashlib.sha256(head + values.tobytes()).digest()


def share_samplers(animation: Json) -> None:
    """Channels of the same curve get one sampler; samplers that no channel uses go."""
    samplers: dict[tuple[Any, ...], int] = {}
    kept: list[Json] = []
    for channel in animation["channels"]:
        sampler = animation["samplers"][channel["sampler"]]
        key = (sampler["input"], sampler["output"], sampler.get("interpolation") or "LINEAR")
        if key not in samplers:
            samplers[key] = len(kept)
            kept.append(
                {name: value for name, value in sampler.items() if (name, value) != ("interpolation", "LINEAR")}
            )
        channel["sampler"] = samplers[key]
    animation["samplers"] = kept


def _dedupe_pictures(working: Working) -> None:
    digests: dict[bytes, int] = {}
    same = [digests.setdefault(hashlib.sha256(content).digest(), n) for n, content in enumerate(working.images)]
    textures: dict[str, int] = {}
    renamed: list[int] = []
    for number, texture in enumerate(working.items("textures")):
        _point_at(texture, lambda source: same[source])
        told = {name: value for name, value in texture.items() if name != "name"}
        renamed.append(textures.setdefault(repr(sorted(told.items(), key=str)), number))
    _rename_textures(working.items("materials"), renamed)


def _point_at(texture: Json, changed: Callable[[int], int]) -> None:
    """Let a texture take other pictures, in whatever extension it names them."""
    if texture.get("source") is not None:
        texture["source"] = changed(texture["source"])
    for extension in (texture.get("extensions") or {}).values():
        if isinstance(extension, dict) and type(extension.get("source")) is int:
            extension["source"] = changed(extension["source"])


def texture_uses(value: Any) -> list[Json]:
    """Every reference to a texture below a material or one of its extensions."""
    if isinstance(value, list):
        return [use for item in value for use in texture_uses(item)]
    if not isinstance(value, dict):
        return []
    own = [
        item
        for name, item in value.items()
        if name.lower().endswith("texture") and isinstance(item, dict) and type(item.get("index")) is int
    ]
    return own + [use for item in value.values() for use in texture_uses(item)]


def _rename_textures(materials: list[Json], renamed: list[int]) -> None:
    for use in texture_uses(materials):
        if use["index"] < len(renamed):
            use["index"] = renamed[use["index"]]


def _prune_attributes(working: Working, primitive: Json) -> None:
    """Texture coordinates without a texture, and tangents without a normal map."""
    number = primitive.get("material")
    if (primitive.get("extensions") or {}).get("KHR_materials_variants"):
        return
    material = {} if number is None else working.items("materials")[number]
    uses = texture_uses(material)
    coordinates = {_coordinates(use) for use in uses}
    unused = {f"TEXCOORD_{n}" for n in range(8) if n not in coordinates}
    if material.get("normalTexture") is None and not any(
        "anisotropy" in name.lower() for name in _extensions(material)
    ):
        unused.add("TANGENT")
    for holder in (primitive["attributes"], *(primitive.get("targets") or [])):
        for name in unused.intersection(holder):
            del holder[name]


def _extensions(material: Json) -> list[str]:
    return list(material.get("extensions") or {})


def _coordinates(use: Json) -> int:
    moved = (use.get("extensions") or {}).get("KHR_texture_transform")
    own = moved.get("texCoord") if isinstance(moved, dict) else None
    return int(use.get("texCoord") or 0) if own is None else int(own)


def _prune_still_morphs(working: Working, primitive: Json) -> None:
    """Normals and tangents of morph targets that change none."""
    targets = primitive.get("targets") or []
    for name in ("NORMAL", "TANGENT"):
        if all(name not in target or not working.columns[target[name]].values.any() for target in targets):
            for target in targets:
                target.pop(name, None)


def _prune_meshes(working: Working) -> None:
    nodes = working.items("nodes")
    used = sorted({node["mesh"] for node in nodes if node.get("mesh") is not None})
    renamed = {mesh: place for place, mesh in enumerate(used)}
    for node in nodes:
        if node.get("mesh") is not None:
            node["mesh"] = renamed[node["mesh"]]
    if working.items("meshes"):
        working.document["meshes"] = [working.items("meshes")[mesh] for mesh in used]


def _prune_pictures(working: Working) -> None:
    textures = working.items("textures")
    used = sorted({use["index"] for use in texture_uses(working.items("materials")) if use["index"] < len(textures)})
    renamed = [used.index(number) if number in used else 0 for number in range(len(textures))]
    _rename_textures(working.items("materials"), renamed)
    working.document["textures"] = [textures[number] for number in used]
    shown: list[int] = []

    def place(source: int) -> int:
        if source not in shown:
            shown.append(source)
        return shown.index(source)

    for texture in working.items("textures"):
        _point_at(texture, place)
    if working.items("images"):
        working.document["images"] = [working.items("images")[number] for number in shown]
        working.images = [working.images[number] for number in shown]
