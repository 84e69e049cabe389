"""Small pictures of an avatar in many poses: each clip at its most telling moment, each emotion's face."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from shared.contract.acting import ActingMap
from shared.glb import Glb, Pose, Sampler, morph_nodes
from studio.render.offscreen import offscreen_context
from studio.render.portraits import portrait_view
from studio.render.posters import draw_into_picture
from studio.render.stage import Stage

_MOMENTS = 16
"""Looked at in a clip's active window."""
_MARGIN = 0.96
"""Around the standing avatar; small pictures are seen close."""


@dataclass(frozen=True)
class Shot:
    """One picture that is wanted."""

    key: str
    clip: str | None
    """None: the rest pose."""
    seconds: float = 0.0
    morphs: Mapping[str, float] = field(default_factory=dict)
    """Weights by name that stand above the clip's own."""
    portrait: bool = False
    """The face alone, where there is one that moves."""


def telling_seconds(sampler: Sampler, clip: str, window: tuple[float, float], usual: Pose) -> float:
    """When in its active window a clip is farthest from how the avatar usually stands.

    Raises: NotFound: there is no such clip.
    """
    times = np.linspace(window[0], max(window), _MOMENTS)
    places = sampler.motion(clip, times).world[:, :, :3, 3]
    apart = np.linalg.norm(places - usual.world[:, :3, 3], axis=-1).mean(axis=1)
    return float(times[int(apart.argmax())])


def draw_shots(
    glb: Glb,
    shots: Iterable[Shot],
    size: tuple[int, int],
    acting: ActingMap,
    take: Callable[[Shot, Image.Image], bool],
) -> None:
    """Draw pictures on a transparent ground, without any window; `take` gets each, and says whether to go on.

    Call it in a thread in which no other GL context is current.

    Raises: Unavailable: nothing here draws without a window. NotFound: no such clip.
    """
    with offscreen_context():
        stage = Stage()
        try:
            stage.set_backdrop(None)
            stage.resize(*size)
            stage.load(glb, acting)
            for shot in shots:
                if not take(shot, _drawn(stage, glb, shot, size)):
                    return
        finally:
            stage.dispose()


def _drawn(stage: Stage, glb: Glb, shot: Shot, size: tuple[int, int]) -> Image.Image:
    player = stage.player
    if player is None:
        return Image.new("RGBA", size)
    still = player.sampler.pose(shot.clip, shot.seconds)
    view = portrait_view(glb, still, stage.scene_from_file) if shot.portrait else None

    def draw() -> None:
        # Inside: the picture's own framebuffer is larger, and a camera frames for the size that it was told last.
        stage.frame("bust" if shot.portrait else "full", _MARGIN)
        if view is not None:
            stage.camera.view = view
        stage.draw_pose(_with_face(still, glb, shot.morphs))

    return draw_into_picture(stage, size, draw)


def _with_face(pose: Pose, glb: Glb, morphs: Mapping[str, float]) -> Pose:
    if not morphs:
        return pose
    rows = {
        node: np.maximum(pose.weights[node], [morphs.get(name, 0.0) for name in names])
        for node, names in morph_nodes(glb).items()
    }
    return replace(pose, weights={**pose.weights, **rows})
