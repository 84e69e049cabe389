"""The passages of an avatar: by its map and its settings, as they will be seen."""

import pytest

from shared.acting.mapping import build_map
from shared.acting.passages import acting_transitions
from shared.contract.acting import ActingMap
from shared.glb import Glb, inspect, read_glb
from shared.glb.face import propose_face
from shared.glb.transitions import Transition
from tests.shared.glb.parity.reference import OWN_AVATARS


@pytest.fixture(scope="module")
def pip() -> tuple[Glb, ActingMap]:
    """A robot of our own with its first map."""
    glb = read_glb(OWN_AVATARS / "pip.glb")
    return glb, build_map(inspect(glb), propose_face(glb))


def between(rows: tuple[Transition, ...], clip: str, other: str) -> Transition:
    return next(row for row in rows if (row.from_clip, row.to_clip) == (clip, other))


def with_settings(acting: ActingMap, clip: str, **fields: object) -> ActingMap:
    changed = acting.clips[clip].model_copy(update=fields)
    return acting.model_copy(update={"clips": {**acting.clips, clip: changed}})


def test_postures_meet_every_gesture_both_ways(pip: tuple[Glb, ActingMap]) -> None:
    glb, acting = pip
    rows = acting_transitions(glb, acting)

    postures = {one.clip for role in ("idle", "listening", "thinking", "talking") for one in acting.roles[role]}
    assert len(rows) == len({(row.from_clip, row.to_clip) for row in rows})
    assert {row.to_clip for row in rows if row.from_clip in postures} == {c.name for c in inspect(glb).clips}
    assert {row.from_clip for row in rows if row.to_clip in postures} == {c.name for c in inspect(glb).clips}
    assert rows[0].jump == max(row.jump for row in rows)


def test_settings_change_what_is_met(pip: tuple[Glb, ActingMap]) -> None:
    glb, acting = pip
    cut = with_settings(acting, "Celebrate", trim=True, active_start=1.0, active_end=2.0)
    head = with_settings(cut, "Celebrate", mask="head")
    added = with_settings(cut, "Celebrate", additive=True)

    jumps = {
        name: between(acting_transitions(glb, map_), "Idle", "Celebrate").jump
        for name, map_ in {"whole": acting, "cut": cut, "head": head, "added": added}.items()
    }

    # It raises its arms in the middle; the head alone does not, and what is added begins at nothing.
    assert jumps["cut"] > 3 * jumps["whole"]
    assert jumps["head"] < jumps["cut"] / 3
    assert jumps["added"] == pytest.approx(0, abs=1e-6)


def test_hidden_clips_take_no_part(pip: tuple[Glb, ActingMap]) -> None:
    glb, acting = pip

    rows = acting_transitions(glb, with_settings(acting, "Wave", hidden=True))

    assert not any("Wave" in (row.from_clip, row.to_clip) for row in rows)
