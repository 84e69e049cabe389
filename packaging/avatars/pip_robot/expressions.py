"""The morph targets of Pip's face: blinks, visemes, gaze and the twelve emotions."""

from __future__ import annotations

from dataclasses import replace

from kit.shapes import Floats

from pip_robot.face import Brow, Eye, Look, Mouth, vertices

NEUTRAL = Look()
SHUT: dict[str, float] = {"height": 0.0065, "arc": -0.016, "sparkle": 0.0, "up": -0.008, "width": 0.044}
ARCH: dict[str, float] = {"height": 0.0085, "arc": 0.036, "sparkle": 0.0, "up": 0.004, "width": 0.047}

VISEMES: dict[str, Mouth] = {
    "sil": Mouth(width=0.047, smile=0.015),
    "PP": Mouth(width=0.036, upper=0.0042, lower=0.0042, smile=0.006),
    "FF": Mouth(width=0.044, upper=0.004, lower=0.013, smile=0.01),
    "TH": Mouth(width=0.043, upper=0.009, lower=0.015, smile=0.01, tongue=0.9),
    "DD": Mouth(width=0.045, upper=0.011, lower=0.015, smile=0.012, tongue=0.5),
    "kk": Mouth(width=0.042, upper=0.013, lower=0.02, smile=0.01),
    "CH": Mouth(width=0.031, upper=0.017, lower=0.019, smile=0.002),
    "SS": Mouth(width=0.05, upper=0.0095, lower=0.0105, smile=0.014),
    "nn": Mouth(width=0.043, upper=0.009, lower=0.0125, smile=0.012, tongue=0.6),
    "RR": Mouth(width=0.034, upper=0.014, lower=0.018, smile=0.004),
    "aa": Mouth(width=0.049, upper=0.019, lower=0.049, smile=0.012, tongue=0.5),
    "E": Mouth(width=0.055, upper=0.014, lower=0.029, smile=0.018, tongue=0.45),
    "I": Mouth(width=0.06, upper=0.0115, lower=0.019, smile=0.024),
    "O": Mouth(width=0.034, upper=0.026, lower=0.036, smile=0.0),
    "U": Mouth(width=0.023, upper=0.018, lower=0.022, smile=0.0),
}

EMOTIONS: dict[str, Look] = {
    "happy": replace(
        NEUTRAL.eyes(lower_lid=0.3, height=0.058, width=0.045).brows(up=0.014, bend=0.02),
        mouth=Mouth(width=0.078, upper=0.008, lower=0.036, smile=0.038, tongue=0.55),
        blush=0.75,
    ),
    "excited": replace(
        NEUTRAL.eyes(height=0.07, width=0.053, up=0.0, sparkle=1.75).brows(up=0.018, bend=0.024, width=0.042),
        mouth=Mouth(width=0.086, upper=0.012, lower=0.062, smile=0.034, tongue=0.6, up=0.004),
        blush=1.0,
    ),
    "warm": replace(
        NEUTRAL.eyes(**ARCH | {"arc": 0.026}).brows(up=0.002, tilt=0.007, bend=0.014),
        mouth=Mouth(width=0.064, upper=0.006, lower=0.006, smile=0.034),
        blush=1.15,
    ),
    "amused": replace(
        NEUTRAL.eyes(**ARCH | {"arc": 0.05, "up": 0.008}).brows(up=0.018, bend=0.018),
        mouth=Mouth(width=0.082, upper=0.01, lower=0.068, smile=0.03, tongue=0.65, up=0.006),
        blush=0.6,
    ),
    "curious": replace(
        NEUTRAL.eyes(up=0.008, across=0.004),
        left_eye=Eye(height=0.07, width=0.046, up=0.012, across=0.01, sparkle=1.3),
        right_eye=Eye(height=0.06, width=0.041, up=0.006, across=-0.01),
        left_brow=Brow(up=0.026, bend=0.022),
        right_brow=Brow(up=0.004, tilt=-0.006, bend=0.008),
        mouth=Mouth(width=0.026, upper=0.009, lower=0.012, smile=0.004, skew=0.012),
    ),
    "thinking": replace(
        NEUTRAL.eyes(sparkle=0.9),
        left_eye=Eye(across=0.022, up=0.026, height=0.052, upper_lid=0.08),
        right_eye=Eye(across=-0.022, up=0.026, height=0.052, upper_lid=0.22),
        left_brow=Brow(up=0.02, bend=0.02, across=0.012),
        right_brow=Brow(up=0.006, tilt=-0.012, bend=0.004, across=-0.012),
        mouth=Mouth(width=0.032, smile=-0.004, skew=0.03, up=-0.006),
    ),
    "confused": replace(
        NEUTRAL,
        left_eye=Eye(height=0.066, width=0.045, up=0.006),
        right_eye=Eye(height=0.05, width=0.041, upper_lid=0.26, lower_lid=0.08),
        left_brow=Brow(up=0.022, tilt=0.016, bend=0.012),
        right_brow=Brow(up=-0.012, tilt=-0.016, bend=0.002),
        mouth=Mouth(width=0.054, smile=-0.004, wave=0.0115, skew=-0.006),
    ),
    "surprised": replace(
        NEUTRAL.eyes(height=0.074, width=0.056, up=-0.004, sparkle=1.2).brows(up=0.022, bend=0.026, width=0.04),
        mouth=Mouth(width=0.034, upper=0.03, lower=0.042, smile=0.0, up=-0.006),
    ),
    "sad": replace(
        NEUTRAL.eyes(upper_lid=0.24, lid_slope=0.5, up=-0.012, height=0.056, sparkle=0.8).brows(
            up=-0.004, tilt=0.026, bend=-0.004
        ),
        mouth=Mouth(width=0.048, smile=-0.03, up=-0.014),
    ),
    "sorry": replace(
        NEUTRAL.eyes(height=0.064, width=0.046, up=-0.004, upper_lid=0.06, lid_slope=0.3, sparkle=1.5).brows(
            up=0.012, tilt=0.03, bend=0.004
        ),
        mouth=Mouth(width=0.034, smile=-0.014, wave=0.0045, up=-0.008),
        blush=0.8,
    ),
    "afraid": replace(
        NEUTRAL.eyes(height=0.068, width=0.041, up=-0.004, sparkle=0.55).brows(up=0.014, tilt=0.022, bend=0.002),
        mouth=Mouth(width=0.062, upper=0.015, lower=0.019, smile=-0.03, wave=0.006, up=-0.008),
    ),
    "angry": replace(
        NEUTRAL.eyes(upper_lid=0.3, lid_slope=-0.62, lower_lid=0.1, sparkle=0.0).brows(
            up=-0.02, tilt=-0.026, bend=-0.002, width=0.044
        ),
        mouth=Mouth(width=0.046, upper=0.0075, lower=0.0075, smile=-0.024, up=-0.01),
    ),
}

GAZE = 0.024  # how far an eye travels on the screen at full weight, metres


def looks() -> dict[str, Look]:
    """Return every morph target's face by its name."""
    shut = {
        "blink": NEUTRAL.eyes(**SHUT),
        "eyeBlinkLeft": replace(NEUTRAL, left_eye=Eye(**SHUT)),
        "eyeBlinkRight": replace(NEUTRAL, right_eye=Eye(**SHUT)),
    }
    mouths = {f"viseme_{name}": replace(NEUTRAL, mouth=mouth) for name, mouth in VISEMES.items()}
    moods = {f"emotion_{name}": look for name, look in EMOTIONS.items()}
    return shut | mouths | moods | _gazes()


def _gazes() -> dict[str, Look]:
    """Return the eight gaze targets, an eye at a time, In being towards the nose."""
    gazes = {}
    for side in ("left", "right"):
        for word, across, up in (("Up", 0, 1), ("Down", 0, -1), ("In", -1, 0), ("Out", 1, 0)):
            eye = Eye(across=GAZE * across, up=GAZE * up)
            moved = replace(NEUTRAL, left_eye=eye) if side == "left" else replace(NEUTRAL, right_eye=eye)
            gazes[f"eyeLook{word}{side.capitalize()}"] = moved
    return gazes


def shape_keys() -> dict[str, Floats]:
    """Return the vertices of every morph target by its name."""
    return {name: vertices(look) for name, look in looks().items()}
