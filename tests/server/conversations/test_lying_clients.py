"""Clients that lie: bad tokens, other people's turns, what does not fit, too much, and too fast."""

from typing import Any
from uuid import uuid4

import pytest
import socketio  # type: ignore[import-untyped]

from server.embeds.tokens import BootClaims
from server.web.parts import Parts
from tests.providers.loopback import Loopback
from tests.providers.script import Script
from tests.server.conftest import Signed
from tests.server.conversations.conftest import TOKENS, WAIT_SECONDS, Theatre, Visit, claims_for, publish

QUESTION = "How high is the tower?"


NO_TOKENS: list[Any] = [None, {}, {"token": ""}, {"token": "x.y.z"}, {"token": 7}, "token", ["token"]]
MISFITS: list[Any] = [
    None, 7, "text", [], {}, {"text": "How?"}, {"message_id": "x", "text": "How?"},
    {"message_id": str(uuid4()), "text": ""}, {"message_id": str(uuid4()), "text": "   \n"},
    {"message_id": str(uuid4()), "text": "x" * 4_001}, {"message_id": str(uuid4()), "text": "How?", "more": 1},
    {"message_id": str(uuid4()), "text": "NUL \x00 in the midst"},
    {"message_id": str(uuid4()), "text": "half a pair \ud83d of code units"},
]  # fmt: skip


async def test_without_a_visitor_token_nobody_comes_in(theatre: Theatre) -> None:
    for auth in NO_TOKENS:
        client = socketio.AsyncClient(reconnection=False)

        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.connect(
                theatre.url, auth=auth, namespaces=["/chat"], transports=["websocket"], wait_timeout=WAIT_SECONDS
            )

        await client.disconnect()


async def test_a_token_of_another_kind_does_not_let_in(theatre: Theatre, visit: Visit) -> None:
    boot = theatre.tokens.sign_boot(BootClaims(theatre.claims.tenant_id, "emb_1", "https://example.com"))

    with pytest.raises(socketio.exceptions.ConnectionError):
        await visit(boot)


async def test_nobody_hears_resumes_or_cancels_another_conversations_turn(
    theatre: Theatre, visit: Visit, provider: Loopback
) -> None:
    provider.script = Script(tokens=TOKENS, pause_after=1)
    visitor = await visit(theatre.token())
    stranger = await visit(theatre.token(conversation_id=uuid4(), visitor_id=uuid4()))
    turn = (await visitor.ask(QUESTION))["turn_id"]
    await provider.stalled.wait()

    answers = [
        await stranger.send("resume", {"turn_id": turn, "after_seq": -1}),
        await stranger.send("cancel", {"turn_id": turn}),
    ]
    provider.proceed.set()
    await visitor.heard("finished")
    answers.append(await stranger.send("resume", {"turn_id": turn, "after_seq": -1}))

    assert [answer["code"] for answer in answers] == ["not_found"] * 3
    assert stranger.events == []
    assert visitor.events[-1]["outcome"] == "answered"


async def test_another_tenants_turn_does_not_exist(
    theatre: Theatre, visit: Visit, parts: Parts, second: Signed
) -> None:
    visitor = await visit(theatre.token())
    turn = (await visitor.ask(QUESTION))["turn_id"]
    await visitor.heard("finished")
    elsewhere = claims_for(second.tenant, await publish(parts, second.tenant))

    # The same conversation and visitor, under another tenant: what a forged visit would look like.
    stranger = await visit(theatre.token(tenant_id=second.tenant, release_id=elsewhere.release_id))
    answer = await stranger.send("resume", {"turn_id": turn, "after_seq": -1})

    assert answer["code"] == "not_found"
    assert stranger.events == []


async def test_a_conversation_belongs_to_its_visitor(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    thief = await visit(theatre.token(visitor_id=uuid4()))
    answer = await thief.ask(QUESTION)

    assert answer["code"] == "not_found"


async def test_a_release_that_is_gone_cannot_be_asked(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token(release_id=uuid4()))

    assert (await visitor.ask(QUESTION))["code"] == "not_found"


async def test_what_does_not_fit_is_refused_and_the_socket_lives(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())

    refused = [await visitor.send("ask", payload) for payload in MISFITS]
    accepted = await visitor.ask(QUESTION)
    await visitor.heard("finished")

    assert [answer["code"] for answer in refused] == ["bad_request"] * len(MISFITS)
    assert all(answer["detail"] for answer in refused)
    assert "turn_id" in accepted


async def test_a_strange_wish_is_refused(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())
    wishes: list[Any] = [None, {}, {"turn_id": "x"}, {"turn_id": str(uuid4()), "after_seq": -5}]

    answers = [await visitor.send(event, wish) for event in ("resume", "cancel") for wish in wishes]

    assert [answer["code"] for answer in answers] == ["bad_request"] * 8
    assert (await visitor.send("cancel", {"turn_id": str(uuid4())}))["code"] == "not_found"
    assert (await visitor.send("resume", {"turn_id": str(uuid4())}))["code"] == "not_found"


async def test_a_message_too_large_for_the_wire_ends_the_connection(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())

    await visitor.client.emit("ask", {"message_id": str(uuid4()), "text": "x" * 200_000}, namespace="/chat")
    await visitor.client.wait()

    assert not visitor.client.connected


async def test_a_visitor_who_asks_too_fast_is_slowed_down(theatre: Theatre, visit: Visit) -> None:
    visitor = await visit(theatre.token())

    answers = [await visitor.ask("Hello!") for _ in range(21)]

    assert ["turn_id" in answer for answer in answers] == [True] * 20 + [False]
    assert answers[-1]["code"] == "too_fast"
    assert answers[-1]["status"] == 429
