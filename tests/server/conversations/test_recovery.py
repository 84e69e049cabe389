"""What a killed or stopped server leaves behind, and that tenants see nothing of each other."""

from dataclasses import replace
from uuid import uuid4

import socketio  # type: ignore[import-untyped]
from sqlalchemy import text

from server.conversations import queries
from server.conversations.recovery import fail_lost_turns
from server.conversations.service import accept_question
from server.db.addresses import Addresses
from server.db.base import TenantId
from server.db.engine import open_engines, tenant_session
from server.web.parts import Parts
from shared.contract.embed import SocketAsk
from tests.providers.loopback import Loopback
from tests.providers.script import Script
from tests.server.conftest import Signed
from tests.server.conversations.conftest import TOKENS, Theatre, Visit, claims_for, publish, serving

QUESTION = "How high is the tower?"


async def test_a_turn_left_by_a_killed_process_fails_at_the_next_start(
    theatre: Theatre, visit: Visit, parts: Parts
) -> None:
    claims = theatre.claims
    async with tenant_session(parts.engines.app, claims.tenant_id) as session:
        lost = await accept_question(session, claims, SocketAsk(message_id=uuid4(), text=QUESTION))

    ended = await fail_lost_turns(parts.engines.platform, alone=True)
    visitor = await visit(theatre.token())
    await visitor.send("resume", {"turn_id": str(lost.turn_id), "after_seq": 4})
    [event] = await visitor.heard("failed")

    assert ended == 1
    assert (event["seq"], event["code"], event["retryable"]) == (5, "interrupted", True)


async def test_with_other_processes_beside_only_old_turns_are_lost(theatre: Theatre, parts: Parts) -> None:
    claims = theatre.claims
    async with tenant_session(parts.engines.app, claims.tenant_id) as session:
        await accept_question(session, claims, SocketAsk(message_id=uuid4(), text=QUESTION))

    assert await fail_lost_turns(parts.engines.platform, alone=False) == 0


async def test_a_server_that_stops_keeps_what_was_said(parts: Parts, first: Signed, provider: Loopback) -> None:
    provider.script = Script(tokens=TOKENS, pause_after=2)
    claims = claims_for(first.tenant, await publish(parts, first.tenant))
    async with serving(parts) as (_, chat, _tokens):
        async with tenant_session(parts.engines.app, first.tenant) as session:
            accepted = await accept_question(session, claims, SocketAsk(message_id=uuid4(), text=QUESTION))
        assert accepted.plan is not None
        chat.performances.start(accepted.plan)
        await provider.stalled.wait()

    async with tenant_session(parts.engines.app, first.tenant) as session:
        turn = await queries.turn_of(session, first.tenant, claims.conversation_id, accepted.turn_id)
    assert turn is not None
    assert (turn.state, turn.outcome) == ("finished", "cancelled")


async def test_a_second_tenant_sees_nothing(theatre: Theatre, visit: Visit, parts: Parts, second: Signed) -> None:
    visitor = await visit(theatre.token())
    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    async def seen_by(tenant: TenantId) -> list[int]:
        async with tenant_session(parts.engines.app, tenant) as session:
            tables = ("conversations", "turns", "usage")
            return [await session.scalar(text(f"select count(*) from {table}")) or 0 for table in tables]

    assert await seen_by(theatre.claims.tenant_id) == [1, 1, 1]
    assert await seen_by(second.tenant) == [0, 0, 0]


async def test_without_a_database_the_chat_says_so_and_lives(parts: Parts, addresses: Addresses) -> None:
    nowhere = Addresses(addresses.admin.set(port=9), addresses.secret)
    cut_off = replace(parts, engines=open_engines(nowhere, parts.settings))
    async with serving(cut_off) as (url, _chat, tokens):
        token, _ = tokens.sign_visitor(claims_for(TenantId(uuid4()), uuid4()))
        client = socketio.AsyncClient(reconnection=False)
        await client.connect(url, auth={"token": token}, namespaces=["/chat"], transports=["websocket"])

        answer = await client.call("ask", {"message_id": str(uuid4()), "text": QUESTION}, namespace="/chat")
        still_connected = client.connected
        await client.disconnect()
    await cut_off.engines.close()

    assert (answer["code"], answer["status"]) == ("unavailable", 503)
    assert still_connected
