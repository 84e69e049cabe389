"""A visitor's conversation over a real socket: asked, answered, resumed, cancelled, kept."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from server.conversations import queries
from server.conversations.models import Turn
from server.db.engine import tenant_session
from server.embeds.visits import VisitWish
from server.usage.service import usage_since
from server.web.parts import Parts
from tests.providers.loopback import Loopback
from tests.providers.script import Script
from tests.server.conversations.conftest import TOKENS, Theatre, Visit

QUESTION = "How high is the tower?"
ANSWER = "The tower is 90 metres high [1]."


async def stored(parts: Parts, theatre: Theatre) -> list[Turn]:
    claims = theatre.claims
    async with tenant_session(parts.engines.app, claims.tenant_id) as session:
        return await queries.last_turns(session, claims.tenant_id, claims.conversation_id, 50)


async def until_nothing_runs(theatre: Theatre) -> None:
    tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith("turn ")]
    await asyncio.wait(tasks, timeout=20) if tasks else None


async def test_a_question_is_answered_with_events_in_order(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())

    accepted = await visitor.ask(QUESTION)
    events = await visitor.heard("finished")

    assert [event["seq"] for event in events] == list(range(len(events)))
    assert {event["turn_id"] for event in events} == {accepted["turn_id"]}
    assert visitor.text == events[-1]["text"] == ANSWER
    assert events[-1]["answered_by"] == "openai/gpt-5.4-mini"
    assert [event["title"] for event in events if event["type"] == "citation"] == ["Guide"]


async def test_a_turn_records_what_there_is_to_know(theatre: Theatre, visit: Visit, parts: Parts) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    [turn] = await stored(parts, theatre)

    assert (turn.state, turn.outcome, turn.answer) == ("finished", "answered", ANSWER)
    assert turn.release_id == theatre.claims.release_id
    assert (turn.input_tokens, turn.output_tokens) == (120, len(TOKENS))
    assert turn.cost_microunits
    assert turn.price_snapshot
    assert turn.first_token_seconds is not None
    assert [one["document_id"] for one in turn.retrieved] == ["d1"]
    assert [(cue["role"], cue["clip"]) for cue in turn.cues] == [("present", "Point")]


async def test_a_designer_s_rule_acts_for_visitors_and_is_told_to_none(
    theatre: Theatre, visit: Visit, provider: Loopback
) -> None:
    provider.script = Script(tokens=("<act sad 0.9", " present/>Listen to the harbour", " bells."))
    visitor = await visit(theatre.token())

    await visitor.ask(QUESTION)
    events = await visitor.heard("finished")

    [cue] = [event for event in events if event["type"] == "cue"]
    assert (cue["source"], cue["role"], cue["clip"], cue["emotion"]) == ("designer", "shrug", "Shrug", "amused")
    assert visitor.text == "Listen to the harbour bells."
    assert not any("rule" in event or "trace" in event for event in events)


async def test_a_use_is_counted_once_with_its_cost(theatre: Theatre, visit: Visit, parts: Parts) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.ask("Hello!")
    await visitor.heard("finished", 2)

    tenant = theatre.claims.tenant_id
    async with tenant_session(parts.engines.app, tenant) as session:
        [used] = await usage_since(session, tenant, datetime.now(UTC) - timedelta(hours=1))

    assert (used.model, used.uses, used.unpriced_uses) == ("openai/gpt-5.4-mini", 2, 0)
    assert used.cost_microunits > 0


async def test_a_message_sent_twice_is_stored_and_answered_once(
    theatre: Theatre, visit: Visit, parts: Parts, provider: Loopback
) -> None:
    visitor = await visit(theatre.token())
    message = uuid4()

    first, second = await asyncio.gather(visitor.ask(QUESTION, message), visitor.ask(QUESTION, message))
    await visitor.heard("finished")
    third = await visitor.ask(QUESTION, message)

    assert first == second == third
    assert len(await stored(parts, theatre)) == 1
    assert len(provider.requests) == 1


async def test_a_reload_in_mid_answer_resumes_after_the_last_event(
    theatre: Theatre, visit: Visit, provider: Loopback
) -> None:
    provider.script = Script(tokens=TOKENS, pause_after=2)
    before = await visit(theatre.token())
    accepted = await before.ask(QUESTION)
    await before.heard("delta")
    await provider.stalled.wait()
    await before.leave()
    seen = before.events[:3]

    after = await visit(theatre.token())
    resumed = await after.send("resume", {"turn_id": accepted["turn_id"], "after_seq": seen[-1]["seq"]})
    provider.proceed.set()
    await after.heard("finished")

    whole = seen + after.events
    assert resumed == {"ok": True}
    assert [event["seq"] for event in whole] == list(range(len(whole)))
    assert "".join(event["text"] for event in whole if event["type"] == "delta") == ANSWER


async def test_a_turn_survives_a_closed_socket(
    theatre: Theatre, visit: Visit, parts: Parts, provider: Loopback
) -> None:
    provider.script = Script(tokens=TOKENS, pause_after=1)
    visitor = await visit(theatre.token())
    accepted = await visitor.ask(QUESTION)
    await provider.stalled.wait()
    await visitor.leave()

    provider.proceed.set()
    await until_nothing_runs(theatre)
    later = await visit(theatre.token())
    await later.send("resume", {"turn_id": accepted["turn_id"], "after_seq": -1})
    events = await later.heard("finished")

    [turn] = await stored(parts, theatre)
    assert turn.answer == ANSWER
    assert later.text == ANSWER
    assert [event["seq"] for event in events] == list(range(len(events)))


async def test_cancel_keeps_what_was_said(theatre: Theatre, visit: Visit, parts: Parts, provider: Loopback) -> None:
    provider.script = Script(tokens=TOKENS, pause_after=2)
    visitor = await visit(theatre.token())
    accepted = await visitor.ask(QUESTION)
    await visitor.heard("delta")
    await provider.stalled.wait()

    cancelled = await visitor.send("cancel", {"turn_id": accepted["turn_id"]})
    events = await visitor.heard("finished")

    [turn] = await stored(parts, theatre)
    assert cancelled == {"ok": True}
    assert events[-1]["outcome"] == turn.outcome == "cancelled"
    assert turn.answer == visitor.text
    assert ANSWER.startswith(turn.answer)
    assert turn.cost_microunits
    assert turn.price_snapshot.endswith(", tokens estimated")


async def test_two_tabs_hear_the_same_answer(theatre: Theatre, visit: Visit) -> None:
    one, other = await visit(theatre.token()), await visit(theatre.token())

    await one.ask(QUESTION)
    await one.heard("finished")
    await other.heard("finished")

    assert one.events == other.events


async def test_a_question_that_found_nothing_is_kept(theatre: Theatre, visit: Visit, parts: Parts) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask("What is the meaning of life?")
    events = await visitor.heard("finished")
    [turn] = await stored(parts, theatre)

    async with tenant_session(parts.engines.app, theatre.claims.tenant_id) as session:
        [kept] = await queries.unanswered_questions(session, theatre.claims.tenant_id, turn.chatbot_id, 10)

    assert kept.question == "What is the meaning of life?"
    assert events[-1]["text"] == "That is beyond my maps."
    assert [event["clip"] for event in events if event["type"] == "cue"] == ["Shrug"]
    assert kept.cost_microunits == 0


async def test_the_model_is_told_what_was_said_before(theatre: Theatre, visit: Visit, provider: Loopback) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    await visitor.ask("Is the tower really so high?")
    await visitor.heard("finished", 2)

    said = [(message["role"], message["content"]) for message in provider.requests[1].body["messages"][1:3]]
    assert said == [("user", QUESTION), ("assistant", ANSWER)]


async def test_a_failed_provider_is_told_and_kept(
    theatre: Theatre, visit: Visit, parts: Parts, provider: Loopback
) -> None:
    provider.script = Script(tokens=TOKENS, fault="cut", fault_after=2)
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    events = await visitor.heard("failed")

    [turn] = await stored(parts, theatre)
    assert events[-1]["code"] == turn.code == "model_cut"
    assert turn.state == "failed"
    assert turn.answer == visitor.text == "The tower is 90"


async def test_characters_that_no_database_takes_are_replaced(
    theatre: Theatre, visit: Visit, parts: Parts, provider: Loopback
) -> None:
    provider.script = Script(tokens=("Zero \x00 ", "and half a pair \ud83d."))
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    events = await visitor.heard("finished")

    [turn] = await stored(parts, theatre)
    assert turn.answer == events[-1]["text"] == "Zero \ufffd and half a pair \ufffd."


def wish_of(theatre: Theatre, **changes: object) -> VisitWish:
    claims = theatre.claims
    given: dict[str, object] = {
        "tenant_id": claims.tenant_id, "embed_id": claims.embed_id, "site": claims.site,
        "release_id": claims.release_id, "visitor_id": claims.visitor_id, "conversation_id": claims.conversation_id,
    }  # fmt: skip
    return VisitWish(**(given | changes))  # type: ignore[arg-type]  # fields by name


async def test_a_visitor_finds_the_conversation_again(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    found = await theatre.chat.desk.open_visit(wish_of(theatre))

    assert found.conversation_id == theatre.claims.conversation_id
    assert [(message.author, message.text) for message in found.history] == [
        ("visitor", QUESTION), ("chatbot", ANSWER),
    ]  # fmt: skip
    assert len(found.history[1].citations) == 1
    assert found.running is None


async def test_a_visit_in_mid_answer_names_the_running_turn(theatre: Theatre, visit: Visit, provider: Loopback) -> None:
    provider.script = Script(tokens=TOKENS, pause_after=1)
    visitor = await visit(theatre.token())
    accepted = await visitor.ask(QUESTION)
    await provider.stalled.wait()

    found = await theatre.chat.desk.open_visit(wish_of(theatre))
    provider.proceed.set()
    await visitor.heard("finished")

    assert found.running is not None
    assert found.running.turn_id == UUID(accepted["turn_id"])
    assert [message.author for message in found.history] == ["visitor"]


async def test_nobody_finds_the_conversation_of_another(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    strangers = [
        await theatre.chat.desk.open_visit(wish_of(theatre, visitor_id=uuid4())),
        await theatre.chat.desk.open_visit(wish_of(theatre, embed_id="emb_2")),
        await theatre.chat.desk.open_visit(wish_of(theatre, conversation_id=None)),
    ]

    assert all(found.history == () for found in strangers)
    assert all(found.conversation_id != theatre.claims.conversation_id for found in strangers)
