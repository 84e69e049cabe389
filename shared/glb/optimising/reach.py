"""How far a joint's motion is felt: what a wrong turn of it moves, and by how much."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shared.glb.document import Glb
from shared.glb.geometry import Primitive, geometry
from shared.glb.sampling import Motion, Sampler
from shared.glb.skeleton import Indices
from shared.glb.skinning import bounds, centroids
from shared.glb.transforms import Floats

_LEAST_RADIUS = 0.01
"""Body heights: a joint that moves no vertices is watched all the same."""


@dataclass(frozen=True, eq=False)
class Reach:
    """Distances over the N nodes of a file, in the rest pose and in body heights."""

    glb: Glb
    height: float
    nodes: Indices
    """The nodes that are watched: those that the scene shows."""
    radius: Floats
    """(N,) how far what a node itself carries is from its origin."""
    turned: Floats
    """(N,) how far the farthest thing is that turns with a node."""
    scale: Floats
    """(N,) body heights for one unit of a node's own translation."""

    @cached_property
    def _lengths(self) -> Floats:
        """(nodes, 3) how long a node's axes are, in its own space, to end at its radius."""
        size = np.linalg.norm(Sampler(self.glb).rest.world[self.nodes, :3, :3], axis=1)
        return self.radius[self.nodes, None] * self.height / np.where(size > 0, size, 1.0)

    def points(self, motion: Motion) -> Floats:
        """(T, nodes, 4, 3) the origin of every node and the tips of its axes, in body heights."""
        world = motion.world[:, self.nodes]
        places = np.empty((*world.shape[:2], 4, 3))
        places[:, :, 0] = world[..., :3, 3]
        axes = np.swapaxes(world[..., :3, :3], -1, -2) * self._lengths[:, :, None]
        places[:, :, 1:] = axes + places[:, :, :1]
        return places / self.height


def reach_of(glb: Glb) -> Reach:
    """Measure a file."""
    primitives = geometry(glb)
    low, high = bounds(glb, primitives=primitives)
    height = max(float(high[1] - low[1]), 1e-6)
    world = Sampler(glb).rest.world
    radius = np.maximum(_radii(glb, primitives, world) / height, _LEAST_RADIUS)
    return Reach(
        glb=glb,
        height=height,
        nodes=np.array(glb.skeleton.shown, np.intp),
        radius=radius,
        turned=_turned(glb, world, radius * height) / height,
        scale=_parent_scales(glb, world) / height,
    )


def _radii(glb: Glb, primitives: list[Primitive], world: Floats) -> Floats:
    """About twice the distance from a node to the middle of what it carries: near its far end."""
    radii = np.zeros(len(world))
    for node, middle in centroids(glb, primitives).items():
        radii[node] = 2 * float(np.linalg.norm(world[node, :3, :3] @ middle))
    return radii


def _turned(glb: Glb, world: Floats, radii: Floats) -> Floats:
    reach = radii.copy()
    for node in range(len(world)):
        ancestor = glb.skeleton.parents[node]
        while ancestor != -1:
            away = float(np.linalg.norm(world[node, :3, 3] - world[ancestor, :3, 3])) + radii[node]
            reach[ancestor] = max(reach[ancestor], away)
            ancestor = glb.skeleton.parents[ancestor]
    return reach


def _parent_scales(glb: Glb, world: Floats) -> Floats:
    own = np.linalg.norm(world[:, :3, :3], axis=1).max(axis=1)
    return np.array([own[parent] if parent != -1 else 1.0 for parent in glb.skeleton.parents])
