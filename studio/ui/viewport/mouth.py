"""A mouth that runs with the text: from the letters that come out to the shapes that the avatar has."""

from typing import Final

from shared.contract.acting import FaceRig, Viseme

HOLD_SECONDS: Final = 0.12
PEAK: Final = 0.6
CLOSED_PEAK: Final = 0.9
"""Lips that close must be seen to. Source: acting.md section 6."""

_LETTERS: Final[dict[str, Viseme]] = {
    **dict.fromkeys("aàáâãåä", "aa"),
    **dict.fromkeys("eèéêë", "E"),
    **dict.fromkeys("iìíîïy", "I"),
    **dict.fromkeys("oòóôõö", "O"),
    **dict.fromkeys("uùúûüw", "U"),
    **dict.fromkeys("bmp", "PP"),
    **dict.fromkeys("fv", "FF"),
    **dict.fromkeys("dtl", "DD"),
    **dict.fromkeys("gkqcx", "kk"),
    **dict.fromkeys("szß", "SS"),
    **dict.fromkeys("j", "CH"),
    **dict.fromkeys("nñ", "nn"),
    **dict.fromkeys("r", "RR"),
    **dict.fromkeys("h", "TH"),
}
_OPENNESS: Final[dict[Viseme, float]] = {"aa": 0.8, "O": 0.6, "E": 0.45, "U": 0.35, "I": 0.3, "PP": 0.0, "FF": 0.05}


def mouth_weights(text: str, face: FaceRig) -> dict[str, float] | None:
    """The mouth's morph weights for text that has just come out; None when no letter of it is spoken.

    Returns: morph targets by name; empty for a closed mouth, and for a face without one.
    """
    letter = next((character for character in reversed(text.lower()) if character in _LETTERS), None)
    if letter is None:
        return None
    viseme = _LETTERS[letter]
    if face.mouth_tier == "visemes" and viseme in face.visemes:
        return {face.visemes[viseme]: CLOSED_PEAK if viseme == "PP" else PEAK}
    if face.mouth_tier == "open" and face.mouth_open is not None:
        return {face.mouth_open: _OPENNESS.get(viseme, 0.2)}
    return {}
