"""Why something was not acted as it was asked: the director's measure, in words that a designer can act upon."""

from typing import Final, Literal

Restraint = Literal[
    "off_by_default", "posture", "faint", "unsure", "budget", "sentence", "role_rests", "clip_rests", "no_clip",
    "same_face",
]  # fmt: skip

RESTRAINT_SENTENCES: Final[dict[Restraint, str]] = {
    "off_by_default": "this role is for stories: only the cartoon manner plays it",
    "posture": "a posture is no gesture: it is there by itself",
    "faint": "too faint for the body: the face alone",
    "unsure": "not sure enough for the body: the face alone",
    "budget": "too soon after the last gesture",
    "sentence": "one gesture in a sentence is enough",
    "role_rests": "the same gesture was played just now",
    "clip_rests": "its clips were played just now",
    "no_clip": "no clip of this avatar plays it",
    "same_face": "the face looks like that already",
}
"""Each reads on after the cue that it is about."""
