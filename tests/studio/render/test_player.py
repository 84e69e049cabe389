"""The player's rules: weights that add up, fades from the present, the way back by the clock, a face of its own."""

import numpy as np
import pytest

from shared.contract.acting import ActingMap, ClipSettings, FaceRig
from shared.errors import NotFound
from shared.glb import Glb, Sampler, blend, read_glb
from studio.render.player import Player
from tests.shared.glb.building import GlbBuilder


def actor_glb(wave_seconds: float = 3.0) -> Glb:
    """One node with four clips that move it along x, and a face with two morph targets."""
    make = GlbBuilder()
    make.node(name="body", mesh=make.triangle())
    part = make.document["meshes"][0]["primitives"][0]
    part["targets"] = [{"POSITION": make.floats(np.zeros((3, 3)), "VEC3")} for _ in range(2)]
    make.document["meshes"][0]["extras"] = {"targetNames": ["blink", "smile"]}
    lengths = (
        ("Idle", 2.0, 0.0),
        ("Talk", 1.5, 1.0),
        ("Wave", wave_seconds, 5.0),
        ("Nod", 0.5, 9.0),
        ("Dance", 30.0, 7.0),
    )
    for name, seconds, place in lengths:
        times = make.floats([0, seconds], "SCALAR")
        make.clip(name, (0, "translation", "LINEAR", times, make.floats([[place, 0, 0], [place, 0, seconds]], "VEC3")))
    return read_glb(make.glb())


@pytest.fixture
def player() -> Player:
    """A player whose idle has settled at time 10."""
    player = Player(actor_glb())
    player.play_posture("Idle", 0.0)
    player.pose(10.0)
    return player


def test_the_first_posture_is_there_at_once(player: Player) -> None:
    fresh = Player(actor_glb())
    fresh.play("Talk", "talking", 3.0)

    assert fresh.shares(3.0) == {"Talk": 1.0}
    assert fresh.manner == "talking"
    assert fresh.pose(3.0).world[0, 0, 3] == pytest.approx(1.0)


def test_weights_add_up_to_one_whatever_interrupts_whatever(player: Player) -> None:
    plays = [(10.0, "Wave"), (10.1, "Nod"), (10.15, "Wave"), (10.3, "Dance"), (10.9, "Nod"), (11.0, "Nod")]

    totals = []
    for step in range(400):
        now = 10.0 + step * 0.02
        for at, clip in plays:
            if at <= now < at + 0.02:
                player.play_gesture(clip, at)
        if step == 120:
            player.play_posture("Talk", now)
        totals.append(sum(player.shares(now).values()))

    assert totals == pytest.approx([1.0] * len(totals))


def test_a_gesture_fades_in_from_present_weights(player: Player) -> None:
    player.play_gesture("Wave", 10.0)
    at_start, halfway = player.shares(10.0), player.shares(10.125)
    player.play_gesture("Nod", 10.125)
    just_after = player.shares(10.125)

    assert at_start == {"Idle": 1.0, "Wave": 0.0}
    assert halfway == pytest.approx({"Idle": 0.5, "Wave": 0.5})
    assert just_after == pytest.approx({"Idle": 0.5, "Wave": 0.5, "Nod": 0.0})
    # Half of the new one over what stood there; the one beneath goes on fading in.
    assert player.shares(10.225)["Nod"] == pytest.approx(0.5)


def test_the_pose_is_the_mix_that_the_weights_say(player: Player) -> None:
    player.play_gesture("Wave", 10.0)

    pose = player.pose(10.1)

    sampler = Sampler(actor_glb())
    eased = 0.4 * 0.4 * (3 - 2 * 0.4)
    mixed = blend([sampler.pose("Idle", 10.1 % 2.0), sampler.pose("Wave", 0.1)], [1 - eased, eased], sampler.rest)
    assert pose.world == pytest.approx(mixed.world)


def test_the_way_back_starts_at_end_less_fade_by_the_clock(player: Player) -> None:
    player.play_gesture("Wave", 10.0)

    assert player.shares(12.59)["Wave"] == 1.0
    assert player.gesture == "Wave"
    # The next frame comes late: the fade is where it would have been.
    assert player.shares(12.8) == pytest.approx({"Wave": 0.5, "Idle": 0.5})
    assert player.gesture is None
    assert player.shares(13.0) == {"Idle": 1.0}


def test_a_dead_lead_in_is_skipped_and_the_tail_too() -> None:
    settings = ClipSettings(duration=3.0, active_start=0.8, active_end=2.0)
    player = Player(actor_glb(), ActingMap(clips={"Wave": settings}))
    player.play_posture("Idle", 0.0)

    player.play_gesture("Wave", 5.0)

    # It begins a fade before it moves; the hand is at 0.8 s of the clip when the fade is done.
    assert player.pose(5.25).world[0, 2, 3] == pytest.approx(0.8, abs=1e-3)
    assert player.shares(5.0 + (2.0 - 0.55) - 0.01)["Wave"] == 1.0
    assert player.shares(5.0 + (2.0 - 0.55) + 0.2)["Wave"] == pytest.approx(0.5)


def test_long_gestures_leave_by_five_seconds(player: Player) -> None:
    player.play_gesture("Dance", 10.0)

    assert player.shares(14.4)["Dance"] == 1.0
    assert "Dance" not in player.shares(14.95)


def test_short_loops_are_repeated_until_they_can_be_read() -> None:
    player = Player(actor_glb(), ActingMap(clips={"Nod": ClipSettings(duration=0.5, loop=True)}))
    player.play_posture("Idle", 0.0)

    player.play_gesture("Nod", 5.0)

    assert player.shares(6.55)["Nod"] == 1.0
    assert "Nod" not in player.shares(7.2)


def test_the_same_gesture_again_is_a_second_action_that_starts_over(player: Player) -> None:
    player.play_gesture("Wave", 10.0)
    player.pose(11.0)

    player.play_gesture("Wave", 11.0)

    assert player.shares(11.1)["Wave"] == 1.0
    assert player.pose(11.1).world[0, 2, 3] == pytest.approx(0.5 * 1.1 + 0.5 * 0.1)
    assert player.pose(11.3).world[0, 2, 3] == pytest.approx(0.3, abs=1e-3)


def test_a_posture_waits_beneath_a_gesture(player: Player) -> None:
    player.play_gesture("Wave", 10.0)
    player.pose(10.5)

    player.play("Talk", "talking", 10.5)

    assert player.shares(11.0)["Wave"] == 1.0
    assert player.shares(13.1) == {"Talk": 1.0}


def test_snappiness_shortens_every_fade() -> None:
    player = Player(actor_glb(), ActingMap(snappiness=2.0))
    player.play_posture("Idle", 0.0)

    player.play_gesture("Wave", 5.0)

    assert player.shares(5.0625)["Wave"] == pytest.approx(0.5)
    assert player.shares(5.126)["Wave"] == 1.0


def test_the_eyes_blink_within_six_seconds_and_open_again() -> None:
    player = Player(actor_glb(), ActingMap(face=FaceRig(blink=("blink",))), seed=3)
    player.play_posture("Idle", 0.0)

    lids = np.array([player.pose(step / 100).weights[0][0] for step in range(1500)])

    shut = np.flatnonzero(lids > 0.8) / 100
    assert 1.5 <= shut[0] <= 6.2
    assert np.diff(shut).max() <= 6.3
    assert (lids == 0).mean() > 0.9


def test_the_face_goes_where_asked_and_what_is_not_asked_goes_back(player: Player) -> None:
    player.set_face({"smile": 0.8}, 10.0, seconds=0.4)
    halfway = player.pose(10.2).weights[0][1]
    player.set_face({}, 10.2, seconds=0.2)

    assert halfway == pytest.approx(0.4)
    assert player.pose(10.3).weights[0][1] == pytest.approx(0.2)
    assert player.pose(10.5).weights[0][1] == 0.0


def test_smile_and_mouth_add_up_as_on_the_page(player: Player) -> None:
    player.set_face({"smile": 0.6}, 10.0, seconds=0.0)
    player.set_mouth({"smile": 0.3})
    both = player.pose(10.1).weights[0][1]
    player.set_mouth({"smile": 0.9})

    assert both == pytest.approx(0.9)
    assert player.pose(10.2).weights[0][1] == 1.0


def test_a_gesture_that_smiles_leaves_less_to_the_emotion() -> None:
    make = GlbBuilder()
    make.node(name="body", mesh=make.triangle())
    part = make.document["meshes"][0]["primitives"][0]
    part["targets"] = [{"POSITION": make.floats(np.zeros((3, 3)), "VEC3")} for _ in range(2)]
    make.document["meshes"][0]["extras"] = {"targetNames": ["grin", "smile"]}
    times = make.floats([0, 3], "SCALAR")
    for name, grin in (("Idle", 0.0), ("Laugh", 0.75)):
        make.clip(name, (0, "weights", "LINEAR", times, make.floats([grin, 0, grin, 0], "SCALAR")))
    player = Player(read_glb(make.glb()))
    player.play_posture("Idle", 0.0)
    player.set_face({"smile": 0.8}, 0.0, seconds=0.0)
    before = player.pose(1.0).weights[0]

    player.play_gesture("Laugh", 1.0)
    during = player.pose(2.0).weights[0]

    assert before == pytest.approx([0.0, 0.8])
    assert during == pytest.approx([0.75, 0.2], abs=1e-3)


def test_a_stopped_mouth_is_shut_in_the_same_frame(player: Player) -> None:
    player.set_mouth({"smile": 0.7})
    open_now = player.pose(10.0).weights[0][1]
    player.set_mouth({})

    assert open_now == pytest.approx(0.7)
    assert player.pose(10.0).weights[0][1] == 0.0


def test_a_clip_that_is_not_there_leaves_everything_as_it_is(player: Player) -> None:
    with pytest.raises(NotFound):
        player.play_gesture("Moonwalk", 10.0)

    assert player.shares(10.1) == {"Idle": 1.0}


def test_without_clips_the_avatar_rests(player: Player) -> None:
    bare = Player(actor_glb())

    assert bare.pose(1.0).world == pytest.approx(bare.sampler.rest.world)
    assert not bare.moving
