"""When a clip is played in its own time, and when its way back starts: the rules that stage and desk share.

The widget reckons in the same way (widget/src/stage/timing.ts): desk and page play the same scenes in the tests.
"""

import math
from dataclasses import dataclass

from shared.acting.vocabulary import (
    GESTURE_IN_SECONDS,
    GESTURE_OUT_SECONDS,
    GESTURE_TO_GESTURE_SECONDS,
    LISTENING_FADE_SECONDS,
    LONGEST_GESTURE_SECONDS,
    POSTURE_FADE_SECONDS,
    SHORTEST_GESTURE_SECONDS,
)
from shared.contract.acting import ClipSettings, Role
from shared.glb.windows import window_of


@dataclass(frozen=True, slots=True)
class Fades:
    """How long a gesture takes to come and to go, by the clock."""

    in_seconds: float
    out_seconds: float


@dataclass(frozen=True, slots=True)
class GestureTimes:
    """Where a gesture begins in its clip, and how long by the clock until its way back starts."""

    begins: float
    hold_seconds: float


def gesture_fades(settings: ClipSettings, snappiness: float, *, over_gesture: bool = False) -> Fades:
    """The clip's own fades where the designer gave some, as given; else those of gestures, by snappiness."""
    usual = GESTURE_TO_GESTURE_SECONDS if over_gesture else GESTURE_IN_SECONDS
    fade_in, fade_out = settings.fade_in_seconds, settings.fade_out_seconds
    return Fades(
        usual / snappiness if fade_in is None else fade_in,
        GESTURE_OUT_SECONDS / snappiness if fade_out is None else fade_out,
    )


def posture_fade(settings: ClipSettings, role: Role, snappiness: float) -> float:
    """Seconds in which a posture comes over the one before."""
    if settings.fade_in_seconds is not None:
        return settings.fade_in_seconds
    return (LISTENING_FADE_SECONDS if role == "listening" else POSTURE_FADE_SECONDS) / snappiness


def gesture_times(settings: ClipSettings, seconds: float, fades: Fades) -> GestureTimes:
    """Plan a gesture so that it moves as soon as it is seen, can be read, is never long, and gives back by the clock.

    A trimmed clip begins where its window does, and has faded out where that ends.
    """
    window, speed = window_of(settings, seconds), settings.speed
    begins = window.start if settings.trim else max(0.0, settings.active_start - fades.in_seconds * speed)
    last = max(begins, window.end - fades.out_seconds * speed)
    end = last if settings.active_end is None else min(last, settings.active_end)
    once, whole = max(0.0, end - begins) / speed, (window.end - window.start) / speed
    if settings.loop and once < SHORTEST_GESTURE_SECONDS and whole > 0:
        once += math.ceil((SHORTEST_GESTURE_SECONDS - once) / whole) * whole
    # A clip shorter than its fades is seen whole for a moment, at its end.
    return GestureTimes(begins, min(max(once, fades.in_seconds), LONGEST_GESTURE_SECONDS))
