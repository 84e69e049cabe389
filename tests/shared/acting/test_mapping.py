"""Clips find their roles by whole words, then by motion, and never in silence when in doubt."""

import pytest

from shared.acting.mapping import build_map, propose_roles
from shared.acting.names import read_name
from shared.acting.resolving import fallback_chain, resolve
from shared.acting.vocabulary import EMOTION_ROLES, FALLBACKS
from shared.contract.acting import EMOTIONS, ROLES, ActingMap, ClipSettings, FaceRig, Role, RoleClip
from shared.contract.avatar import AvatarFacts, ClipFacts


def clip(name: str, speed: float = 0.5, seam: float = 0.0, drift: float = 0.0, seconds: float = 2.0) -> ClipFacts:
    return ClipFacts(
        name=name, seconds=seconds, tracks=60, active_start=0.2, active_end=seconds - 0.2, mean_speed=speed,
        seam_error=seam, root_drift=drift, fingerprint=f"{name}-print",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "role", "confidence"),
    [
        ("Idle", "idle", 0.95),
        ("Armature|Idle", "idle", 0.95),
        ("idle_anim_01", "idle", 0.95),
        ("Standing", "idle", 0.95),
        ("Standing Greeting", "greet", 0.8),
        ("Wave.001", "greet", 0.95),
        ("Robot|Wave|BaseLayer", "greet", 0.95),
        ("Waving Goodbye", "goodbye", 0.95),
        ("Idle_LookAround", "idle_variant", 0.8),
        ("lookaround", "idle_variant", 0.95),
        ("BoredIdle", "idle_variant", 0.8),
        ("TALKING_loop", "talking", 0.95),
        ("ThumbsUp", "approve", 0.95),
        ("victory sign", "approve", 0.95),
        ("Victory", "celebrate", 0.95),
        ("Explain Gesture", "present", 0.95),
        ("Explain", "talking", 0.95),
        ("Quick Formal Bow", "thank", 0.8),
        ("Wave Hip Hop Dance", "dance", 0.8),
        ("Fist Pump", "celebrate", 0.95),
        ("No", "shake_head", 0.95),
        ("Yes", "nod", 0.95),
    ],
)
def test_a_name_means_its_role(name: str, role: Role, confidence: float) -> None:
    reading = read_name(name)

    assert (reading.role, reading.confidence) == (role, confidence)


@pytest.mark.parametrize("name", ["Pitching", "Swing", "Chinese", "Survey", "Take 001", "Armature|mixamo.com|Layer0"])
def test_parts_of_words_mean_nothing(name: str) -> None:
    assert read_name(name).role is None
    assert not read_name(name).forbidden


def test_hear_is_not_heard_in_heart() -> None:
    assert read_name("Heart").role != "listening"


@pytest.mark.parametrize(
    "name", ["Wave for Help", "Jump_Idle", "Sit_Chair_Idle", "2H_Melee_Idle", "T-Pose", "WalkJump", "Sitting Clap"]
)
def test_a_forbidding_word_wins_over_a_role(name: str) -> None:
    reading = read_name(name)

    assert reading.forbidden
    assert propose_roles([clip(name)]) == ()


@pytest.mark.parametrize(("name", "role"), [("Thoughtful Head Nod", "nod"), ("Annoyed Head Shake", "shake_head")])
def test_the_head_is_heard_before_its_mood(name: str, role: Role) -> None:
    assert read_name(name).role == role


@pytest.mark.parametrize(("name", "emotion"), [("Happy Idle", "happy"), ("SadIdle", "sad"), ("Idle_Angry", "angry")])
def test_an_idle_with_a_mood_is_an_idle_and_no_gesture(name: str, emotion: str) -> None:
    reading = read_name(name)

    assert (reading.role, reading.emotion) == ("idle", emotion)


def test_the_characters_own_name_is_no_word_of_its_clips() -> None:
    proposals = propose_roles([clip("Rosie_Idle", 0.05), clip("Rosie_Wave"), clip("Rosie_Nod")])

    assert {one.role: one.confidence for one in proposals} == {"idle": 0.95, "greet": 0.95, "nod": 0.95}


def test_a_word_with_meaning_is_not_taken_for_the_characters_name() -> None:
    proposals = propose_roles([clip("Idle Happy"), clip("Idle Sad"), clip("Idle Angry")])

    assert {one.role for one in proposals} == {"idle"}


@pytest.mark.parametrize(("speed", "seam", "role"), [(0.05, 0, "idle"), (0.6, 0, "talking"), (1.5, 0, "dance")])
def test_a_name_that_says_nothing_is_judged_by_motion_and_asked_about(speed: float, seam: float, role: Role) -> None:
    [proposal] = propose_roles([clip("mixamo.com", speed=speed, seam=seam)])

    assert (proposal.role, proposal.confidence, proposal.source) == (role, 0.5, "motion")


@pytest.mark.parametrize(("one", "both", "role"), [(0.6, 0.0, "greet"), (0.6, 0.5, "celebrate"), (0.2, 0.0, "talking")])
def test_a_raised_hand_greets_and_two_celebrate(one: float, both: float, role: Role) -> None:
    waving = clip("Take 001").model_copy(update={"hand_raised": one, "hands_raised": both})

    assert [proposal.role for proposal in propose_roles([waving])] == [role]


def test_a_posture_that_does_not_loop_is_asked_about() -> None:
    [proposal] = propose_roles([clip("Standing", seam=0.4)])

    assert proposal.confidence < 0.7


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Standing Arguing", "idle"),
        ("Talk Idle", "talking"),
        ("think_idle", "thinking"),
        ("Happy Hand Gesture", "celebrate"),
    ],
)
def test_a_vague_name_is_asked_about(name: str, role: Role) -> None:
    reading = read_name(name)

    assert reading.role == role
    assert reading.confidence < 0.7


@pytest.mark.parametrize(
    ("name", "speed", "seam"), [("Standing", 0.05, 0.19), ("Victory Idle", 0.6, 0.0), ("Wave", 0.0, 0.0)]
)
def test_a_clear_name_that_its_motion_belies_is_asked_about(name: str, speed: float, seam: float) -> None:
    [proposal] = propose_roles([clip(name, speed=speed, seam=seam)])

    assert (proposal.source, proposal.confidence < 0.7) == ("name", True)


@pytest.mark.parametrize(
    ("looks", "role"),
    [
        ({"head_nods": 4, "head_pitch_degrees": 26.0}, "nod"),
        ({"head_shakes": 5, "head_turn_degrees": 44.0}, "shake_head"),
        ({"head_nods": 2, "head_pitch_degrees": 52.0, "hands_reach": 0.3}, "thank"),
        ({"head_nods": 1, "head_pitch_degrees": 40.0}, "sad"),
        ({"head_shakes": 2, "head_turn_degrees": 80.0}, "idle_variant"),
        ({"head_nods": 3, "head_pitch_degrees": 11.0}, "idle"),
    ],
)
def test_what_a_head_does_is_seen_without_a_name(looks: dict[str, float], role: Role) -> None:
    facts = clip("Take 001", speed=0.05).model_copy(update=looks)

    assert [(one.role, one.confidence) for one in propose_roles([facts])] == [(role, 0.5)]


def test_one_long_reach_presents_and_many_small_ones_talk() -> None:
    reaching = clip("Take 001", speed=0.2, seconds=2.5).model_copy(update={"hands_reach": 0.35})
    talking = clip("Take 001", speed=0.2, seconds=6.0).model_copy(update={"hands_reach": 0.35})

    assert [one.role for one in propose_roles([reaching])] == ["present"]
    assert [one.role for one in propose_roles([talking])] == ["talking"]


def test_proposals_of_a_role_come_best_first() -> None:
    proposals = [one for one in propose_roles([clip("Big Wave"), clip("Wave")]) if one.role == "greet"]

    assert [one.clip for one in proposals] == ["Wave", "Big Wave"]


def test_the_map_takes_only_what_is_sure() -> None:
    facts = AvatarFacts(clips=(clip("Idle", 0.05), clip("Wave"), clip("Clip 7"), clip("Running")))

    acting = build_map(facts, FaceRig())

    assert set(acting.roles) == {"idle", "greet"}
    assert acting.clips["Running"].hidden
    assert acting.clips["Idle"].loop
    assert not acting.clips["Wave"].loop
    assert acting.clips["Wave"].fingerprint == "Wave-print"


def test_an_avatar_without_an_idle_rests_in_its_stillest_clip() -> None:
    acting = build_map(AvatarFacts(clips=(clip("Survey", 0.08), clip("Blink", 0.02), clip("Walk", 0.01))), FaceRig())

    [idle] = acting.roles["idle"]
    assert (idle.clip, idle.source) == ("Blink", "motion")
    assert idle.confidence < 0.7


def test_every_fallback_chain_ends() -> None:
    for role in ROLES:
        chain = fallback_chain(role)

        assert chain[0] == role
        assert len(set(chain)) == len(chain)
    assert set(FALLBACKS) == set(ROLES)
    assert set(EMOTION_ROLES) <= set(EMOTIONS)


def test_what_an_avatar_lacks_resolves_down_its_chain() -> None:
    acting = ActingMap(roles={"greet": (RoleClip(clip="Wave"),), "confused": (RoleClip(clip="Scratch"),)})

    assert [one.clip for one in resolve("goodbye", acting)] == ["Wave"]
    assert [one.clip for one in resolve("shrug", acting)] == ["Scratch"]
    assert resolve("celebrate", acting) == ()


def test_hidden_clips_never_play() -> None:
    acting = ActingMap(
        roles={"greet": (RoleClip(clip="Wave"),)}, clips={"Wave": ClipSettings(duration=1.0, hidden=True)}
    )

    assert resolve("greet", acting) == ()
