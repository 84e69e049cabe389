"""A turn with the understudy: its events, their order and places, and how it ends whatever happens."""

import asyncio

import pytest

from shared.contract.turn import Message, TurnCitation, TurnDelta, TurnStarted
from shared.dialogue.cast import TurnLimits
from shared.dialogue.turn import open_turn
from shared.errors import Unavailable
from shared.providers.understudy import Understudy
from tests.shared.dialogue.stages import (
    CAST,
    QUICK,
    TOWER,
    BrokenShelf,
    EndlessShelf,
    Shelf,
    asked,
    citations,
    cues,
    failed,
    finished,
    passage,
    perform,
    shown,
)


async def test_a_turn_starts_streams_and_finishes_without_gaps() -> None:
    events = await perform("How high is the tower?")

    assert isinstance(events[0], TurnStarted)
    assert [event.seq for event in events] == list(range(len(events)))
    assert shown(events) == finished(events).text == "The tower is 90 metres high [1]."
    assert finished(events).outcome == "answered"
    assert finished(events).answered_by == "troupe/understudy"
    assert finished(events).usage.cost_microunits == 0


async def test_a_citation_comes_before_the_delta_that_holds_its_mark() -> None:
    events = await perform("How high is the tower?")

    [citation] = citations(events)
    mark = next(event for event in events if isinstance(event, TurnDelta) and "[1]" in event.text)
    assert citation.seq < mark.seq
    assert (citation.number, citation.document_id, citation.page) == (1, "d1", 1)
    assert citation.text == "The tower is 90 metres high."


async def test_an_answer_with_a_source_is_presented() -> None:
    [cue] = cues(await perform("How high is the tower?"))

    assert (cue.role, cue.clip, cue.source, cue.offset, cue.shown_offset) == ("present", "Point", "event", 0, 0)


async def test_nothing_found_is_declined_in_its_own_voice_with_a_shrug() -> None:
    events = await perform("What is the meaning of life?", Shelf())

    assert shown(events) == "That is beyond my maps."
    assert finished(events).outcome == "nothing_found"
    [cue] = cues(events)
    assert (cue.role, cue.clip, cue.emotion) == ("shrug", "Shrug", "sorry")


async def test_passages_that_hold_no_answer_are_declined_with_a_shrug() -> None:
    shelf = Shelf(passage(1, "The garden has many tall trees by the river.", score=0.2))

    events = await perform("How much is a garden party ticket?", shelf)

    assert shown(events) == "That is beyond my maps."
    assert finished(events).outcome == "nothing_found"
    assert [cue.role for cue in cues(events)] == ["shrug"]


async def test_small_talk_needs_no_knowledge() -> None:
    shelf = Shelf()

    events = await perform("Hello!", shelf)

    assert shown(events) == "Welcome!"
    assert finished(events).outcome == "small_talk"
    assert cues(events)[0].clip == "Wave"
    assert shelf.asked == []


async def test_a_question_that_leans_on_the_history_is_searched_with_it() -> None:
    shelf = Shelf(*TOWER.found)
    history = [
        Message(author="visitor", text="How high is the tower?"),
        Message(author="chatbot", text="90 metres."),
    ]

    await perform("And when was it built?", shelf, history=history)
    await perform("Where can I buy tickets for the evening show?", shelf, history=history)

    assert shelf.asked == [
        "How high is the tower? And when was it built?", "Where can I buy tickets for the evening show?",
    ]  # fmt: skip


async def test_what_was_retrieved_is_kept_for_the_designer() -> None:
    events = await perform("How high is the tower?")

    assert [(one.document_id, one.score) for one in finished(events).retrieved] == [("d1", 0.9), ("d2", 0.9)]


async def test_timings_are_in_order() -> None:
    timings = finished(await perform("How high is the tower?")).timings

    assert timings.retrieved is not None
    assert timings.first_token is not None
    assert timings.first_delta is not None
    assert 0 <= timings.retrieved <= timings.first_token <= timings.first_delta <= timings.finished


@pytest.mark.parametrize(
    ("error", "code"),
    [(Unavailable("The library is away."), "unavailable"), (ValueError("bug"), "error"), (OSError(), "error")],
)
async def test_whatever_a_library_raises_ends_in_failed(error: Exception, code: str) -> None:
    events = await perform("How high is the tower?", BrokenShelf(error))

    assert failed(events).code == code
    assert failed(events).sentence
    assert "bug" not in failed(events).sentence
    assert [event.seq for event in events] == list(range(len(events)))


async def test_an_unexpected_fault_is_kept_for_the_log() -> None:
    fault = ValueError("bug")

    async with open_turn(asked("Why?"), CAST, library=BrokenShelf(fault), models=[Understudy(0.0)]) as events:
        _ = [event async for event in events]

    assert events.fault is fault


async def test_a_library_that_never_answers_is_given_up() -> None:
    events = await perform("How high is the tower?", EndlessShelf(), limits=TurnLimits(search_seconds=0.01))

    assert failed(events).code == "unavailable"


async def test_cancel_keeps_what_was_said_and_finishes() -> None:
    slow = Understudy(seconds_per_chunk=3_600)

    async with open_turn(asked("How high is the tower?"), CAST, library=TOWER, models=[slow], limits=QUICK) as events:
        got = []
        async for event in events:
            got.append(event)
            if event.type == "delta":
                events.cancel()

    assert finished(got).outcome == "cancelled"
    assert finished(got).text == shown(got) == "The tower is"
    assert [event.seq for event in got] == list(range(len(got)))


async def test_a_turn_can_be_cancelled_before_it_begins() -> None:
    async with open_turn(asked("How high is the tower?"), CAST, library=TOWER, models=[Understudy(0.0)]) as events:
        events.cancel()
        got = [event async for event in events]

    assert [event.type for event in got] == ["started", "finished"]
    assert finished(got).outcome == "cancelled"


async def test_a_cancel_with_a_reader_far_behind_leaves_no_gap() -> None:
    long = Shelf(passage(1, " ".join(f"The tower has {number} steps and doors." for number in range(40))))
    limits = TurnLimits(waiting_events=2, gather_seconds=0)

    async with open_turn(asked("tower steps"), CAST, library=long, models=[Understudy(0.0)], limits=limits) as events:
        for _ in range(1_000):  # turns of the loop, in which the teller runs as far ahead as it may
            await asyncio.sleep(0)
        events.cancel()
        got = [event async for event in events]

    assert [event.seq for event in got] == list(range(len(got)))
    assert finished(got).text == shown(got)


async def test_leaving_the_context_ends_the_turn() -> None:
    before = asyncio.all_tasks()

    async with open_turn(asked("How high?"), CAST, library=EndlessShelf(), models=[Understudy(0.0)]) as events:
        await anext(events)

    assert asyncio.all_tasks() == before


async def test_an_error_of_the_caller_stays_its_own() -> None:
    with pytest.raises(KeyError):
        async with open_turn(asked("How high?"), CAST, library=TOWER, models=[Understudy(0.0)]):
            raise KeyError


async def test_citations_are_renumbered_in_the_order_of_their_use() -> None:
    shelf = Shelf(passage(1, "Nothing about that is here."), passage(2, "The moon is made of rock."))

    events = await perform("What is the moon made of?", shelf)

    assert shown(events) == "The moon is made of rock [1]."
    assert [(one.number, one.document_id) for one in citations(events)] == [(1, "d2")]
    assert all(isinstance(one, TurnCitation) for one in citations(events))
