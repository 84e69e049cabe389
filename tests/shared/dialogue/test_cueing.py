"""Rules decide about their clauses, everything considered is traced, and an answer can be acted again."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest

from shared.acting.director import Director
from shared.contract.acting import ActingMap, CueRule
from shared.contract.turn import AnyTurnEvent, TurnCue
from shared.dialogue.outlet import Stamps
from shared.dialogue.script import Script
from shared.dialogue.staging import restaged, staged_script
from shared.dialogue.trace import Staging, TurnTrace, sentence_of
from shared.dialogue.turn import open_turn
from shared.providers.chat import Chunk, EndChunk, Prompt, TextChunk
from shared.providers.understudy import Understudy
from tests.shared.dialogue.stages import ACTING, CAST, QUICK, TOWER, asked, cues, finished, shown

REPLY = (
    "<act happy 0.8 greet/>Hello there. The tower opens at nine [1]. "
    "<act sad 0.6/>It closes at five, <act excited 0.9 celebrate/>on Mondays."
)


def with_rules(*rules: CueRule) -> ActingMap:
    return ACTING.model_copy(update={"rules": rules})


def acted(acting: ActingMap, reply: str = REPLY, step: int = 400) -> tuple[list[AnyTurnEvent], TurnTrace]:
    """What a reply in pieces of `step` characters is acted like."""
    trace = TurnTrace(staging=Staging(found=TOWER.found))
    script = staged_script(trace.staging, Stamps(trace.staging.turn_id), acting, trace)
    events: list[AnyTurnEvent] = []
    for start in range(0, len(reply), step):
        script.feed(reply[start : start + step])
        events += script.take()
    script.close()
    events += script.take()
    trace.staging.reply = reply
    return events, trace


def told(events: Sequence[AnyTurnEvent]) -> list[tuple[str, str | None, str, int]]:
    return [(cue.source, cue.role, cue.emotion, cue.shown_offset) for cue in cues(events)]


def test_a_rule_wins_over_the_model_s_marker() -> None:
    rule = CueRule(words="closes at five", emotion="amused", intensity=0.7, role="thank")

    events, trace = acted(with_rules(rule))

    text = shown(events)
    assert ("designer", "thank", "amused", text.index("closes")) in told(events)
    assert "sad" not in [cue.emotion for cue in cues(events)]
    [beaten] = [cue for cue in trace.cues if cue.reason == "corrected"]
    assert (beaten.intent.source, beaten.intent.emotion, beaten.fate) == ("marker", "sad", "dropped")
    assert [cue.rule for cue in trace.cues if cue.intent.source == "designer"] == [rule]


def test_a_rule_can_want_nothing() -> None:
    events, trace = acted(with_rules(CueRule(words="hello", suppress=True)))

    assert "greet" not in [cue.role for cue in cues(events)]
    assert {cue.intent.source for cue in trace.cues if cue.reason == "silenced"} == {"marker", "rule", "designer"}


def test_the_other_clauses_are_acted_as_without_the_rule() -> None:
    plain, _ = acted(ACTING)
    ruled, _ = acted(with_rules(CueRule(words="nobody says this", role="thank")))

    assert told(ruled) == told(plain)


@pytest.mark.parametrize("step", [1, 2, 3, 7, 50])
def test_where_the_reply_was_cut_does_not_matter(step: int) -> None:
    acting = with_rules(CueRule(words="tower", role="present", emotion="curious"), CueRule(words="five", suppress=True))

    whole, _ = acted(acting)
    pieces, _ = acted(acting, step=step)

    assert told(pieces) == told(whole)
    assert shown(pieces) == shown(whole)


def test_everything_considered_has_a_fate_and_a_reason() -> None:
    reply = "Yes. <act happy 0.9 greet/>Hello! <act excited 0.9 celebrate/>Great news! Thank you, sir."

    _, trace = acted(ACTING, reply)

    fates = {(cue.intent.source, cue.intent.role): (cue.fate, cue.reason) for cue in trace.cues}
    assert fates["rule", "nod"] == ("dropped", "budget")
    assert fates["marker", "celebrate"] == ("face", "budget")
    assert fates["rule", "celebrate"] == ("dropped", "sentence_acted")
    assert all(cue.reason is None or sentence_of(cue.reason) for cue in trace.cues)
    assert [clause.words for clause in trace.clauses] == ["Yes.", "Hello!", "Great news!", "Thank you,", "sir."]


def test_clauses_know_where_they_are_shown() -> None:
    events, trace = acted(ACTING)

    text = shown(events)
    for clause in trace.clauses:
        assert text[clause.shown_start : clause.shown_end].replace(" [1]", "") in clause.words
    at = {cue.emotion: found.words for cue in cues(events) if (found := trace.clause_at(cue.shown_offset))}
    assert at == {"happy": "Hello there.", "sad": "It closes at five,", "excited": "on Mondays."}


def test_an_answer_is_acted_again_by_other_rules() -> None:
    events, trace = acted(ACTING)

    same, same_cues = restaged(trace, ACTING)
    other, other_cues = restaged(trace, with_rules(CueRule(words="nine", role="celebrate", emotion="excited")))

    assert [cue.model_copy(update={"seq": 0}) for cue in same_cues] == [
        cue.model_copy(update={"seq": 0}) for cue in cues(events)
    ]
    assert same.cues == trace.cues
    assert ("designer", "celebrate") in [(cue.source, cue.role) for cue in other_cues]
    assert len(other.cues) != 0


async def test_a_turn_tells_its_trace_and_nothing_of_it_on_the_wire() -> None:
    trace = TurnTrace()
    cast = replace(CAST, acting=with_rules(CueRule(words="90 metres", emotion="surprised", intensity=0.9)))

    async with open_turn(
        asked("How high is the tower?"), cast, library=TOWER, models=[Understudy(0.0)], limits=QUICK, trace=trace
    ) as events:
        told_events = [event async for event in events]

    assert trace.prompt is not None
    assert trace.prompt.question == trace.searched == "How high is the tower?"
    assert [one.title for one in trace.found] == ["Guide 1", "Guide 2"]
    assert "90 metres" in trace.staging.reply
    assert "designer" in [cue.source for cue in cues(told_events)]
    wire = "".join(event.model_dump_json() for event in told_events)
    assert "corrected" not in wire
    assert trace.prompt.system not in wire
    _, again = restaged(trace, cast.acting)
    assert [cue.clip for cue in again] == [cue.clip for cue in cues(told_events)]
    assert finished(told_events).text == shown(told_events)


class Shy:
    """A model that refuses at the end of what it said."""

    provider, model = "compatible", "shy"

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        yield TextChunk("I would rather ")
        yield TextChunk("not say.")
        yield EndChunk("refused")


async def test_an_event_after_the_text_is_acted_where_rules_wait() -> None:
    cast = replace(CAST, acting=with_rules(CueRule(words="rather", emotion="curious")))
    trace = TurnTrace()

    async with open_turn(asked("Why?"), cast, library=TOWER, models=[Shy()], limits=QUICK, trace=trace) as events:
        told_events = [event async for event in events]

    assert [cue.source for cue in cues(told_events)] == ["designer", "event"]
    _, again = restaged(trace, cast.acting)
    assert [(cue.source, cue.role, cue.emotion) for cue in again] == [
        (cue.source, cue.role, cue.emotion) for cue in cues(told_events)
    ]


def test_a_script_needs_no_trace() -> None:
    script = Script(Stamps(asked("Hi").turn_id), Director(ACTING, 1), ())
    script.feed("Hello!")
    script.close()

    assert [event for event in script.take() if isinstance(event, TurnCue)]
