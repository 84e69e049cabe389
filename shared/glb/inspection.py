"""Inspection: everything that a person wants to know of an avatar before choosing it."""

from shared.contract.avatar import AvatarFacts, ClipFacts
from shared.glb.container import Json
from shared.glb.document import Glb
from shared.glb.face import all_morphs, propose_face
from shared.glb.findings import Inspected, find_all
from shared.glb.geometry import geometry
from shared.glb.materials import image_size, images
from shared.glb.measures import find_body, measure_clip
from shared.glb.sampling import Sampler


def inspect(glb: Glb) -> AvatarFacts:
    """Count, measure and judge a GLB: its clips, budgets and findings."""
    sampler = Sampler(glb)
    primitives = geometry(glb)
    body = find_body(glb, primitives)
    clips = tuple(measure_clip(sampler, body, number) for number in range(len(glb.clip_names)))
    sizes = [image_size(content) for content in images(glb)]
    facts = AvatarFacts(
        clips=clips,
        joints=len(glb.joints),
        morph_targets=all_morphs(glb),
        triangles=sum(len(primitive.indices) // 3 for primitive in primitives),
        draw_calls=len(primitives),
        materials=tuple(entry.get("name") or f"material_{n}" for n, entry in enumerate(glb.items("materials"))),
        textures=len(sizes),
        largest_texture=max((max(size) for size in sizes if size is not None), default=0),
        extensions=tuple(glb.json.get("extensionsUsed") or ()),
        mouth_tier=propose_face(glb).mouth_tier,
        height=body.height if primitives else 0.0,
        bytes=glb.bytes,
        copyright=_asset_text(glb.json, "copyright"),
        generator=_asset_text(glb.json, "generator"),
    )
    return facts.model_copy(update={"findings": find_all(Inspected(glb, sampler, body, primitives, facts, sizes))})


def measure_clips(glb: Glb) -> tuple[ClipFacts, ...]:
    """The clips alone, measured."""
    sampler, body = Sampler(glb), find_body(glb, geometry(glb))
    return tuple(measure_clip(sampler, body, number) for number in range(len(glb.clip_names)))


def _asset_text(document: Json, name: str) -> str:
    value = document["asset"].get(name)
    return value if isinstance(value, str) else ""
