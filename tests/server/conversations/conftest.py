"""Chats under test: a real uvicorn with the chat's socket, real clients, and a provider on loopback that can pause."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import socketio  # type: ignore[import-untyped]
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from server.chatbots import queries as chatbot_queries
from server.config import Settings
from server.conversations.opening import PATH, Chat, open_chat
from server.db.base import TenantId
from server.db.engine import tenant_session
from server.embeds.tokens import VisitorClaims, VisitorTokens
from server.web.parts import Parts
from shared.contract.acting import ActingMap, CueRule, RoleClip
from shared.contract.chatbot import ChatbotDraft, ModelChoice, Personality
from shared.knowledge.library import Found, Library
from tests.providers.loopback import Loopback
from tests.providers.script import Script
from tests.server.conftest import AnnouncingServer, Signed, test_settings

WAIT_SECONDS = 20.0
TOWER = Found("p1", "d1", "Guide", "The tower is 90 metres high.", 3, ("Part",), 0, 28, 0.9)
DRAFT = ChatbotDraft(
    name="Mira",
    personality=Personality(decline="That is beyond my maps."),
    acting=ActingMap(
        roles={"present": (RoleClip(clip="Point"),), "shrug": (RoleClip(clip="Shrug"),)},
        rules=(CueRule(words="harbour bells", emotion="amused", intensity=0.8, role="shrug"),),
    ),
    models=ModelChoice(provider="openai"),
)
TOKENS = ("The tower ", "is 90 ", "metres ", "high [1]", ".")


class OneShelf:
    """Knows one thing, and only when asked about the tower."""

    async def search(self, question: str, limit: int) -> list[Found]:
        return [TOWER] if "tower" in question else []


@pytest.fixture
async def provider() -> AsyncIterator[Loopback]:
    """A paid provider on loopback."""
    async with Loopback(Script(tokens=TOKENS)) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, provider: Loopback) -> Settings:
    """Settings with the provider's address; no jobs run here."""
    return test_settings(
        tmp_path,
        openai_api_key="test-key",
        openai_base_url=f"{provider.url}/v1",
        run_jobs=False,
        visitor_limit="20/minute",
    )


@dataclass(frozen=True)
class Theatre:
    """A running chat server, and one published chatbot of a tenant."""

    url: str
    chat: Chat
    tokens: VisitorTokens
    claims: VisitorClaims

    def token(self, **changes: Any) -> str:
        """A visitor token, in another conversation or of another visitor if so wished."""
        return self.tokens.sign_visitor(replace(self.claims, **changes))[0]


async def publish(parts: Parts, tenant: TenantId, draft: ChatbotDraft = DRAFT) -> UUID:
    """A chatbot with one release. Returns: the release's id."""
    written = draft.model_dump(mode="json")
    async with tenant_session(parts.engines.app, tenant) as session:
        chatbot = await chatbot_queries.add_chatbot(session, tenant, draft.name, written)
        frozen = {"revision": 1, "note": "", "draft": written, "documents": [], "findings": []}
        release = await chatbot_queries.add_release(session, tenant, chatbot.id, frozen)
        return release.id


def claims_for(tenant: TenantId, release: UUID) -> VisitorClaims:
    """A new visitor in a new conversation."""
    return VisitorClaims(tenant, "emb_1", "https://example.com", release, uuid4(), uuid4())


@asynccontextmanager
async def serving(parts: Parts) -> AsyncIterator[tuple[str, Chat, VisitorTokens]]:
    """The chat behind a real uvicorn."""
    tokens = VisitorTokens(parts.settings)

    def open_library(tenant: TenantId, chatbot: UUID, documents: object) -> Library:
        return OneShelf()

    chat = open_chat(parts, tokens, open_library)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with chat.open():
            yield

    app = Starlette(routes=[Mount(PATH, chat.application)], lifespan=lifespan)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = AnnouncingServer(uvicorn.Config(app, log_config=None, ws="websockets-sansio", lifespan="on"))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", chat, tokens
    finally:
        server.should_exit = True
        await running
        listener.close()


@pytest.fixture
async def theatre(parts: Parts, first: Signed) -> AsyncIterator[Theatre]:
    """A running chat server with a published chatbot of the first tenant."""
    release = await publish(parts, first.tenant)
    async with serving(parts) as (url, chat, tokens):
        yield Theatre(url, chat, tokens, claims_for(first.tenant, release))


@dataclass
class Visitor:
    """A connected client, and the events that it has heard."""

    client: Any
    events: list[dict[str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, name: str, payload: object) -> dict[str, Any]:
        answer: dict[str, Any] = await self.client.call(name, payload, namespace="/chat", timeout=WAIT_SECONDS)
        return answer

    async def ask(self, text: str, message: UUID | None = None) -> dict[str, Any]:
        return await self.send("ask", {"message_id": str(message or uuid4()), "text": text})

    async def heard(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """Wait until so many events of a kind have come. Returns: all events."""
        async with asyncio.timeout(WAIT_SECONDS):
            while sum(event["type"] == kind for event in self.events) < count:
                self.news.clear()
                await self.news.wait()
        return self.events

    @property
    def text(self) -> str:
        return "".join(event["text"] for event in self.events if event["type"] == "delta")

    async def leave(self) -> None:
        await self.client.disconnect()


Visit = Callable[[str], Awaitable[Visitor]]


@pytest.fixture
async def visit(theatre: Theatre) -> AsyncIterator[Visit]:
    """Connects a visitor by a token."""
    visitors: list[Visitor] = []

    async def connect(token: str) -> Visitor:
        client = socketio.AsyncClient(reconnection=False)
        visitor = Visitor(client)

        def hear(event: dict[str, Any]) -> None:
            visitor.events.append(event)
            visitor.news.set()

        client.on("event", hear, namespace="/chat")
        visitors.append(visitor)
        await client.connect(
            theatre.url,
            auth={"token": token},
            namespaces=["/chat"],
            transports=["websocket"],
            wait_timeout=WAIT_SECONDS,
        )
        return visitor

    yield connect
    for visitor in visitors:
        await visitor.leave()
