"""The turntable: once around the character while it idles, as a GIF and as a film that can be laid over a page."""

import io
from collections.abc import Callable, Sequence
from fractions import Fraction

import av
import numpy as np
from PIL import Image

from studio.render.easel import Easel
from studio.render.formats import GIF, TURNTABLE

RATE = 24
_ROUND_SECONDS = (3.0, 6.0)
"""The shortest and the longest round, in which the idle plays a whole number of times where it can."""
_GIF_EVERY = 2
_GIF_COLOURS = 255
_GROUND = (245, 246, 250)
"""Behind the GIF, whose edges cannot be half transparent."""


def draw_round(drawing: Easel, report: Callable[[float], None]) -> list[Image.Image]:
    """The frames of one round, transparent; `report` is told the share that is done, and cancels by raising."""
    idle = drawing.standing
    length = drawing.sampler.clip(idle).seconds if idle else 0.0
    seconds = _round_seconds(length)
    count = round(seconds * RATE)
    frames = []
    for number in range(count):
        report(number / count)
        place = number / count
        pose = drawing.sampler.pose(idle, place * seconds % length if length else 0.0)
        frames.append(drawing.picture(pose, TURNTABLE, "full", turn_radians=place * 2 * np.pi))
    return frames


def as_gif(frames: Sequence[Image.Image]) -> bytes:
    """The round as a GIF that plays for ever."""
    kept = [_over_ground(frame).resize(GIF, Image.Resampling.LANCZOS) for frame in frames[::_GIF_EVERY]]
    # One palette for all: frames with palettes of their own flicker.
    palette = _strip(kept).quantize(_GIF_COLOURS, Image.Quantize.MEDIANCUT)
    pictures = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in kept]
    stream = io.BytesIO()
    duration = round(1000 * _GIF_EVERY / RATE / 10) * 10
    pictures[0].save(
        stream, "GIF", save_all=True, append_images=pictures[1:], duration=duration, loop=0, optimize=False
    )
    return stream.getvalue()


def as_webm(frames: Sequence[Image.Image]) -> bytes:
    """The round as VP9 with transparency."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="webm") as film:
        track = film.add_stream("libvpx-vp9", rate=Fraction(RATE))
        track.width, track.height = frames[0].size
        track.pix_fmt = "yuva420p"
        track.options = {"crf": "32", "b": "0", "auto-alt-ref": "0", "row-mt": "1", "deadline": "good", "cpu-used": "4"}
        track.metadata["alpha_mode"] = "1"
        for frame in frames:
            film.mux(track.encode(av.VideoFrame.from_ndarray(np.asarray(frame.convert("RGBA")), format="rgba")))
        film.mux(track.encode())
    return stream.getvalue()


def _round_seconds(length: float) -> float:
    shortest, longest = _ROUND_SECONDS
    if not length:
        return shortest
    rounds = max(1, round(shortest / length))
    return float(np.clip(length * rounds, shortest, longest))


def _over_ground(frame: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", frame.size, (*_GROUND, 255))
    return Image.alpha_composite(ground, frame).convert("RGB")


def _strip(frames: Sequence[Image.Image]) -> Image.Image:
    """Some of the frames side by side, to choose colours from."""
    some = frames[:: max(1, len(frames) // 6)]
    whole = Image.new("RGB", (some[0].width * len(some), some[0].height))
    for place, frame in enumerate(some):
        whole.paste(frame, (place * frame.width, 0))
    return whole
