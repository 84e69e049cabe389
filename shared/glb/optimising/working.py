"""The working copy of a file: its document, and its numbers as columns that steps replace."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from numpy.typing import NDArray

from shared.glb.accessors import WIDTHS
from shared.glb.container import Json
from shared.glb.document import Glb
from shared.glb.materials import images
from shared.glb.meshopt.kinds import Filter

Kind = Literal["vertex", "offset", "corner", "matrix", "time", "track", "other"]

_ITEM_BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}


@dataclass(frozen=True, eq=False)
class Column:
    """What an accessor holds: (N, width) values, and once it is quantised the bytes that stand for them."""

    values: NDArray[Any]
    type: str
    kind: Kind = "other"
    stored: NDArray[Any] | None = None
    """(N, ...) as the file will have them, before the filter's decoder; None: the values themselves."""
    filter: Filter = "NONE"
    component: int = 5126
    """glTF's component type of what the filter's decoder makes."""
    normalized: bool = False
    bounded: bool = False
    """Whether the document must tell least and largest values."""

    @property
    def bytes(self) -> int:
        """What it weighs unpacked."""
        return int(self.values.size) * _ITEM_BYTES[self.component]


class Working:
    """A file that is being made lighter. Accessor numbers in the document are places in `columns`."""

    def __init__(self, glb: Glb) -> None:
        self.source = glb
        self.document: Json = {
            name: copy.deepcopy(value)
            for name, value in glb.json.items()
            if name not in ("accessors", "bufferViews", "buffers")
        }
        self.columns = [_column(glb, number) for number in range(len(glb.items("accessors")))]
        self.images = images(glb)

    def items(self, name: str) -> list[Json]:
        """One of the document's lists."""
        found: list[Json] = self.document.get(name) or []
        return found

    def add(self, column: Column) -> int:
        """Take a new column, and return its number."""
        self.columns.append(column)
        return len(self.columns) - 1

    def glb(self) -> Glb:
        """The copy as it stands, to be posed and measured."""
        return _Standing(self)

    @property
    def size(self) -> int:
        """What it would weigh as a plain file."""
        used = {number for number, _ in self.references()}
        accessors = "".join(json.dumps(_plain_entry(self.columns[number])) for number in used)
        text = json.dumps(self.document, ensure_ascii=False, separators=(",", ":"))
        content = sum(self.columns[number].bytes for number in used) + sum(map(len, self.images))
        return len(text) + len(accessors) + content

    def references(self) -> Iterator[tuple[int, Callable[[int], None]]]:
        """Every use of a column: its number, and how to put another in its place."""
        for primitive in (part for mesh in self.items("meshes") for part in mesh["primitives"]):
            holders = [primitive["attributes"], *(primitive.get("targets") or [])]
            yield from (_reference(holder, name) for holder in holders for name in holder)
            if primitive.get("indices") is not None:
                yield _reference(primitive, "indices")
        for skin in self.items("skins"):
            if skin.get("inverseBindMatrices") is not None:
                yield _reference(skin, "inverseBindMatrices")
        for animation in self.items("animations"):
            yield from (_reference(one, name) for one in animation["samplers"] for name in ("input", "output"))
        for node in self.items("nodes"):
            instanced = (node.get("extensions") or {}).get("EXT_mesh_gpu_instancing")
            if isinstance(instanced, dict) and isinstance(instanced.get("attributes"), dict):
                yield from (_reference(instanced["attributes"], name) for name in instanced["attributes"])


class _Standing(Glb):
    """A working copy seen as a file."""

    def __init__(self, working: Working) -> None:
        super().__init__(working.document, (), 0)
        self._columns = working.columns
        # No step touches the nodes.
        self.skeleton, self.joints = working.source.skeleton, working.source.joints
        self.node_names, self.name_counts = working.source.node_names, working.source.name_counts

    def accessor(self, number: int) -> NDArray[Any]:
        column = self._columns[number]
        return column.values[:, 0] if column.type == "SCALAR" else column.values


def reshaped(column: Column, values: NDArray[Any]) -> Column:
    """The column with other rows of the same kind."""
    return replace(column, values=values, stored=None)


def _column(glb: Glb, number: int) -> Column:
    entry, values = glb.items("accessors")[number], glb.accessor(number)
    return Column(
        values=values.reshape(len(values), WIDTHS[entry["type"]]),
        type=entry["type"],
        component=entry["componentType"],
        normalized=bool(entry.get("normalized")),
    )


def _plain_entry(column: Column) -> Json:
    return {
        "bufferView": 0,
        "byteOffset": 1000,
        "componentType": 5126,
        "count": len(column.values),
        "type": column.type,
    }


def _reference(holder: Json, name: str) -> tuple[int, Callable[[int], None]]:
    def put(number: int) -> None:
        holder[name] = number

    return holder[name], put
