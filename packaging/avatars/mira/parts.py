"""Part: a piece of Mira as plain arrays, before Blender sees it, and how pieces become one mesh."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from mira.field import Array
from mira.nets import Faces


@dataclass(frozen=True)
class Part:
    """Points, quads, colours, weights and morphs of one piece.

    points: (N, 3) metres, Blender's axes. faces: (F, 4); a triangle repeats its last corner.
    colours: (N, 3) linear RGB. material: a name of `paint.FINISHES`. weights: bone name -> (N,) share, summing to 1.
    morphs: shape name -> (N, 3) offsets. unshaded: neither takes nor casts baked
    shadow.
    """

    points: Array
    faces: Faces
    colours: Array
    material: str
    weights: Mapping[str, Array]
    morphs: Mapping[str, Array] = field(default_factory=dict)
    unshaded: bool = False


def flipped(name: str) -> str:
    """The other side's name: LeftArm for RightArm, eyeBlinkRight for eyeBlinkLeft."""
    if "Left" in name:
        return name.replace("Left", "Right")
    return name.replace("Right", "Left")


def reflected(part: Part) -> Part:
    """The mirror image in x, with faces turned back and sides renamed."""
    away = np.array([-1.0, 1.0, 1.0])
    return replace(
        part,
        points=part.points * away,
        faces=part.faces[:, ::-1],
        weights={flipped(name): share for name, share in part.weights.items()},
        morphs={flipped(name): offsets * away for name, offsets in part.morphs.items()},
    )


def both(part: Part) -> list[Part]:
    """The part and its mirror image."""
    return [part, reflected(part)]


def rigid(bone: str, count: int) -> dict[str, Array]:
    """Weights of `count` points that follow one bone."""
    return {bone: np.ones(count)}


def ramp(values: Array, start: float, end: float) -> Array:
    """Smooth step from 0 at `start` to 1 at `end` (which may lie below `start`)."""
    x = np.clip((values - start) / (end - start), 0.0, 1.0)
    return x * x * (3.0 - 2.0 * x)


def along_chain(place: Array, stations: Iterable[float], bones: list[str], soft: float) -> dict[str, Array]:
    """Weights along a limb: `place` runs with the limb, bone i ends at station i, joins are `soft` wide."""
    ends = list(stations)
    before = np.ones_like(place)
    weights = {}
    for index, bone in enumerate(bones[:-1]):
        after = ramp(place, ends[index] - soft, ends[index] + soft)
        weights[bone] = before * (1.0 - after)
        before = before * after
    weights[bones[-1]] = before
    return weights


def joined(parts: Iterable[Part], materials: list[str]) -> tuple[Part, list[int]]:
    """All parts as one, and the index in `materials` of each face."""
    pieces = list(parts)
    starts = np.cumsum([0, *[len(piece.points) for piece in pieces]])
    slots: list[int] = []
    for piece in pieces:
        slots += [materials.index(piece.material)] * len(piece.faces)

    def spread(name: str, source: str, width: tuple[int, ...]) -> Array:
        rows = [getattr(piece, source).get(name, np.zeros((len(piece.points), *width))) for piece in pieces]
        return np.concatenate(rows)

    bones = dict.fromkeys(name for piece in pieces for name in piece.weights)
    shapes = dict.fromkeys(name for piece in pieces for name in piece.morphs)
    whole = Part(
        points=np.concatenate([piece.points for piece in pieces]),
        faces=np.concatenate([piece.faces + start for piece, start in zip(pieces, starts, strict=False)]),
        colours=np.concatenate([piece.colours for piece in pieces]),
        material="",
        weights={name: spread(name, "weights", ()) for name in bones},
        morphs={name: spread(name, "morphs", (3,)) for name in shapes},
    )
    return whole, slots
