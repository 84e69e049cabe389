"""From parts to Blender: the face with its morphs, the body without, colours on the points."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from kit.rig import Paint, add_shape_keys, build_mesh
from kit.shapes import Part as Piece

from mira import body, clothes, face, paint
from mira.parts import Part, joined

COLOURS = "Fur"  # the name of the colour attribute


def face_parts() -> list[Part]:
    """What morphs."""
    return [face.skin(), face.lining(), face.tongue(), face.teeth(), *face.lids(), *face.brows()]


def body_parts() -> list[Part]:
    """What only follows bones."""
    fur = [
        body.lower_part(),
        body.bib(),
        body.neck(),
        *body.arms(),
        body.tail(),
        *body.ears(),
        face.nose(),
        face.forelock(),
        *face.eyeballs(),
    ]
    return [*fur, clothes.waistcoat(), *clothes.piping(), *clothes.brass(), *clothes.scarf()]


def build_body(name: str, parts: Sequence[Part], rig: Any) -> Any:
    """Return one mesh object of all parts with its weights, colours and shape keys."""
    pieces = [_piece(part) for part in parts]
    paints = {finish: Paint((1.0, 1.0, 1.0), rough, metal) for finish, (rough, metal) in paint.FINISHES.items()}
    made = build_mesh(name, pieces, paints, rig)
    whole, _ = joined(parts, list(paint.FINISHES))
    _colour(made.data, np.clip(whole.colours, 0.0, 1.0))
    if whole.morphs:
        add_shape_keys(made, {shape: whole.points + offsets for shape, offsets in whole.morphs.items()})
    return made


def _piece(part: Part) -> Piece:
    """The part as the kit takes it, at most four bones a point, corners that repeat left out."""
    names = list(part.weights)
    shares = np.stack([part.weights[name] for name in names])
    if len(names) > 4:
        fourth = np.sort(shares, axis=0)[-4]
        shares = np.where(shares >= fourth, shares, 0.0)
    shares = shares / np.maximum(shares.sum(axis=0), 1e-9)
    faces = [tuple(dict.fromkeys(face)) for face in part.faces.tolist()]
    return Piece(part.points, faces, part.material, dict(zip(names, shares, strict=True)))


def _colour(mesh: Any, colours: np.ndarray) -> None:
    """Write linear colours on the points and let every material take its base colour from them."""
    layer = mesh.color_attributes.new(COLOURS, "BYTE_COLOR", "POINT")
    layer.data.foreach_set("color", np.column_stack([colours, np.ones(len(colours))]).astype(np.float32).ravel())
    for material in mesh.materials:
        tree = material.node_tree
        if any(node.bl_idname == "ShaderNodeVertexColor" for node in tree.nodes):
            continue
        source = tree.nodes.new("ShaderNodeVertexColor")
        source.layer_name = COLOURS
        tree.links.new(source.outputs["Color"], tree.nodes["Principled BSDF"].inputs["Base Color"])
