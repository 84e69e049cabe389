"""Puts the conversations of a server together: models, performances, the socket, and what happens at start and end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import socketio  # type: ignore[import-untyped]
import structlog
from pydantic import SecretStr

from server.config import Settings
from server.conversations.live import Payload
from server.conversations.recovery import fail_lost_turns
from server.conversations.service import ConversationDesk
from server.conversations.sockets import NAMESPACE, ChatNamespace
from server.conversations.throttle import QuestionThrottle
from server.conversations.turns import OpenLibrary, Performances
from server.db.base import TenantId
from server.embeds.tokens import VisitorTokens
from server.web.parts import Parts
from shared.errors import Unavailable
from shared.providers.choosing import ProviderKeys, Providers

log: structlog.stdlib.BoundLogger = structlog.get_logger()

PATH = "/socket.io"
_LARGEST_MESSAGE_BYTES = 64 * 1024
"""A question of 4 000 characters at four bytes each, and room; more closes the connection."""


@dataclass(frozen=True)
class Chat:
    """The conversations of one server process.

    Attributes:
        desk: what embeds ask when a visit is opened.
        application: the ASGI application to mount at `PATH`.
    """

    desk: ConversationDesk
    application: socketio.ASGIApp
    performances: Performances
    providers: Providers
    parts: Parts

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """For the server's lifespan: ends what a killed process left running, and at the end what still runs."""
        await self._fail_lost_turns()
        preparing = asyncio.create_task(self.providers.prepare())  # seconds of imports that no start should wait for
        try:
            yield
        finally:
            preparing.cancel()
            await asyncio.wait({preparing})
            await self.performances.close()
            await self.providers.close()

    async def _fail_lost_turns(self) -> None:
        try:
            lost = await fail_lost_turns(self.parts.engines.platform, alone=self.parts.settings.redis_url is None)
        except Unavailable:
            log.warning("lost_turns_not_ended")
            return
        if lost:
            log.warning("lost_turns_ended", turns=lost)


def open_chat(parts: Parts, tokens: VisitorTokens, open_library: OpenLibrary) -> Chat:
    """Builds the conversations over the server's parts; nothing runs before `Chat.open`."""
    sockets = socketio.AsyncServer(
        async_mode="asgi",
        cors_allowed_origins="*",  # the visitor token lets in, no cookie does
        max_http_buffer_size=_LARGEST_MESSAGE_BYTES,
        transports=["websocket", "polling"],
    )

    async def send(tenant: TenantId, conversation: UUID, payload: Payload) -> None:
        await sockets.emit("event", payload, room=f"{tenant}/{conversation}", namespace=NAMESPACE)

    providers = Providers(provider_keys(parts.settings))
    performances = Performances(parts.engines, providers, open_library, send)
    throttle = QuestionThrottle(parts.settings)
    sockets.register_namespace(ChatNamespace(parts.engines, tokens, performances, throttle))
    desk = ConversationDesk(parts.engines, performances.live)
    application = socketio.ASGIApp(sockets, socketio_path=PATH)
    return Chat(desk, application, performances, providers, parts)


def provider_keys(settings: Settings) -> ProviderKeys:
    """The operator's keys and addresses of model providers."""
    return ProviderKeys(
        openai=_plain(settings.openai_api_key),
        openai_base_url=settings.openai_base_url,
        anthropic=_plain(settings.anthropic_api_key),
        anthropic_base_url=settings.anthropic_base_url,
        compatible=_plain(settings.compatible_api_key),
        compatible_base_url=settings.compatible_base_url,
    )


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
