"""Where a clip is entered and left when it is played by its settings: what the transition matrix compares."""

from shared.acting.timing import gesture_fades, gesture_times
from shared.glb.takes import Takes
from shared.glb.transitions import ClipStart


def posture_start(takes: Takes, clip: str) -> ClipStart:
    """The loop of a posture."""
    window = takes.window(clip)
    return ClipStart(clip, window.start, window.end)


def gesture_start(takes: Takes, clip: str, snappiness: float) -> ClipStart:
    """A gesture from where it begins to where its way back starts, after as many rounds as it makes."""
    settings = takes.settings(clip)
    seconds = max(takes.sampler.clip(clip).seconds, 0.0)
    times = gesture_times(settings, seconds, gesture_fades(settings, snappiness))
    elapsed = times.hold_seconds * settings.speed
    return ClipStart(clip, times.begins, takes.window(clip).place(times.begins, elapsed, loop=settings.loop))
