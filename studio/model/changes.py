"""Which transitions the avatar's map makes possible, and how far each lets a joint leap."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from shared.acting.passages import gesture_start, posture_start
from shared.acting.vocabulary import POSTURES
from shared.contract.acting import ROLES, ActingMap
from shared.glb.measures import Body
from shared.glb.sampling import Sampler
from shared.glb.takes import Takes
from shared.glb.transitions import Transition, transition_matrix


@dataclass(frozen=True)
class Changes:
    """All that was measured, and of which clips."""

    postures: tuple[str, ...] = ()
    gestures: tuple[str, ...] = ()
    rows: tuple[Transition, ...] = ()
    """Worst first."""

    def between(self, first: str, then: str) -> Transition | None:
        """One transition; None when it never comes to pass."""
        return self._by_names.get((first, then))

    @cached_property
    def _by_names(self) -> dict[tuple[str, str], Transition]:
        return {(row.from_clip, row.to_clip): row for row in self.rows}


def played(acting: ActingMap, clips: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Clips that are postures, and clips that are gestures only, in the order of their roles."""
    there = {clip for clip in clips if clip not in acting.clips or not acting.clips[clip].hidden}
    order = [role for role in ROLES if role in POSTURES] + [role for role in ROLES if role not in POSTURES]
    loops: dict[str, None] = {}
    others: dict[str, None] = {}
    for role in order:
        for entry in acting.roles.get(role, ()):
            if entry.clip in there and entry.clip not in loops:
                (loops if role in POSTURES else others)[entry.clip] = None
    return tuple(loops), tuple(others)


def measured_changes(
    sampler: Sampler, body: Body, acting: ActingMap, report: Callable[[float, str], object]
) -> Changes:
    """Measure every change that the map makes possible; `report` hears how far it is, and may raise to end it."""
    takes = Takes(sampler, acting.clips, acting.face)
    postures, gestures = played(acting, sampler.clip_names)
    loops = [posture_start(takes, clip) for clip in postures]
    starts = [gesture_start(takes, clip, acting.snappiness) for clip in gestures]
    rows: list[Transition] = []
    for place, loop in enumerate(loops):
        report(place / len(loops), loop.clip)
        rows += transition_matrix(takes, [loop], starts, body=body)
    rows += transition_matrix(takes, loops, [], body=body)
    return Changes(postures, gestures, tuple(sorted(rows, key=lambda row: (-row.jump, row.from_clip, row.to_clip))))
