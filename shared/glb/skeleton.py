"""The node tree: who hangs on whom, in what order to compute, and where everything rests."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.container import Json
from shared.glb.limits import MAX_NODE_DEPTH, broken, too_large
from shared.glb.transforms import Floats, compose, decompose

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Skeleton:
    """All nodes of a GLB in file order, as arrays over N nodes. In glTF axes (+Y up, +Z front), units of the file."""

    parents: tuple[int, ...]
    """Index of the parent, -1 for a root."""
    shown: tuple[int, ...]
    """The nodes that the default scene shows, parents before children, as three.js walks them."""
    levels: tuple[tuple[Indices, Indices], ...]
    """Nodes of each depth below the roots, with their parents; roots are not among them."""
    translation: Floats
    rotation: Floats
    scale: Floats

    def worlds(self, translation: Floats, rotation: Floats, scale: Floats) -> Floats:
        """World matrices (..., N, 4, 4) of local transforms (..., N, 3), (..., N, 4) and (..., N, 3)."""
        world = compose(translation, rotation, scale)
        for nodes, parents in self.levels:
            world[..., nodes, :, :] = world[..., parents, :, :] @ world[..., nodes, :, :]
        return world

    @cached_property
    def in_scene(self) -> frozenset[int]:
        """The shown nodes, to ask for one."""
        return frozenset(self.shown)

    def children(self, node: int) -> tuple[int, ...]:
        """The direct children of a node."""
        return tuple(child for child, parent in enumerate(self.parents) if parent == node)


def build_skeleton(document: Json) -> Skeleton:
    """The node tree of a checked document.

    Raises: BadGlb: a cycle, a node with two parents, or a tree too deep to be one.
    """
    nodes: list[Json] = document.get("nodes") or []
    parents = _parents(nodes)
    depths = _depths(parents)
    local = [_local(node) for node in nodes]
    return Skeleton(
        parents=tuple(parents),
        shown=tuple(_shown(document, nodes, parents)),
        levels=_levels(parents, depths),
        translation=np.array([row[0] for row in local], np.float64).reshape(-1, 3),
        rotation=np.array([row[1] for row in local], np.float64).reshape(-1, 4),
        scale=np.array([row[2] for row in local], np.float64).reshape(-1, 3),
    )


def _parents(nodes: list[Json]) -> list[int]:
    parents = [-1] * len(nodes)
    for parent, node in enumerate(nodes):
        for child in node.get("children") or []:
            if parents[child] != -1:
                raise broken(f"node {child} hangs on two parents")
            parents[child] = parent
    return parents


def _depths(parents: list[int]) -> list[int]:
    depths = [-1] * len(parents)
    for start in range(len(parents)):
        chain: list[int] = []
        node = start
        while node != -1 and depths[node] == -1:
            chain.append(node)
            if len(chain) > MAX_NODE_DEPTH:
                raise _bottomless(parents, start)
            node = parents[node]
        base = -1 if node == -1 else depths[node]
        for step, link in enumerate(reversed(chain), 1):
            depths[link] = base + step
    if depths and max(depths) > MAX_NODE_DEPTH:
        raise too_large(f"its nodes are nested deeper than {MAX_NODE_DEPTH}")
    return depths


def _bottomless(parents: list[int], start: int) -> Exception:
    seen: set[int] = set()
    node = start
    while node != -1:
        if node in seen:
            return broken(f"its node tree runs in a circle through node {node}")
        seen.add(node)
        node = parents[node]
    return too_large(f"its nodes are nested deeper than {MAX_NODE_DEPTH}")


def _levels(parents: list[int], depths: list[int]) -> tuple[tuple[Indices, Indices], ...]:
    rows: list[list[int]] = [[] for _ in range(max(depths, default=0))]
    for node, depth in enumerate(depths):
        if depth > 0:
            rows[depth - 1].append(node)
    return tuple((np.array(row, np.intp), np.array([parents[node] for node in row], np.intp)) for row in rows)


def _shown(document: Json, nodes: list[Json], parents: list[int]) -> list[int]:
    scenes = document.get("scenes") or []
    if scenes:
        waiting = list(scenes[document.get("scene") or 0].get("nodes") or [])
    else:
        waiting = [node for node, parent in enumerate(parents) if parent == -1]
    shown: dict[int, None] = {}
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        if node not in shown:
            shown[node] = None
            waiting += reversed(nodes[node].get("children") or [])
    return list(shown)


def _local(node: Json) -> tuple[Any, Any, Any]:
    if node.get("matrix") is not None:
        return decompose(np.array(node["matrix"], np.float64).reshape(4, 4).T)
    return (
        node.get("translation") or (0.0, 0.0, 0.0),
        node.get("rotation") or (0.0, 0.0, 0.0, 1.0),
        node.get("scale") or (1.0, 1.0, 1.0),
    )
