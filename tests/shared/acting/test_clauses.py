"""Clause rules hear how a sentence is meant, in some languages, and keep silent otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.acting.clauses import Clause, ClauseCutter, intent_of_clause
from shared.contract.acting import Emotion, Role


@pytest.mark.parametrize(
    ("clause", "role", "emotion"),
    [
        ("I'm so sorry about that.", None, "sorry"),
        ("Unfortunately,", None, "sad"),
        ("Congratulations!", "celebrate", "excited"),
        ("Hello there!", "greet", "happy"),
        ("Of course,", "nod", "happy"),
        ("Yes.", "nod", "happy"),
        ("No, we are closed.", "shake_head", "neutral"),
        ("I don't know.", "shrug", "sorry"),
        ("Which one do you mean?", "confused", "curious"),
        ("Natürlich,", "nod", "happy"),
        ("Es tut mir leid,", None, "sorry"),
        ("Bonjour !", "greet", "happy"),
        ("Lo siento,", None, "sorry"),
        ("Haha,", "laugh", "amused"),
        ("That works!", None, "happy"),
    ],
)
def test_a_clause_is_heard(clause: str, role: Role | None, emotion: Emotion) -> None:
    intent = intent_of_clause(clause)

    assert intent is not None
    assert (intent.role, intent.emotion, intent.source) == (role, emotion, "rule")


@pytest.mark.parametrize("clause", ["We open at nine.", "Yesterday it rained.", "Nobody knows.", "Noah built it,", "!"])
def test_plain_words_ask_for_nothing(clause: str) -> None:
    assert intent_of_clause(clause) is None


def test_clauses_know_their_place_and_sentence() -> None:
    cutter = ClauseCutter()

    clauses = cutter.feed("Yes, it costs 3.50 euros. Come in!") + cutter.close()

    assert clauses == [
        Clause("Yes,", 0, 0), Clause(" it costs 3.50 euros.", 5, 0), Clause(" Come in!", 26, 1),
    ]  # fmt: skip


@given(st.text(alphabet="ab .,!?\n3", max_size=400), st.integers(1, 50))
def test_clauses_do_not_depend_on_where_the_text_was_cut(text: str, step: int) -> None:
    whole, pieces = ClauseCutter(), ClauseCutter()

    at_once = whole.feed(text) + whole.close()
    in_steps = [
        clause for start in range(0, len(text), step) for clause in pieces.feed(text[start : start + step])
    ] + pieces.close()

    assert at_once == in_steps
