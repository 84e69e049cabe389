"""The director acts with measure: budgets, cooldowns, intensity, and the same choices for the same seed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.acting.director import Decision, Director
from shared.acting.moments import MOMENT_INTENTS, Intent
from shared.contract.acting import ActingMap, EmotionFace, Preset, Role, RoleClip

SECOND = 20
"""Characters of text that are revealed in a second."""


def clips(*names: str) -> tuple[RoleClip, ...]:
    return tuple(RoleClip(clip=name) for name in names)


STAGE = ActingMap(
    roles={
        "idle": (*clips("Idle"), RoleClip(clip="Happy Idle", emotion="happy")),
        "talking": clips("Talk A", "Talk B"),
        "greet": clips("Wave", "Bow Hello"),
        "celebrate": clips("Clap", "Cheer", "Dance"),
        "approve": clips("Thumbs"),
        "frustrated": clips("Stomp"),
        "idle_variant": clips("Stretch"),
    },
    emotions={"excited": EmotionFace(morphs={"emotion_excited": 1.0}, role="celebrate", minimum_intensity=0.5)},
)


def intent(role: Role | None, intensity: float = 0.8, confidence: float = 1.0) -> Intent:
    return Intent(role, "happy", intensity, "marker", confidence)


def test_a_cue_becomes_a_clip_of_its_role() -> None:
    decision = Director(STAGE, seed=1).direct(intent("greet"), 0, 0)

    assert decision is not None
    assert decision.clip in {"Wave", "Bow Hello"}
    assert (decision.role, decision.intensity) == ("greet", 0.8)


def test_a_weak_cue_stays_in_the_face() -> None:
    decision = Director(STAGE, seed=1).direct(intent("greet", 0.3), 0, 0)

    assert decision == Decision(None, "happy", 0.3, None)


def test_one_gesture_a_sentence() -> None:
    director = Director(STAGE, seed=1)

    first = director.direct(intent("greet"), 0, 0)
    second = director.direct(intent("celebrate"), 30 * SECOND, 0)

    assert first is not None
    assert first.clip
    assert second is not None
    assert second.clip is None


def test_three_seconds_lie_between_two_gestures() -> None:
    director = Director(STAGE, seed=1)
    director.direct(intent("greet"), 0, 0)

    early = director.direct(Intent("celebrate", "excited", 0.9, "marker", 1), 2 * SECOND, 1)
    late = director.direct(intent("celebrate"), 4 * SECOND, 2)

    assert early is not None
    assert early.clip is None
    assert late is not None
    assert late.clip is not None


def test_a_role_rests_four_seconds_and_a_clip_eight() -> None:
    director = Director(STAGE, seed=1)
    director.direct(intent("approve"), 0, 0)

    after_three = director.direct(intent("approve"), int(3.5 * SECOND), 1)
    after_five = director.direct(intent("approve"), 5 * SECOND, 2)
    after_nine = director.direct(intent("approve"), 9 * SECOND, 3)

    assert [one.clip if one else None for one in (after_three, after_five, after_nine)] == [None, None, "Thumbs"]


@given(st.integers(0, 2**32))
def test_no_clip_plays_twice_in_a_row(seed: int) -> None:
    director = Director(STAGE, seed)

    played = [director.direct(intent("celebrate"), at * 10 * SECOND, at) for at in range(12)]

    names = [one.clip for one in played if one]
    assert None not in names
    assert all(one != other for one, other in itertools.pairwise(names))


def test_what_was_played_in_the_last_turn_is_not_played_first() -> None:
    for seed in range(20):
        decision = Director(STAGE, seed, recent=["Clap", "Wave"]).direct(intent("greet"), 0, 0)

        assert decision is not None
        assert decision.clip == "Bow Hello"


def test_the_same_seed_decides_the_same() -> None:
    one, other = Director(STAGE, 7), Director(STAGE, 7)

    for at in range(20):
        assert one.direct(intent("celebrate"), at * 200, at) == other.direct(intent("celebrate"), at * 200, at)


def test_a_role_without_a_clip_ends_at_the_face() -> None:
    decision = Director(STAGE, 1).direct(intent("surprised"), 0, 0)

    assert decision is not None
    assert (decision.role, decision.clip) == (None, None)


def test_a_nod_without_a_clip_is_left_to_the_head() -> None:
    decision = Director(STAGE, 1).direct(intent("nod"), 0, 0)

    assert decision is not None
    assert (decision.role, decision.clip) == ("nod", None)


def test_a_substitute_that_overstates_is_played_weakly() -> None:
    decision = Director(STAGE, 1).direct(intent("laugh", 0.8), 0, 0)

    assert decision is not None
    assert decision.clip in {"Clap", "Cheer", "Dance"}
    assert decision.intensity == pytest.approx(0.48)


def test_a_strong_emotion_brings_its_gesture() -> None:
    decision = Director(STAGE, 1).direct(Intent(None, "excited", 0.8, "marker", 1), 0, 0)

    assert decision is not None
    assert decision.role == "celebrate"


@pytest.mark.parametrize(("preset", "clip"), [("friendly", None), ("receptionist", None), ("cartoon", "Stomp")])
def test_frustration_is_for_stories(preset: Preset, clip: str | None) -> None:
    stage = STAGE.model_copy(update={"preset": preset})

    decision = Director(stage, 1).direct(Intent("frustrated", "angry", 0.9, "marker", 1), 0, 0)

    assert decision is not None
    assert decision.clip == clip


def test_a_receptionist_moves_less_than_a_cartoon() -> None:
    def gestures(preset: Preset) -> int:
        director = Director(STAGE.model_copy(update={"preset": preset}), 3)
        cues = [director.direct(intent("celebrate"), at * 2 * SECOND, at) for at in range(30)]
        return sum(cue is not None and cue.clip is not None for cue in cues)

    assert gestures("receptionist") < gestures("cartoon")


def test_the_same_face_is_not_asked_for_twice_while_it_holds() -> None:
    director = Director(STAGE, 1)

    first = director.direct(intent(None), 0, 0)
    again = director.direct(intent(None), SECOND, 0)
    later = director.direct(intent(None), 10 * SECOND, 1)

    assert first is not None
    assert again is None
    assert later is not None


def test_a_posture_takes_its_mood_when_there_is_one() -> None:
    director = Director(STAGE, 1)

    happy, plain, thinking = (
        director.posture_for("idle", "happy"), director.posture_for("idle"), director.posture_for("thinking")
    )  # fmt: skip

    assert [one.clip if one else None for one in (happy, plain, thinking)] == ["Happy Idle", "Idle", "Idle"]
    assert 10 <= director.seconds_to_idle_variant() <= 25
    assert director.idle_variant() == RoleClip(clip="Stretch")


def test_an_avatar_without_clips_still_has_a_face() -> None:
    director = Director(ActingMap(), 1)

    assert director.posture_for("idle") is None
    assert director.direct(MOMENT_INTENTS["nothing_found"], 0, 0) is not None
