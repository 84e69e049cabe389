"""Where clips are entered and left by their settings, and how far that lets joints leap."""

import pytest

from shared.acting.passages import gesture_start, posture_start
from shared.contract.acting import ClipSettings
from shared.glb import Glb, Sampler, propose_face, read_glb
from shared.glb.takes import Takes
from shared.glb.transitions import ClipStart, transition_matrix
from tests.shared.glb.parity.reference import OWN_AVATARS

CELEBRATE_SECONDS = 3.4


@pytest.fixture(scope="module")
def pip() -> Glb:
    """A robot of our own."""
    return read_glb(OWN_AVATARS / "pip.glb")


def takes(glb: Glb, **fields: object) -> Takes:
    made = ClipSettings.model_validate(
        {"duration": CELEBRATE_SECONDS, "active_start": 1.0, "active_end": 2.0, **fields}
    )
    return Takes(Sampler(glb), {"Celebrate": made}, propose_face(glb))


@pytest.mark.parametrize(
    ("fields", "begins", "ends"),
    [
        ({}, 0.75, 2.0),
        ({"trim": True}, 1.0, 1.6),
        ({"trim": True, "speed": 2.0}, 1.0, 1.5),
        ({"trim": True, "loop": True}, 1.0, 1.6),
        ({"trim": True, "fade_out_seconds": 0.1}, 1.0, 1.9),
    ],
)
def test_a_gesture_is_entered_before_it_moves_and_left_before_it_rests(
    pip: Glb, fields: dict[str, object], begins: float, ends: float
) -> None:
    start = gesture_start(takes(pip, **fields), "Celebrate", 1.0)

    assert (start.begins, start.ends) == pytest.approx((begins, ends))


def test_a_posture_is_its_window(pip: Glb) -> None:
    assert posture_start(takes(pip, trim=True), "Celebrate") == ClipStart("Celebrate", 1.0, 2.0)
    whole = posture_start(takes(pip), "Celebrate")
    assert (whole.begins, whole.ends) == pytest.approx((0.0, CELEBRATE_SECONDS))


def test_settings_change_what_is_met(pip: Glb) -> None:
    def jump(**fields: object) -> float:
        made = takes(pip, **fields)
        rows = transition_matrix(made, [posture_start(made, "Idle")], [gesture_start(made, "Celebrate", 1.0)])
        return next(row.jump for row in rows if row.to_clip == "Celebrate")

    from_start = jump(active_start=0.0)
    cut = jump(trim=True)

    # It raises its arms in the middle; the head alone does not, and what is added begins at nothing.
    assert cut > 3 * from_start
    assert jump(trim=True, mask="head") < cut / 3
    assert jump(trim=True, additive=True) == pytest.approx(0, abs=1e-6)
