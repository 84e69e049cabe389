"""What is worth knowing about an avatar: one function per finding, each saying what is so and what to do."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from shared.contract.avatar import AvatarFacts, Finding, Severity
from shared.glb.document import Glb
from shared.glb.geometry import Primitive
from shared.glb.materials import SUPPORTED_EXTENSIONS
from shared.glb.measures import Body
from shared.glb.naming import sanitise
from shared.glb.packed import DRACO
from shared.glb.sampling import Sampler
from shared.glb.solidity import solidity_of
from shared.glb.words import words_of

MOST_TRIANGLES = 40_000
MOST_DRAW_CALLS = 12
PHONE_TEXTURE, DESKTOP_TEXTURE = 1024, 2048
_LEAD_IN_SECONDS = 0.4
_OPEN_SEAM = 0.03
_FAR_DRIFT = 0.5
_LOOPS = frozenset({"idle", "loop", "listening", "listen", "thinking", "think", "talking", "talk", "breathing"})
_EXPLAINED = {
    "KHR_lights_punctual": "The lights in the file (KHR_lights_punctual) are left out: the stage has its own.",
    "KHR_materials_transmission": "Glass (KHR_materials_transmission) is shown here as plain transparency: "
    "visitors see it refract.",
    **{
        f"KHR_materials_{name}": f"KHR_materials_{name} is drawn for visitors, but not here: the pictures differ."
        for name in ("anisotropy", "clearcoat", "dispersion", "iridescence", "sheen", "volume")
    },
}
"""What is said of extensions that are not drawn as they ask to be, where more is known."""
_WEIGHT_TOLERANCE = 2e-3
_MANY_FLAT = 0.02
"""Share of triangles without area that is worth a word; the pole of every sphere has some."""
_SAME_POSE, _OTHER_POSE = 0.005, 0.03


@dataclass(frozen=True, eq=False)
class Inspected:
    """All that the findings look at."""

    glb: Glb
    sampler: Sampler
    body: Body
    primitives: list[Primitive]
    facts: AvatarFacts
    texture_sizes: list[tuple[int, int] | None]


def find_all(seen: Inspected) -> tuple[Finding, ...]:
    """Every finding, the gravest first."""
    found = [finding for look in _LOOKS for finding in look(seen)]
    return tuple(sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.severity)))


def _finding(code: str, severity: Severity, sentence: str, subject: str = "") -> Finding:
    return Finding(code=code, severity=severity, sentence=sentence, subject=subject)


def _nothing_to_show(seen: Inspected) -> Iterator[Finding]:
    if not seen.primitives:
        yield _finding("nothing_to_show", "error", "The file shows no triangles: export the meshes with the armature.")
    if not seen.facts.clips:
        yield _finding(
            "no_clips",
            "warning",
            "There are no animation clips: the avatar will only breathe, blink and turn its head.",
        )


def _extensions(seen: Inspected) -> Iterator[Finding]:
    required = set(seen.glb.json.get("extensionsRequired") or ())
    for name in seen.facts.extensions:
        if name in SUPPORTED_EXTENSIONS:
            continue
        if name in _EXPLAINED:
            yield _finding("extension_ignored", "note", _EXPLAINED[name], name)
        elif name in required:
            yield _finding(
                "extension_required",
                "error",
                f"The file needs {name}, which is not drawn here: export without it.",
                name,
            )
        else:
            yield _finding("extension_ignored", "note", f"{name} is not drawn here; the file does without it.", name)


def _draco(seen: Inspected) -> Iterator[Finding]:
    if DRACO in seen.facts.extensions:
        yield _finding(
            "packed_for_desks", "warning",
            "The meshes are packed with Draco, which the widget does not unpack: publish with a lighter avatar.", DRACO,
        )  # fmt: skip


def _budgets(seen: Inspected) -> Iterator[Finding]:
    facts = seen.facts
    if facts.triangles > MOST_TRIANGLES:
        yield _finding(
            "many_triangles", "warning",
            f"{facts.triangles:,} triangles are more than the {MOST_TRIANGLES:,} of the budget: decimate the mesh.",
        )  # fmt: skip
    if facts.draw_calls > MOST_DRAW_CALLS:
        yield _finding(
            "many_draw_calls", "warning",
            f"{facts.draw_calls} draw calls are more than {MOST_DRAW_CALLS}: join meshes that share a material.",
        )  # fmt: skip


def _solidity(seen: Inspected) -> Iterator[Finding]:
    entries, flat = seen.glb.items("materials"), 0
    for primitive in seen.primitives:
        found = solidity_of(primitive)
        flat += found.flat_triangles
        material = {} if primitive.material is None else entries[primitive.material]
        if found.inside_out and not material.get("doubleSided"):
            name = seen.glb.node_names[primitive.node]
            yield _finding(
                "inside_out", "warning", f"The faces of {name} look inwards: recalculate its normals outside.", name
            )
    if flat > seen.facts.triangles * _MANY_FLAT:
        yield _finding(
            "flat_triangles", "note", f"{flat:,} triangles have no area: merge by distance, or delete the loose ones."
        )


def _textures(seen: Inspected) -> Iterator[Finding]:
    entries = seen.glb.items("images")
    for number, size in enumerate(seen.texture_sizes):
        name = entries[number].get("name") or f"image_{number}"
        if size is None:
            yield _finding(
                "texture_unreadable", "warning", f"The texture {name} is no PNG, JPEG or WebP: it is left out.", name
            )
        elif max(size) > DESKTOP_TEXTURE:
            yield _finding(
                "texture_large", "warning",
                f"The texture {name} has {size[0]} x {size[1]} pixels: scale it to {DESKTOP_TEXTURE} or less.", name,
            )  # fmt: skip
        elif max(size) > PHONE_TEXTURE:
            yield _finding(
                "texture_large_for_phones", "note",
                f"The texture {name} has {size[0]} x {size[1]} pixels; {PHONE_TEXTURE} are enough on phones.", name,
            )  # fmt: skip


def _names(seen: Inspected) -> Iterator[Finding]:
    for name, times in Counter(seen.glb.clip_names).items():
        if times > 1:
            yield _finding(
                "clip_name_twice",
                "warning",
                f"{times} clips are called {name}; only the first plays: rename them.",
                name,
            )
    moved = {track.node for number in range(len(seen.facts.clips)) for track in seen.sampler.clip(number).tracks}
    for node in sorted(moved):
        own, three = seen.glb.items("nodes")[node].get("name"), seen.glb.node_names[node]
        if own and sanitise(own) != three:
            yield _finding(
                "node_name_twice", "note", f"More than one node is called {own}; this one is known as {three}.", three
            )


def _tracks(seen: Inspected) -> Iterator[Finding]:
    for number, clip_name in enumerate(seen.glb.clip_names):
        clip = seen.sampler.clip(number)
        if not clip.tracks:
            yield _finding(
                "clip_empty", "warning", f"{clip_name} moves nothing: export it again or remove it.", clip_name
            )
        elif clip.unbound:
            yield _finding(
                "tracks_unbound", "warning",
                f"{len(clip.unbound)} tracks of {clip_name} move nothing that is shown, {clip.unbound[0]} first.",
                clip_name,
            )  # fmt: skip
        if clip.broken:
            yield _finding(
                "tracks_broken", "warning",
                f"{len(clip.broken)} tracks of {clip_name} do not fit their targets and are left out.",
                clip_name,
            )  # fmt: skip
        if clip.unsorted:
            yield _finding(
                "tracks_unsorted", "warning",
                f"The key times of {clip.unsorted[0]} in {clip_name} fall: export it again.", clip_name,
            )  # fmt: skip


def _skins(seen: Inspected) -> Iterator[Finding]:
    glb = seen.glb
    for number in glb.skeleton.shown:
        node = glb.items("nodes")[number]
        if node.get("mesh") is None:
            continue
        name = glb.node_names[number]
        for part in glb.items("meshes")[node["mesh"]]["primitives"]:
            has_joints = "JOINTS_0" in part["attributes"]
            if has_joints and node.get("skin") is None:
                yield _finding(
                    "skin_missing", "warning", f"{name} has joint weights but no skin: it will not move.", name
                )
            if node.get("skin") is not None and not has_joints:
                yield _finding(
                    "weights_missing", "warning", f"{name} has a skin but no joint weights: it stays stiff.", name
                )
            if "JOINTS_1" in part["attributes"]:
                yield _finding(
                    "many_influences", "warning", f"{name} follows more than 4 joints a vertex: limit them to 4.", name
                )


def _weights(seen: Inspected) -> Iterator[Finding]:
    off: set[str] = set()
    for number in seen.glb.skeleton.shown:
        node = seen.glb.items("nodes")[number]
        if node.get("mesh") is None or node.get("skin") is None:
            continue
        for part in seen.glb.items("meshes")[node["mesh"]]["primitives"]:
            accessor = part["attributes"].get("WEIGHTS_0")
            if accessor is not None:
                total = seen.glb.accessor(accessor).astype(np.float64).sum(axis=1)
                off |= {seen.glb.node_names[number]} if (np.abs(total - 1) > _WEIGHT_TOLERANCE).any() else set()
    if off:
        yield _finding(
            "weights_not_normalised", "note",
            f"Joint weights of {', '.join(sorted(off)[:3])} do not add up to 1; they are normalised when shown.",
        )  # fmt: skip


def _timing(seen: Inspected) -> Iterator[Finding]:
    for clip in seen.facts.clips:
        loops = _LOOPS.intersection(words_of(clip.name))
        if not loops and clip.active_start > _LEAD_IN_SECONDS:
            yield _finding(
                "lead_in",
                "note",
                f"{clip.name} rests for {clip.active_start:.2f} s before it moves; that is skipped.",
                clip.name,
            )
        if loops and clip.seam_error > _OPEN_SEAM:
            yield _finding(
                "loop_open", "warning",
                f"{clip.name} does not close: its end is {clip.seam_error:.0%} of the height away from its start.",
                clip.name,
            )  # fmt: skip
        if clip.root_drift > _FAR_DRIFT:
            yield _finding(
                "root_drift", "note", f"{clip.name} walks away by {clip.root_drift:.1f} body heights.", clip.name
            )


def _bind_pose(seen: Inspected) -> Iterator[Finding]:
    """A clip that starts in the bind pose flashes when it follows an idle that does not."""
    joints, height = seen.body.joints, seen.body.height
    resting = seen.sampler.rest.world[joints, :3, 3]

    def away(number: int) -> float:
        start = seen.sampler.pose(number, 0.0).world[joints, :3, 3]
        return float(np.linalg.norm(start - resting, axis=-1).mean()) / height

    idle = next((n for n, clip in enumerate(seen.facts.clips) if "idle" in words_of(clip.name)), None)
    if idle is None or away(idle) < _OTHER_POSE:
        return
    for number, clip in enumerate(seen.facts.clips):
        if number != idle and clip.mean_speed > 0 and away(number) < _SAME_POSE:
            yield _finding(
                "starts_in_bind_pose", "warning",
                f"{clip.name} starts in the bind pose and will flash after the idle: start it from the idle's pose.",
                clip.name,
            )  # fmt: skip


_LOOKS: tuple[Callable[[Inspected], Iterator[Finding]], ...] = (
    _nothing_to_show, _extensions, _draco, _budgets, _solidity, _textures, _names, _tracks, _skins, _weights, _timing,
    _bind_pose,
)  # fmt: skip
