"""What a glTF document must look like before we trust an index in it. A table of checks, one entry per property."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from shared.glb.container import Json
from shared.glb.limits import LARGEST_NUMBER, MAX_CHANNELS, MAX_LENGTHS, broken, too_large

Counts = Mapping[str, int]
Check = Callable[[Any, str, Counts], None]


def _text(value: Any, place: str, counts: Counts) -> None:
    if not isinstance(value, str):
        raise broken(f"{place} is not text")


def _truth(value: Any, place: str, counts: Counts) -> None:
    if not isinstance(value, bool):
        raise broken(f"{place} is neither true nor false")


def _number(value: Any, place: str, counts: Counts) -> None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER
    if not usable or not math.isfinite(value):
        raise broken(f"{place} is not a usable number")


def _count(value: Any, place: str, counts: Counts) -> None:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise broken(f"{place} is not a count")


def _anything(value: Any, place: str, counts: Counts) -> None:
    if not isinstance(value, dict):
        raise broken(f"{place} is not an object")


def _numbers(length: int | None) -> Check:
    def check(value: Any, place: str, counts: Counts) -> None:
        if not isinstance(value, list) or (length is not None and len(value) != length):
            raise broken(f"{place} should be a list of {'numbers' if length is None else f'{length} numbers'}")
        for item in value:
            _number(item, place, counts)

    return check


def _index(kind: str) -> Check:
    def check(value: Any, place: str, counts: Counts) -> None:
        if type(value) is not int or not 0 <= value < counts.get(kind, 0):
            raise broken(f"{place} points to number {value!r} of {counts.get(kind, 0)} {kind}")

    return check


def _indices(kind: str) -> Check:
    one = _index(kind)

    def check(value: Any, place: str, counts: Counts) -> None:
        if not isinstance(value, list):
            raise broken(f"{place} is not a list")
        for item in value:
            one(item, place, counts)

    return check


def _one_of(*allowed: object) -> Check:
    def check(value: Any, place: str, counts: Counts) -> None:
        if isinstance(value, list | dict) or value not in allowed:
            raise broken(f"{place} is {value!r:.40}, which glTF does not know")

    return check


def _object(required: tuple[str, ...] = (), **fields: Check) -> Check:
    def check(value: Any, place: str, counts: Counts) -> None:
        _anything(value, place, counts)
        for name in required:
            if value.get(name) is None:
                raise broken(f"{place} lacks {name}")
        for name, field_check in fields.items():
            if value.get(name) is not None:
                field_check(value[name], f"{place}.{name}", counts)

    return check


def _list(one: Check) -> Check:
    def check(value: Any, place: str, counts: Counts) -> None:
        if not isinstance(value, list):
            raise broken(f"{place} is not a list")
        for number, item in enumerate(value):
            one(item, f"{place}[{number}]", counts)

    return check


def _attributes(value: Any, place: str, counts: Counts) -> None:
    _anything(value, place, counts)
    for name, accessor in value.items():
        _index("accessors")(accessor, f"{place}.{name[:40]}", counts)


def _animation(value: Any, place: str, counts: Counts) -> None:
    _ANIMATION(value, place, counts)
    samplers = {**counts, "samplers": len(value["samplers"])}
    _list(_object(("sampler", "target"), sampler=_index("samplers"), target=_TARGET))(
        value["channels"], f"{place}.channels", samplers
    )


_PATH = _one_of("translation", "rotation", "scale", "weights", "pointer")
_TARGET = _object(("path",), node=_index("nodes"), path=_PATH)
_ANIMATION = _object(
    ("channels", "samplers"),
    name=_text,
    samplers=_list(
        _object(
            ("input", "output"),
            input=_index("accessors"),
            output=_index("accessors"),
            interpolation=_one_of("LINEAR", "STEP", "CUBICSPLINE"),
        )
    ),
)
_TEXTURE = _object(("index",), index=_index("textures"), texCoord=_count, scale=_number, strength=_number)
_PRIMITIVE = _object(
    ("attributes",),
    attributes=_attributes,
    indices=_index("accessors"),
    material=_index("materials"),
    mode=_one_of(0, 1, 2, 3, 4, 5, 6),
    targets=_list(_attributes),
    extensions=_anything,
)
_ARRAYS: dict[str, Check] = {
    "buffers": _object(("byteLength",), byteLength=_count, uri=_text),
    "bufferViews": _object(
        ("buffer", "byteLength"), buffer=_index("buffers"), byteOffset=_count, byteLength=_count, byteStride=_count,
        extensions=_anything,
    ),
    "accessors": _object(
        ("componentType", "count", "type"),
        bufferView=_index("bufferViews"),
        byteOffset=_count,
        count=_count,
        normalized=_truth,
        componentType=_one_of(5120, 5121, 5122, 5123, 5125, 5126),
        type=_one_of("SCALAR", "VEC2", "VEC3", "VEC4", "MAT2", "MAT3", "MAT4"),
        sparse=_object(
            ("count", "indices", "values"),
            count=_count,
            indices=_object(
                ("bufferView", "componentType"),
                bufferView=_index("bufferViews"),
                byteOffset=_count,
                componentType=_one_of(5121, 5123, 5125),
            ),
            values=_object(("bufferView",), bufferView=_index("bufferViews"), byteOffset=_count),
        ),
    ),
    "nodes": _object(
        name=_text, mesh=_index("meshes"), skin=_index("skins"), camera=_index("cameras"), children=_indices("nodes"),
        translation=_numbers(3), rotation=_numbers(4), scale=_numbers(3), matrix=_numbers(16), weights=_numbers(None),
        extensions=_anything,
    ),
    "meshes": _object(
        ("primitives",), name=_text, primitives=_list(_PRIMITIVE), weights=_numbers(None),
    ),
    "skins": _object(
        ("joints",), name=_text, joints=_indices("nodes"), inverseBindMatrices=_index("accessors"),
        skeleton=_index("nodes"),
    ),
    "animations": _animation,
    "scenes": _object(name=_text, nodes=_indices("nodes")),
    "images": _object(uri=_text, bufferView=_index("bufferViews"), mimeType=_text, name=_text),
    "samplers": _object(magFilter=_count, minFilter=_count, wrapS=_count, wrapT=_count),
    "textures": _object(sampler=_index("samplers"), source=_index("images"), extensions=_anything),
    "materials": _object(
        name=_text,
        pbrMetallicRoughness=_object(
            baseColorFactor=_numbers(4), metallicFactor=_number, roughnessFactor=_number,
            baseColorTexture=_TEXTURE, metallicRoughnessTexture=_TEXTURE,
        ),
        normalTexture=_TEXTURE, occlusionTexture=_TEXTURE, emissiveTexture=_TEXTURE,
        emissiveFactor=_numbers(3), alphaMode=_one_of("OPAQUE", "MASK", "BLEND"), alphaCutoff=_number,
        doubleSided=_truth, extensions=_anything,
    ),
    "cameras": _object(name=_text),
}  # fmt: skip


def check_document(document: Json) -> None:
    """See that every index, number and list of the document is what glTF says, so that later code may trust them.

    Raises: BadGlb: names the first property that is wrong.
    Source: glTF 2.0, Properties Reference.
    """
    asset = document.get("asset")
    if not isinstance(asset, dict) or not str(asset.get("version", "")).startswith("2"):
        raise broken("it does not say that it is glTF 2.0")
    counts = {name: _length(document, name) for name in _ARRAYS}
    _refuse_crowds(document, counts)
    for name, check in _ARRAYS.items():
        for number, item in enumerate(document.get(name) or []):
            check(item, f"{name}[{number}]", counts)
    if document.get("scene") is not None:
        _index("scenes")(document["scene"], "scene", counts)
    for name in ("extensionsUsed", "extensionsRequired"):
        _list(_text)(document.get(name) or [], name, counts)
    _object(extensions=_anything)(document, "the document", counts)


def _refuse_crowds(document: Json, counts: Counts) -> None:
    for name, most in MAX_LENGTHS.items():
        if counts[name] > most:
            raise too_large(f"it has {counts[name]:,} {name}, and {most:,} are allowed")
    lists = [one.get("channels") for one in document.get("animations") or [] if isinstance(one, dict)]
    channels = sum(len(one) for one in lists if isinstance(one, list))
    if channels > MAX_CHANNELS:
        raise too_large(f"its clips have {channels:,} curves, and {MAX_CHANNELS:,} are allowed")


def _length(document: Json, name: str) -> int:
    value = document.get(name)
    if value is None:
        return 0
    if not isinstance(value, list):
        raise broken(f"{name} is not a list")
    return len(value)
