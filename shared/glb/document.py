"""A GLB that has been read: its document, its numbers, its names. What is in here has been checked."""

from collections import Counter
from functools import cached_property
from pathlib import Path

import numpy as np

from shared.errors import BadGlb
from shared.glb.accessors import AnyArray, check_accessors, read_accessor
from shared.glb.container import Json, load_buffers, split_container
from shared.glb.limits import LARGEST_NUMBER, MAX_DECODED_BYTES, MAX_FILE_BYTES, broken, too_large
from shared.glb.naming import clip_name, node_names
from shared.glb.packed import unpack_document
from shared.glb.schema import check_document
from shared.glb.skeleton import Skeleton, build_skeleton


class Glb:
    """A checked GLB. Made by `read_glb` only; nothing in it changes."""

    def __init__(self, document: Json, buffers: tuple[memoryview, ...], size: int) -> None:
        self.json = document
        """The document as it would be without compression."""
        self.bytes = size
        """Length of the file."""
        self._buffers = buffers
        self._arrays: dict[int, AnyArray] = {}

    def accessor(self, number: int) -> AnyArray:
        """The numbers of an accessor: (count,) or (count, width), normalised integers as float32. Not to be written to.

        Raises: BadGlb: a sparse index out of range (only while the file is being checked).
        """
        if number not in self._arrays:
            self._arrays[number] = read_accessor(self.json, self._buffers, number)
        return self._arrays[number]

    def view_bytes(self, number: int) -> bytes:
        """The bytes of a buffer view, as an image has them."""
        view = self.json["bufferViews"][number]
        start = view.get("byteOffset") or 0
        return bytes(self._buffers[view["buffer"]][start : start + view["byteLength"]])

    def items(self, name: str) -> list[Json]:
        """One of the document's lists, such as "nodes" or "meshes"; empty when it has none."""
        found: list[Json] = self.json.get(name) or []
        return found

    @cached_property
    def skeleton(self) -> Skeleton:
        """The node tree."""
        return build_skeleton(self.json)

    @cached_property
    def node_names(self) -> tuple[str, ...]:
        """A name for every node, as three.js makes them."""
        return node_names(self.json)

    @cached_property
    def name_counts(self) -> Counter[str]:
        """How many nodes go by each name; more than one only where three.js is confused too."""
        return Counter(self.node_names)

    @cached_property
    def clip_names(self) -> tuple[str, ...]:
        """The clips in file order; a name may come twice, and then the first is the one that plays."""
        return tuple(clip_name(animation, number) for number, animation in enumerate(self.items("animations")))

    @cached_property
    def joints(self) -> frozenset[int]:
        """Every node that is a joint of some skin."""
        return frozenset(joint for skin in self.items("skins") for joint in skin["joints"])

    def node_index(self, name: str) -> int | None:
        """The node of that name (three.js' name), or None."""
        return self.node_names.index(name) if name in self.node_names else None


def read_glb(source: bytes | Path) -> Glb:
    """Read a .glb, or a .gltf that holds its buffers as data URIs, and check all of it.

    Raises: BadGlb: one sentence that says what is wrong and what to do.
    """
    content = _file_bytes(source) if isinstance(source, Path) else bytes(source)
    document, binary = split_container(content)
    check_document(document)
    document, buffers = unpack_document(document, load_buffers(document, binary))
    check_accessors(document)
    glb = Glb(document, buffers, len(content))
    if not glb.items("nodes"):
        raise broken("it has no nodes, so there is nothing to show")
    _check_numbers(glb)
    _check_meshes(glb)
    _check_skins(glb)
    _check_copies(glb)
    _ = glb.skeleton
    return glb


def _file_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise too_large(f"the file has {size >> 20} MiB, and {MAX_FILE_BYTES >> 20} are allowed")
        return path.read_bytes()
    except OSError as error:
        raise BadGlb(
            f"{path.name} cannot be opened ({error.strerror or 'unreadable'}): check its name and rights."
        ) from error


def _check_numbers(glb: Glb) -> None:
    for number in range(len(glb.items("accessors"))):
        array = glb.accessor(number)
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise broken(f"accessor {number} holds numbers that are not finite (NaN or infinity)")
        if array.dtype.kind == "f" and array.size and float(np.abs(array).max()) > LARGEST_NUMBER:
            raise broken(f"accessor {number} holds numbers beyond all measure")


def _check_meshes(glb: Glb) -> None:
    for number, mesh in enumerate(glb.items("meshes")):
        for primitive in mesh["primitives"]:
            where = f"mesh {number}"
            vertices = _check_attributes(glb, primitive, where)
            if primitive.get("indices") is not None:
                indices = glb.accessor(primitive["indices"])
                if indices.ndim != 1 or indices.dtype.kind != "u":
                    raise broken(f"{where} has triangles that are not counted in whole numbers")
                if len(indices) and int(indices.max()) >= vertices:
                    raise broken(f"{where} uses vertex {int(indices.max())} of {vertices}")


_ATTRIBUTE_WIDTHS = {
    "POSITION": (3,), "NORMAL": (3,), "TANGENT": (4, 3), "TEXCOORD_0": (2,), "TEXCOORD_1": (2,), "COLOR_0": (3, 4),
    "JOINTS_0": (4,), "WEIGHTS_0": (4,),
}  # fmt: skip


def _check_attributes(glb: Glb, primitive: Json, where: str) -> int:
    attributes = primitive["attributes"]
    vertices = len(glb.accessor(attributes["POSITION"])) if "POSITION" in attributes else 0
    for source in (attributes, *(primitive.get("targets") or [])):
        for name, number in source.items():
            array = glb.accessor(number)
            widths = _ATTRIBUTE_WIDTHS.get(name)
            if widths and (array.ndim != 2 or array.shape[1] not in widths):
                raise broken(f"{where} has a {name} of the wrong shape")
            if widths and len(array) < vertices:
                raise broken(f"{where} has {vertices} vertices and {len(array)} of {name}")
    return vertices


def _check_skins(glb: Glb) -> None:
    for number, skin in enumerate(glb.items("skins")):
        if not skin["joints"]:
            raise broken(f"skin {number} has no joints")
        matrices = skin.get("inverseBindMatrices")
        if matrices is None:
            continue
        array = glb.accessor(matrices)
        if array.ndim != 2 or array.shape[1] != 16 or len(array) < len(skin["joints"]):
            raise broken(f"skin {number} has too few bind matrices for its {len(skin['joints'])} joints")
    for number, node in enumerate(glb.items("nodes")):
        if node.get("skin") is not None and node.get("mesh") is not None:
            _check_joints(glb, number, node)


def _check_copies(glb: Glb) -> None:
    # Many nodes may show the same mesh, and each time it is unfolded anew: a small file can ask for any memory.
    sizes = [sum(_drawn_bytes(glb, part) for part in mesh["primitives"]) for mesh in glb.items("meshes")]
    total = sum(sizes[node["mesh"]] for node in glb.items("nodes") if node.get("mesh") is not None)
    if total > MAX_DECODED_BYTES:
        raise too_large(f"its meshes, drawn as often as its nodes show them, unfold to {total >> 20} MiB")


def _drawn_bytes(glb: Glb, primitive: Json) -> int:
    attributes = primitive["attributes"]
    vertices = len(glb.accessor(attributes["POSITION"])) if "POSITION" in attributes else 0
    numbers = primitive.get("indices")
    corners = vertices if numbers is None else len(glb.accessor(numbers))
    rows = vertices if "NORMAL" in attributes else max(vertices, corners)
    morphs = sum(len(target) for target in primitive.get("targets") or [])
    return 4 * (corners + rows * (3 + 4 * len(attributes) + 3 * morphs))


def _check_joints(glb: Glb, number: int, node: Json) -> None:
    joints = len(glb.items("skins")[node["skin"]]["joints"])
    for primitive in glb.items("meshes")[node["mesh"]]["primitives"]:
        attributes = primitive["attributes"]
        if "JOINTS_0" not in attributes or "WEIGHTS_0" not in attributes:
            continue
        indices, weights = glb.accessor(attributes["JOINTS_0"]), glb.accessor(attributes["WEIGHTS_0"])
        if indices.dtype.kind != "u":
            raise broken(f"node {number} counts its joints in fractions")
        rows = min(len(indices), len(weights))
        used = indices[:rows][weights[:rows] != 0]
        if len(used) and int(used.max()) >= joints:
            raise broken(f"node {number} follows joint {int(used.max())} of {joints}")
