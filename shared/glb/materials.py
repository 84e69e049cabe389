"""Materials and pictures, as a renderer wants them. What an extension says wrongly is as if it were not said."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from PIL import Image, UnidentifiedImageError

from shared.glb.container import Json, decode_data_uri
from shared.glb.document import Glb
from shared.glb.limits import MAX_TEXTURE_PIXELS

AlphaMode = Literal["OPAQUE", "MASK", "BLEND"]
Slot = Literal["base_colour", "metallic_roughness", "normal", "occlusion", "emissive"]
Vector3 = tuple[float, float, float]
Vector4 = tuple[float, float, float, float]

REPEAT, LINEAR, LINEAR_MIPMAP_LINEAR = 10497, 9729, 9987
SUPPORTED_EXTENSIONS = frozenset(
    {
        "KHR_materials_unlit", "KHR_materials_emissive_strength", "KHR_texture_transform", "KHR_mesh_quantization",
        "EXT_texture_webp", "EXT_meshopt_compression", "KHR_meshopt_compression", "KHR_draco_mesh_compression",
    }
)  # fmt: skip
"""Extensions that are drawn as they ask to be."""

_GLASS = 0.75
"""Of a surface that lets all light through, as much is not seen: the rest stands for its reflections."""

# What Pillow raises for damaged files; the warning of the two bombs is an error where warnings are.
_UNREADABLE = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True)
class TextureUse:
    """A picture in a place of a material."""

    image: int
    uv: int = 0
    wrap_s: int = REPEAT
    wrap_t: int = REPEAT
    magnify: int = LINEAR
    minify: int = LINEAR_MIPMAP_LINEAR
    offset: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)
    rotation_radians: float = 0.0


@dataclass(frozen=True)
class Material:
    """A metallic-roughness material; colours linear. The defaults are glTF's."""

    name: str = ""
    base_colour: Vector4 = (1.0, 1.0, 1.0, 1.0)
    metallic: float = 1.0
    roughness: float = 1.0
    emissive: Vector3 = (0.0, 0.0, 0.0)
    """Strength included; may exceed 1."""
    normal_scale: float = 1.0
    occlusion_strength: float = 1.0
    alpha_mode: AlphaMode = "OPAQUE"
    alpha_cutoff: float = 0.5
    double_sided: bool = False
    unlit: bool = False
    mirrors: Vector3 = (0.04, 0.04, 0.04)
    """How much light a surface that is no metal gives back, seen straight on; by KHR_materials_ior and _specular."""
    mirrors_aslant: float = 1.0
    """The same at grazing angles."""
    textures: Mapping[Slot, TextureUse] = field(default_factory=dict)


def materials(glb: Glb) -> list[Material]:
    """The materials in file order; a primitive without one takes `Material()`."""
    return [_read_material(glb, entry) for entry in glb.items("materials")]


def images(glb: Glb) -> list[bytes]:
    """The encoded bytes of every image, empty where the image lies outside the file."""
    return [_image_bytes(glb, entry) for entry in glb.items("images")]


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height by the picture's header alone; None when it is no picture that we read."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            return picture.size
    except _UNREADABLE:
        return None


def decode_image(content: bytes) -> Image.Image | None:
    """The picture in RGBA; None when it is damaged, of a kind that we do not read, or too large."""
    size = image_size(content)
    if size is None or size[0] * size[1] > MAX_TEXTURE_PIXELS:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            return picture.convert("RGBA")
    except _UNREADABLE:
        return None


def _read_material(glb: Glb, entry: Json) -> Material:
    surface = entry.get("pbrMetallicRoughness") or {}
    extensions = entry.get("extensions") or {}
    strength = _number(extensions.get("KHR_materials_emissive_strength"), "emissiveStrength", 1.0)
    red, green, blue = entry.get("emissiveFactor") or (0.0, 0.0, 0.0)
    through = _number(extensions.get("KHR_materials_transmission"), "transmissionFactor", 0.0)
    base_colour: Vector4 = tuple(surface.get("baseColorFactor") or (1.0, 1.0, 1.0, 1.0))
    mirrors, mirrors_aslant = _mirrors(extensions)
    return Material(
        name=entry.get("name") or "",
        base_colour=(*base_colour[:3], base_colour[3] * (1 - _GLASS * through)),
        metallic=_number(surface, "metallicFactor", 1.0),
        roughness=_number(surface, "roughnessFactor", 1.0),
        emissive=(red * strength, green * strength, blue * strength),
        normal_scale=_number(entry.get("normalTexture"), "scale", 1.0),
        occlusion_strength=_number(entry.get("occlusionTexture"), "strength", 1.0),
        alpha_mode="BLEND" if through > 0 else entry.get("alphaMode") or "OPAQUE",
        alpha_cutoff=_number(entry, "alphaCutoff", 0.5),
        double_sided=bool(entry.get("doubleSided")),
        unlit="KHR_materials_unlit" in extensions,
        mirrors=mirrors,
        mirrors_aslant=mirrors_aslant,
        textures=_textures(glb, entry, surface),
    )


def _mirrors(extensions: Json) -> tuple[Vector3, float]:
    """Source: KHR_materials_ior, KHR_materials_specular; textures of the latter are left out."""
    index = _number(extensions.get("KHR_materials_ior"), "ior", 1.5)
    specular = extensions.get("KHR_materials_specular")
    share = _number(specular, "specularFactor", 1.0)
    tint = specular.get("specularColorFactor") if isinstance(specular, dict) else None
    colour = tint if isinstance(tint, list) and len(tint) == 3 else (1.0, 1.0, 1.0)
    straight = ((index - 1) / (index + 1)) ** 2 if index > 0 else 1.0
    red, green, blue = (min(straight * part, 1.0) * share for part in colour)
    return (red, green, blue), share


def _textures(glb: Glb, entry: Json, surface: Json) -> dict[Slot, TextureUse]:
    places: dict[Slot, Json | None] = {
        "base_colour": surface.get("baseColorTexture"),
        "metallic_roughness": surface.get("metallicRoughnessTexture"),
        "normal": entry.get("normalTexture"),
        "occlusion": entry.get("occlusionTexture"),
        "emissive": entry.get("emissiveTexture"),
    }
    uses = {slot: _texture_use(glb, place) for slot, place in places.items() if place is not None}
    return {slot: use for slot, use in uses.items() if use is not None}


def _texture_use(glb: Glb, place: Json) -> TextureUse | None:
    texture = glb.items("textures")[place["index"]]
    image = _image_of(glb, texture)
    if image is None:
        return None
    sampler = glb.items("samplers")[texture["sampler"]] if texture.get("sampler") is not None else {}
    moved = (place.get("extensions") or {}).get("KHR_texture_transform") if isinstance(place, dict) else None
    moved = moved if isinstance(moved, dict) else {}
    uv = moved.get("texCoord", place.get("texCoord") or 0)
    return TextureUse(
        image=image,
        uv=1 if uv == 1 else 0,
        wrap_s=sampler.get("wrapS") or REPEAT,
        wrap_t=sampler.get("wrapT") or REPEAT,
        magnify=sampler.get("magFilter") or LINEAR,
        minify=sampler.get("minFilter") or LINEAR_MIPMAP_LINEAR,
        offset=_pair(moved, "offset", (0.0, 0.0)),
        scale=_pair(moved, "scale", (1.0, 1.0)),
        rotation_radians=_number(moved, "rotation", 0.0),
    )


def _image_of(glb: Glb, texture: Json) -> int | None:
    webp = (texture.get("extensions") or {}).get("EXT_texture_webp")
    source = webp.get("source") if isinstance(webp, dict) else texture.get("source")
    return source if type(source) is int and 0 <= source < len(glb.items("images")) else None


def _image_bytes(glb: Glb, entry: Json) -> bytes:
    if entry.get("bufferView") is not None:
        return glb.view_bytes(entry["bufferView"])
    return decode_data_uri(entry.get("uri") or "") or b""


def _number(place: Any, name: str, default: float) -> float:
    value = place.get(name) if isinstance(place, dict) else None
    usable = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e30
    return float(value) if usable and value is not None else default


def _pair(place: Json, name: str, default: tuple[float, float]) -> tuple[float, float]:
    value = place.get(name)
    if not isinstance(value, list) or len(value) != 2:
        return default
    return _number({"x": value[0]}, "x", default[0]), _number({"x": value[1]}, "x", default[1])
