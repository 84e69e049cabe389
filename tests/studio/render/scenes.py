"""Scenes that the player and the widget's stage both play: every clip by every setting, as gesture and as posture."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shared.acting.timing import posture_fade
from shared.contract.acting import ActingMap, ClipSettings
from shared.glb import Glb, Pose, propose_face
from studio.render.player import Player
from tests.shared.glb.parity.reference import Reference, ask_node

VARIANTS: dict[str, dict[str, object]] = {
    "plain": {},
    "mirror": {"mirror": True},
    "lock_root": {"lock_root": True},
    "additive": {"additive": True},
    "mask upper": {"mask": "upper"},
    "mask head": {"mask": "head"},
    "trim, loop, speed": {"trim": True, "loop": True, "speed": 1.3},
    "fades": {"fade_in_seconds": 0.13, "fade_out_seconds": 0.7},
    "all": {
        "mirror": True, "lock_root": True, "additive": True, "mask": "upper", "trim": True, "loop": True, "speed": 0.7,
        "fade_in_seconds": 0.3,
    },
}  # fmt: skip
"""What is tried of the settings."""
_WINDOW = (0.2, 0.7)
"""Share of each clip that counts as its active window here, whatever was measured."""


@dataclass
class Scene:
    """Steps on a stage, and the map by which they are played."""

    acting: ActingMap
    steps: list[dict[str, Any]] = field(default_factory=list)

    def asked(self) -> dict[str, Any]:
        """The scene as the stage in Node takes it."""
        settings = {name: one.model_dump() for name, one in self.acting.clips.items()}
        face = self.acting.face.model_dump()
        return {"settings": settings, "face": face, "steps": self.steps, "snappiness": self.acting.snappiness}


def scenes_of(glb: Glb, variants: list[str] | None = None) -> list[Scene]:
    """Two scenes for each clip. Without `variants` the clips take turns through all of them; else each plays each."""
    names = list(dict.fromkeys(glb.clip_names))
    player, face = Player(glb), propose_face(glb)
    seconds = {name: max(player.sampler.clip(name).seconds, 0.0) for name in names}
    idle = next((name for name in names if name.endswith("Idle")), names[0])
    turns = list(VARIANTS)
    scenes: list[Scene] = []
    for number, name in enumerate(names):
        for variant in variants or [turns[number % len(turns)]]:
            window = {"active_start": _WINDOW[0] * seconds[name], "active_end": _WINDOW[1] * seconds[name]}
            made = ClipSettings.model_validate({"duration": seconds[name], **window, **VARIANTS[variant]})
            acting = ActingMap(clips={name: made}, face=face, snappiness=1.25)
            other = names[(number * 7 + 1) % len(names)]
            scenes += [_as_gesture(acting, idle, name, other, number), _as_posture(acting, idle, name)]
    return scenes


def _as_gesture(acting: ActingMap, idle: str, name: str, other: str, number: int) -> Scene:
    """Seen fading in, alone, late, and interrupted by another; every second one by the upper body alone."""
    amount = "upper" if number % 2 else "whole"
    return Scene(
        acting,
        [
            {"posture": idle, "fade": 0}, {"after": 0.31}, {"gesture": name, "amount": amount},
            {"after": 0.1}, {"look": True}, {"after": 0.37}, {"look": True},
            {"gesture": other, "amount": "whole"}, {"after": 0.07}, {"look": True}, {"after": 1.9}, {"look": True},
        ],
    )  # fmt: skip


def _as_posture(acting: ActingMap, idle: str, name: str) -> Scene:
    known = acting.clips.get(name) or ClipSettings(duration=0)
    fades = {idle: posture_fade(ClipSettings(duration=0), "idle", acting.snappiness)}
    fades[name] = posture_fade(known, "idle", acting.snappiness)
    return Scene(
        acting,
        [
            {"posture": idle, "fade": 0}, {"after": 0.4}, {"posture": name, "fade": fades[name]},
            {"after": 0.15}, {"look": True}, {"after": 1.2}, {"look": True},
            {"posture": idle, "fade": fades[idle]}, {"after": 0.11}, {"look": True},
        ],
    )  # fmt: skip


def play_here(glb: Glb, scene: Scene) -> list[Pose]:
    """The scene on the desk."""
    player, now = Player(glb, scene.acting), 0.0
    player.lively = False
    seen: list[Pose] = []
    for step in scene.steps:
        now += step.get("after", 0.0)
        if "posture" in step:
            player.play_posture(step["posture"], now)
        if "gesture" in step:
            player.play_gesture(step["gesture"], now, upper_body_only=step["amount"] == "upper")
        if "look" in step:
            seen.append(player.pose(now))
        elif "after" in step:
            player.shares(now)
    return seen


def play_on_stage(file: Path, scenes: list[Scene]) -> Reference:
    """The scenes on the widget's own stage, in Node."""
    return ask_node("stage.mjs", file, [scene.asked() for scene in scenes])
