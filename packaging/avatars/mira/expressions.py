"""Every morph of the face, said as settings: blinks, fifteen visemes, twelve emotions."""

from dataclasses import dataclass, field

from mira.eyes import Look
from mira.head import Mouth

REST = Look()
SHUT = Look(upper=-8.0, lower=-5.5, tilt=3.0)


@dataclass(frozen=True)
class Face:
    """A whole face: the mouth, her left eye and brow, her right."""

    mouth: Mouth = field(default_factory=Mouth)
    left: Look = REST
    right: Look = REST


def even(mouth: Mouth, look: Look) -> Face:
    """A face alike on both sides."""
    return Face(mouth, look, look)


VISEMES = {
    "sil": Mouth(),
    "PP": Mouth(press=0.008, wide=-0.006),
    "FF": Mouth(tuck=0.010, upper=0.007, open=0.006),
    "TH": Mouth(open=0.017, upper=0.004, tongue=0.4, out=1.0),
    "DD": Mouth(open=0.015, upper=0.004, tongue=1.0, wide=0.004),
    "kk": Mouth(open=0.019, upper=0.003, wide=0.002),
    "CH": Mouth(open=0.016, upper=0.007, lower=0.004, pucker=0.65),
    "SS": Mouth(open=0.007, upper=0.006, lower=0.005, wide=0.012),
    "nn": Mouth(open=0.013, upper=0.003, tongue=0.9),
    "RR": Mouth(open=0.016, pucker=0.5, tongue=0.5),
    "aa": Mouth(open=0.052, upper=0.004, wide=-0.002),
    "E": Mouth(open=0.025, upper=0.006, wide=0.012, smile=0.003),
    "I": Mouth(open=0.014, upper=0.007, lower=0.003, wide=0.018, smile=0.004),
    "O": Mouth(open=0.040, pucker=0.8, upper=0.002),
    "U": Mouth(open=0.018, pucker=1.15, upper=0.002),
}

EMOTIONS = {
    "happy": even(
        Mouth(smile=0.022, wide=0.015, open=0.020),
        Look(upper=34, lower=-22, tilt=5, inner=0.006, outer=0.006, arch=0.010),
    ),
    "excited": even(
        Mouth(smile=0.024, wide=0.016, open=0.056, upper=0.006),
        Look(upper=40, lower=-24, tilt=6, inner=0.024, outer=0.020, arch=0.014),
    ),
    "warm": even(
        Mouth(smile=0.022, wide=0.012), Look(upper=25, lower=-19, tilt=3, inner=0.012, outer=-0.002, arch=0.006)
    ),
    "amused": Face(
        Mouth(smile=0.026, wide=0.017, open=0.034, upper=0.003, skew=0.003),
        Look(upper=3, lower=6, tilt=2, inner=0.006, outer=0.004, arch=0.016),
        Look(upper=3, lower=6, tilt=2, inner=0.012, outer=0.010, arch=0.018),
    ),
    "curious": Face(
        Mouth(smile=0.010, pucker=0.22, skew=0.006, open=0.006),
        Look(upper=41, lower=-34, tilt=5, inner=0.020, outer=0.036, arch=0.018),
        Look(upper=29, lower=-27, tilt=5, inner=-0.010, outer=-0.004, arch=0.0),
    ),
    "thinking": Face(
        Mouth(smile=-0.012, pucker=0.45, skew=0.020, press=0.003),
        Look(upper=19, lower=-20, tilt=4, inner=-0.020, outer=0.0, arch=-0.004),
        Look(upper=31, lower=-26, tilt=5, inner=0.004, outer=0.026, arch=0.016),
    ),
    "confused": Face(
        Mouth(smile=-0.024, skew=-0.012, wide=-0.004, open=0.008, upper=0.005),
        Look(upper=36, lower=-30, tilt=3, inner=0.030, outer=0.012, arch=0.010),
        Look(upper=17, lower=-18, tilt=2, inner=-0.022, outer=-0.004, arch=-0.006),
    ),
    "surprised": even(
        Mouth(open=0.050, pucker=0.70, upper=0.004, smile=-0.006),
        Look(upper=46, lower=-42, tilt=4, inner=0.036, outer=0.036, arch=0.018),
    ),
    "sad": even(
        Mouth(smile=-0.046, wide=-0.006, press=0.002),
        Look(upper=16, lower=-25, tilt=-11, inner=0.036, outer=-0.026, arch=-0.008),
    ),
    "sorry": even(
        Mouth(smile=-0.030, wide=0.010, press=0.005),
        Look(upper=24, lower=-17, tilt=-6, inner=0.040, outer=-0.014, arch=0.002),
    ),
    "afraid": even(
        Mouth(smile=-0.026, wide=0.014, open=0.024, upper=0.006, lower=0.004),
        Look(upper=45, lower=-39, tilt=-4, inner=0.044, outer=0.004, arch=-0.004),
    ),
    "angry": even(
        Mouth(smile=-0.036, wide=0.006, upper=0.008, lower=0.006, open=0.004),
        Look(upper=14, lower=-19, tilt=16, inner=-0.046, outer=0.026, arch=-0.012),
    ),
}


def all_faces() -> dict[str, Face]:
    """Shape name -> face, in the order of the exported morph targets."""
    faces = {"eyeBlinkLeft": Face(left=SHUT), "eyeBlinkRight": Face(right=SHUT)}
    faces |= {f"viseme_{name}": Face(mouth) for name, mouth in VISEMES.items()}
    return faces | {f"emotion_{name}": face for name, face in EMOTIONS.items()}
