"""A designer's rule is found at its words, and obeyed as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.acting.director import Director
from shared.acting.moments import Intent
from shared.acting.rules import can_fit, intent_of_rule, place_of, rule_for
from shared.contract.acting import ActingMap, ClipSettings, CueRule, EmotionFace, RoleClip

STAGE = ActingMap(
    roles={"greet": (RoleClip(clip="Wave"),), "frustrated": (RoleClip(clip="Stomp"),)},
    clips={"Backflip": ClipSettings(duration=1.0)},
    emotions={"excited": EmotionFace(role="celebrate")},
    preset="receptionist",
)


@pytest.mark.parametrize(
    ("words", "text", "place"),
    [
        ("open", " We OPEN at nine.", 4),
        ("open", "We reopened.", None),
        ("at nine", "We open at  nine.", 8),
        ("nine.", "At nine.", 3),
        ("c++", "Learn C++ here", 6),
        ("straße", "Die Straße ist lang", 4),
        ("   ", "anything", None),
    ],
)
def test_words_are_found_whole_and_in_any_case(words: str, text: str, place: int | None) -> None:
    assert place_of(words, text) == place


def test_the_first_rule_that_fits_decides() -> None:
    rules = (CueRule(words="closed"), CueRule(words="monday", suppress=True), CueRule(words="on monday"))

    assert rule_for("We rest on Monday.", rules) == (rules[1], 11)
    assert rule_for("We rest on Sunday.", rules) is None


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("on monday", True),
        ("Hello!", True),
        ("hello, you", False),
        ("One. Two", False),
        ("a" * 170, False),
        (" ", False),
    ],
)
def test_words_that_no_clause_can_hold_are_known(words: str, fits: bool) -> None:
    assert can_fit(words) is fits


def test_no_measure_holds_a_rule_back() -> None:
    director = Director(STAGE, 1)
    greeting = intent_of_rule(CueRule(words="hello", role="greet", emotion="happy", intensity=0.9))

    decisions = [director.direct(greeting, offset, 0) for offset in (0, 5, 10)]

    assert [one and (one.clip, one.intensity) for one in decisions] == [("Wave", 0.9)] * 3


def test_a_rule_plays_what_is_off_for_everybody_else() -> None:
    rule = CueRule(words="no", role="frustrated", emotion="angry", intensity=0.8)
    asked = Intent("frustrated", "angry", 0.8, "marker", 0.95)

    obeyed, held_back = (
        Director(STAGE, 1).consider(intent_of_rule(rule), 0, 0),
        Director(STAGE, 1).consider(asked, 0, 0),
    )

    assert obeyed.decision is not None
    assert obeyed.decision.clip == "Stomp"
    assert (held_back.restraint, held_back.decision and held_back.decision.clip) == ("off_by_default", None)


def test_a_rule_names_a_clip_that_plays_no_role() -> None:
    rule = CueRule(words="jump", clip="Backflip", intensity=1.0)
    unknown = rule.model_copy(update={"clip": "Gone", "emotion": "happy"})

    played, face = (Director(STAGE, 1).direct(intent_of_rule(one), 0, 0) for one in (rule, unknown))

    assert played is not None
    assert (played.clip, played.role) == ("Backflip", "present")
    assert face is not None
    assert (face.clip, face.role) == (None, None)


def test_a_rule_without_a_role_is_the_face_alone() -> None:
    verdict = Director(STAGE, 1).consider(intent_of_rule(CueRule(words="wow", emotion="excited", intensity=1.0)), 0, 0)

    assert verdict.restraint is None
    assert verdict.decision is not None
    assert verdict.decision.role is None


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_words_are_taken_literally(words: str, text: str) -> None:
    place = place_of(words, text)

    assert place is None or text[place:].casefold()[:1] == words.split()[0].casefold()[:1] or not words.isascii()
