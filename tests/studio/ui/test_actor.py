"""What the actor does with a real avatar, on its own clock."""

from uuid import UUID

import numpy as np
import pytest

from shared.acting.mapping import build_map
from shared.contract.acting import RoleClip
from shared.contract.turn import TurnCue
from shared.glb import Glb, read_glb
from shared.glb.face import propose_face
from shared.glb.inspection import inspect
from studio.render.player import Player
from studio.ui.viewport.actor import Actor
from tests.studio.ui.conftest import AVATAR


@pytest.fixture(scope="module")
def glb() -> Glb:
    """The demo robot."""
    return read_glb(AVATAR)


@pytest.fixture
def player(glb: Glb) -> Player:
    """A player of it with its proposed map."""
    return Player(glb, build_map(inspect(glb), propose_face(glb)))


@pytest.fixture
def actor(player: Player) -> Actor:
    """An actor on stage."""
    made = Actor()
    made.enter(player)
    return made


def run(actor: Actor, seconds: float) -> None:
    """Let time go by, a frame at a time."""
    for _ in range(round(seconds * 30)):
        actor.tick(1 / 30)
        actor.pose()


def cue(clip: str | None) -> TurnCue:
    """A cue that plays a clip."""
    return TurnCue(
        turn_id=UUID(int=1), seq=1, role="greet", emotion="happy", intensity=0.9, clip=clip, offset=0, shown_offset=0,
        source="marker", confidence=1.0,
    )  # fmt: skip


def test_it_enters_in_its_idle_and_changes_posture(actor: Actor, player: Player) -> None:
    idle = player.posture
    actor.take_posture("talking")
    run(actor, 0.1)

    assert idle == player.acting.roles["idle"][0].clip
    assert player.posture in {entry.clip for entry in player.acting.roles["talking"]}


def test_listening_ends_by_itself(actor: Actor, player: Player) -> None:
    actor.take_posture("listening")
    run(actor, 0.5)
    listening = player.posture
    run(actor, 5.0)

    assert listening in {entry.clip for entry in player.acting.roles["listening"]}
    assert player.posture in {entry.clip for entry in player.acting.roles["idle"]}


def test_a_cue_ends_looking_at_a_clip(actor: Actor, player: Player) -> None:
    greet = player.acting.roles["greet"][0].clip
    actor.audition(actor.clips[0])

    actor.perform(cue(greet))
    run(actor, 0.2)

    assert actor.playing is None
    assert player.gesture == greet


def test_dropping_cues_gives_the_body_back(actor: Actor, player: Player) -> None:
    actor.perform(cue(player.acting.roles["greet"][0].clip))
    run(actor, 0.3)

    actor.drop_cues()

    assert player.gesture is None


def test_a_paused_actor_stands_and_goes_on_where_it_was(actor: Actor) -> None:
    actor.audition(actor.clips[0])
    run(actor, 0.6)
    actor.toggle_pause()
    place = actor.clip_place
    before = actor.pose()
    run(actor, 1.0)
    after = actor.pose()

    assert before is not None
    assert after is not None
    assert np.array_equal(before.world, after.world)
    assert actor.clip_place == place
    actor.toggle_pause()
    assert actor.clip_place == pytest.approx(place, abs=1e-6)
    run(actor, 0.1)
    assert actor.clip_place == pytest.approx(place + 0.1, abs=1e-6)


def test_seeking_shows_exactly_that_place_of_the_clip(actor: Actor, player: Player) -> None:
    actor.audition("Wave")
    actor.seek(0.4)
    shown = actor.pose()

    assert shown is not None
    assert np.array_equal(shown.world, player.sampler.pose("Wave", 0.4).world)
    assert actor.paused


def test_a_change_plays_one_clip_out_of_the_other_and_goes_back(actor: Actor, player: Player) -> None:
    idle, listening = (player.acting.roles[role][0].clip for role in ("idle", "listening"))
    loops = {idle, listening}

    actor.show_change(listening, "Wave", loops)
    run(actor, 0.5)
    before = (player.posture, player.gesture)
    run(actor, 0.7)
    during = player.gesture
    run(actor, 6.0)

    assert before == (listening, None)
    assert during == "Wave"
    assert player.posture == idle


def test_a_change_out_of_a_gesture_lands_in_its_loop(actor: Actor, player: Player) -> None:
    listening = player.acting.roles["listening"][0].clip

    actor.show_change("Wave", listening, {listening})
    run(actor, 0.3)
    during = (player.posture, player.gesture)
    run(actor, 4.0)

    assert during == (listening, "Wave")
    assert (player.posture, player.gesture) == (listening, None)


def test_another_map_leaves_a_posture_that_still_fits(actor: Actor, player: Player) -> None:
    actor.take_posture("talking")
    talking = player.posture

    for step in range(1, 9):
        actor.take_map(player.acting.model_copy(update={"snappiness": 1 + step / 10}))

    assert len(player.acting.roles["talking"]) > 1
    assert player.posture == talking


def test_the_place_in_a_trimmed_clip_stays_in_its_window(actor: Actor, player: Player) -> None:
    clips = {**player.acting.clips}
    settings = clips["Wave"].model_copy(update={"trim": True, "active_start": 0.5, "active_end": 0.9, "speed": 2.0})
    actor.take_map(player.acting.model_copy(update={"clips": {**clips, "Wave": settings}}))
    actor.audition("Wave")

    places = []
    for _ in range(40):
        run(actor, 1 / 30)
        places.append(actor.clip_place)

    assert min(places) >= 0.5
    assert max(places) <= 0.9
    assert max(places) - min(places) > 0.3


def test_the_stance_follows_the_mood_and_leaves_it_again(actor: Actor, player: Player) -> None:
    moods = (RoleClip(clip="Idle"), RoleClip(clip="Listening", emotion="happy"))
    actor.take_map(player.acting.model_copy(update={"roles": {**player.acting.roles, "idle": moods}}))
    before = player.posture

    actor.show_emotion("happy")
    run(actor, 0.2)
    happy = player.posture
    run(actor, 6.0)

    assert (before, happy, player.posture) == ("Idle", "Listening", "Idle")


def test_who_talks_for_long_talks_in_several_ways(actor: Actor, player: Player) -> None:
    actor.take_posture("talking")

    ways = set()
    for _ in range(30):
        run(actor, 1.0)
        ways.add(player.posture)

    assert len(ways) > 1
    assert ways <= {entry.clip for entry in player.acting.roles["talking"]}


def test_a_clip_that_rests_leaves_its_cue_to_another_of_its_role(actor: Actor, player: Player) -> None:
    rested = player.acting.clips["Wave"].model_copy(update={"cooldown_seconds": 60.0})
    actor.take_map(player.acting.model_copy(update={"clips": {**player.acting.clips, "Wave": rested}}))

    played = []
    for source in ("marker", "marker", "designer"):
        actor.perform(cue("Wave").model_copy(update={"source": source}))
        run(actor, 0.5)
        played.append(player.gesture)
        run(actor, 6.0)

    assert [clip == "Wave" for clip in played] == [True, False, True]
    assert played[1] in {entry.clip for entry in player.acting.roles["greet"]}


def test_nobody_on_stage_is_no_fault() -> None:
    actor = Actor()
    actor.enter(None)

    actor.audition("Wave")
    actor.perform(cue("Wave"))
    actor.speak("Hello")
    actor.toggle_pause()
    actor.tick(1.0)

    assert actor.pose() is None
    assert actor.clips == ()
