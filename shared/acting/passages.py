"""How an avatar passes from clip to clip by its map: each posture and gesture where they begin and give back."""

from shared.acting.timing import gesture_fades, gesture_times
from shared.acting.vocabulary import POSTURES
from shared.contract.acting import ActingMap
from shared.glb.document import Glb
from shared.glb.sampling import Sampler
from shared.glb.takes import Takes
from shared.glb.transitions import ClipStart, Transition, transition_matrix


def acting_transitions(glb: Glb, acting: ActingMap) -> tuple[Transition, ...]:
    """Every passage that the map makes possible, by its clips' settings, the farthest leap first.

    A clip that is hidden, or that the file lacks, takes no part.
    """
    takes = Takes(Sampler(glb), acting.clips, acting.face)
    postures, gestures = clip_starts(takes, acting)
    return transition_matrix(takes, postures, gestures)


def clip_starts(takes: Takes, acting: ActingMap) -> tuple[list[ClipStart], list[ClipStart]]:
    """The parts of clips that are played: of postures the loop, of gestures from beginning to way back."""
    known = set(takes.glb.clip_names)
    playing: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for role, choices in acting.roles.items():
        for choice in choices:
            if choice.clip in known and not takes.settings(choice.clip).hidden:
                playing[role in POSTURES][choice.clip] = None
    return [_posture(takes, clip) for clip in playing[True]], [_gesture(takes, acting, clip) for clip in playing[False]]


def _posture(takes: Takes, clip: str) -> ClipStart:
    window = takes.window(clip)
    return ClipStart(clip, window.start, window.end)


def _gesture(takes: Takes, acting: ActingMap, clip: str) -> ClipStart:
    settings = takes.settings(clip)
    seconds = max(takes.sampler.clip(clip).seconds, 0.0)
    times = gesture_times(settings, seconds, gesture_fades(settings, acting.snappiness))
    elapsed = times.hold_seconds * settings.speed
    return ClipStart(clip, times.begins, takes.window(clip).place(times.begins, elapsed, loop=settings.loop))
