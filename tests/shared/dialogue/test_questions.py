"""Questions are made whole, histories trimmed, and clause rules find their place beside citation marks."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.acting.director import Director
from shared.contract.turn import AnyTurnEvent, Message, TurnCitation, TurnCue, TurnDelta
from shared.dialogue.outlet import Stamps
from shared.dialogue.questions import trimmed, whole_question
from shared.dialogue.script import Script
from tests.shared.dialogue.stages import ACTING, TOWER, asked

HISTORY = (
    Message(author="chatbot", text="Welcome!"),
    Message(author="visitor", text="When are you open?"),
    Message(author="chatbot", text="From nine."),
)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("And on Sundays?", "When are you open? And on Sundays?"),
        ("How much does it cost?", "When are you open? How much does it cost?"),
        ("Why?", "When are you open? Why?"),
        ("Where may visitors leave their coats?", "When are you open? Where may visitors leave their coats?"),
        ("Where may I park a bicycle?", "Where may I park a bicycle?"),
    ],
)
def test_a_question_that_leans_is_made_whole(question: str, whole: str) -> None:
    assert whole_question(question, HISTORY) == whole


@pytest.mark.parametrize("question", ["And on Sundays?", "Why?", "Where may I park a bicycle?"])
def test_a_question_without_a_history_stands_alone(question: str) -> None:
    assert whole_question(question, ()) == question


@pytest.mark.parametrize(
    ("question", "asked_for"),
    [
        ("How much is it?", "price"),
        ("What are your prices?", "price"),
        ("Where are you?", "address"),
        ("How do I get there?", "bus"),
        ("Wo seid ihr?", "Adresse"),
    ],
)
def test_a_bare_question_is_searched_with_what_it_asks_for(question: str, asked_for: str) -> None:
    assert whole_question(question, ()).startswith(question)
    assert asked_for in whole_question(question, ())


@pytest.mark.parametrize("question", ["How much is a desk?", "Where are you going to put my coat?", "What is it?"])
def test_a_question_with_words_of_its_own_is_searched_as_it_is(question: str) -> None:
    assert whole_question(question, ()) == question


def test_a_bare_question_stands_alone_after_another() -> None:
    assert whole_question("Where are you?", HISTORY).startswith("Where are you?")


def test_history_begins_with_the_visitor_and_fits() -> None:
    assert trimmed(HISTORY, 10, 1_000) == HISTORY[1:]
    assert trimmed(HISTORY, 1, 1_000) == ()
    assert trimmed(HISTORY, 10, 12) == ()
    assert trimmed((), 10, 1_000) == ()


def test_a_clause_cue_is_placed_in_both_texts() -> None:
    script = Script(Stamps(asked("x").turn_id), Director(ACTING, 1), TOWER.found, None)

    script.feed("It is 90 metres high [1]. Thank you for asking, dear visitor. ")
    script.close()

    [cue] = [event for event in script.take() if isinstance(event, TurnCue)]
    assert (cue.source, cue.role) == ("rule", "thank")
    assert (cue.offset, cue.shown_offset) == (len("It is 90 metres high. "), len("It is 90 metres high [1]. "))


FRAGMENTS = st.sampled_from([
    "<act happy 0.8 celebrate/>", "<act ", "[1]", "[2]", "[3]", "[1, 2]", "[", "Thanks! ", "No, ", "word ", ". ",
    "\x00",
    "\ud800", "<act fly/>", "\n\n", "😀",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS, max_size=25), st.integers(1, 5))
def test_whatever_a_model_says_becomes_a_sound_script(fragments: list[str], every: int) -> None:
    script = Script(Stamps(asked("x").turn_id), Director(ACTING, 1), TOWER.found, "found")

    events: list[AnyTurnEvent] = []
    for position, fragment in enumerate(fragments):
        script.feed(fragment)
        if position % every == 0:
            events.extend(script.take())
    script.close()
    events.extend(script.take())

    text, numbers = "", []
    for event in events:
        if isinstance(event, TurnDelta):
            assert event.offset == len(text)
            text += event.text
            assert all(int(mark) in numbers for mark in re.findall(r"\[(\d)\]", text))
        elif isinstance(event, TurnCitation):
            numbers.append(event.number)
    assert [event.seq for event in events] == list(range(len(events)))
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(event.shown_offset <= len(text) for event in events if isinstance(event, TurnCue))
    assert script.sent == text
    text.encode()
