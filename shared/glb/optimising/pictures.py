"""Textures as WebP, no larger than the tier needs."""

import io

from PIL import Image

from shared.glb.container import Json
from shared.glb.materials import decode_image, image_size
from shared.glb.optimising.plan import Report
from shared.glb.optimising.tidying import texture_uses
from shared.glb.optimising.working import Working

WEBP = "EXT_texture_webp"
_QUALITY = {"baseColorTexture": 80, "emissiveTexture": 80, "normalTexture": 90}
_OTHER_QUALITY = 85
_EFFORT = 6
_FLAT_PIXELS = 512 * 512
"""Up to this size a palette or a gradient may be lighter without any loss, and trying that costs no time."""


def shrink_pictures(working: Working, largest: int, report: Report) -> None:
    """Encode every picture that becomes lighter by it."""
    qualities = _qualities(working)
    for number, content in enumerate(working.images):
        report("Packing textures", number / len(working.images))
        lighter = _lighter(content, largest, qualities.get(number, _OTHER_QUALITY))
        if lighter is not None:
            working.images[number] = lighter
            working.items("images")[number]["mimeType"] = "image/webp"
    for texture in working.items("textures"):
        _name_webp(working, texture)


def _qualities(working: Working) -> dict[int, int]:
    """By picture: the best quality that one of its uses asks for."""
    found: dict[int, int] = {}
    for material in working.items("materials"):
        for use in texture_uses(material):
            slot = next((name for name in _QUALITY if material.get(name) is use), None)
            surface = material.get("pbrMetallicRoughness") or {}
            slot = "baseColorTexture" if surface.get("baseColorTexture") is use else slot
            source = _source(working.items("textures")[use["index"]])
            if source is not None:
                found[source] = max(found.get(source, 0), _QUALITY.get(slot or "", _OTHER_QUALITY))
    return found


def _source(texture: Json) -> int | None:
    webp = (texture.get("extensions") or {}).get(WEBP)
    source = webp.get("source") if isinstance(webp, dict) else texture.get("source")
    return source if type(source) is int else None


def _lighter(content: bytes, largest: int, quality: int) -> bytes | None:
    """The picture as WebP; None when it cannot be read, or is as light as it can be already."""
    size = image_size(content)
    picture = decode_image(content)
    if size is None or picture is None:
        return None
    too_large = max(size) > largest
    if too_large:
        share = largest / max(size)
        wanted = (max(1, round(size[0] * share)), max(1, round(size[1] * share)))
        picture = picture.resize(wanted, Image.Resampling.LANCZOS)
    if picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    encoded = _webp(picture, quality, lossless=False)
    if picture.width * picture.height <= _FLAT_PIXELS:
        encoded = min(encoded, _webp(picture, 100, lossless=True), key=len)
    return encoded if too_large or len(encoded) < len(content) else None


def _webp(picture: Image.Image, quality: int, *, lossless: bool) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=quality, method=_EFFORT, lossless=lossless, exact=lossless)
    return stream.getvalue()


def _name_webp(working: Working, texture: Json) -> None:
    """Let a texture whose picture is WebP now say so, as the extension asks."""
    source = _source(texture)
    if source is None or working.items("images")[source].get("mimeType") != "image/webp":
        return
    texture.pop("source", None)
    texture["extensions"] = {**(texture.get("extensions") or {}), WEBP: {"source": source}}
    for name in ("extensionsUsed", "extensionsRequired"):
        working.document[name] = sorted({*(working.document.get(name) or []), WEBP})
