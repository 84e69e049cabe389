"""Composes the server: parts, features, edges and the background worker, in one ASGI application."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from server.accounts.sweep import add_sweep as add_sign_in_sweep
from server.avatars import routes as blob_routes
from server.avatars.sweep import add_sweep as add_upload_sweep
from server.chatbots import routes as chatbot_routes
from server.conversations.opening import PATH as SOCKET_PATH
from server.conversations.opening import Chat, open_chat
from server.db.base import TenantId
from server.db.engine import anonymous_session
from server.db.worker import working
from server.embeds import routes as embed_routes
from server.embeds.parts import open_embed_parts
from server.knowledge import routes as knowledge_routes
from server.knowledge.knowledge import Knowledge
from server.site import routes as site_routes
from server.site.public import Site
from server.site.seeding import EMAIL, seed_demos
from server.tenants import desk as desk_routes
from server.tenants import routes as tenant_routes
from server.tenants.gate import Gate
from server.web.docs import docs_router
from server.web.edge import BodyLimit, RequestEdge
from server.web.errors import add_error_answers
from server.web.health import health_router
from server.web.metrics import metrics_router
from server.web.parts import Parts
from shared.knowledge.library import Library

_ROUTERS = (
    tenant_routes.router,
    desk_routes.router,
    blob_routes.router,
    chatbot_routes.router,
    knowledge_routes.router,
    embed_routes.router,
    site_routes.router,
)


def create_app(parts: Parts) -> FastAPI:
    """The whole server over its parts. Its lifespan starts the worker and, at its end, closes the parts."""
    app = FastAPI(
        title="Troupe", version="0.1.0", lifespan=_lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", separate_input_output_schemas=False,
    )  # fmt: skip
    app.state.parts = parts
    app.state.gate = Gate(parts.settings)
    app.state.knowledge = Knowledge(parts)
    app.state.embeds = open_embed_parts(parts.settings, parts.blobs)
    app.state.site = Site(parts.settings)
    app.state.chat = _open_chat(app)
    app.state.conversations = app.state.chat.desk
    _add_features(app, parts)
    add_error_answers(app)
    add_sign_in_sweep(parts.queue, parts.engines)
    add_upload_sweep(parts)
    app.add_middleware(BodyLimit, limit_bytes=parts.settings.part_limit_bytes)
    app.add_middleware(RequestEdge, metrics=parts.metrics)
    return app


async def addresses_of(app: FastAPI, *, demo: bool) -> dict[str, str]:
    """Where people find what this server offers, by name; with `demo`, after its chatbots have been made."""
    parts: Parts = app.state.parts
    found = {"Server": parts.settings.origin, "API": f"{parts.settings.origin}/api/docs"}
    if not demo:
        return found
    site: Site = app.state.site
    notes = await seed_demos(parts, app.state.gate, [site.origin])
    site.embeds.update({slug: seeded.embed_id for slug, seeded in notes.demos.items()})
    pages = {f"Demo {slug.capitalize()}": f"{site.origin}/demo/{slug}" for slug in notes.demos}
    return {**pages, **found, "Sign in": f"{EMAIL}, password {notes.password}"}


def _open_chat(app: FastAPI) -> Chat:
    knowledge: Knowledge = app.state.knowledge

    def open_library(tenant: TenantId, chatbot: UUID, documents: Sequence[Any]) -> Library:
        return knowledge.library_of_release(tenant, documents)

    return open_chat(app.state.parts, app.state.embeds.tokens, open_library)


def _add_features(app: FastAPI, parts: Parts) -> None:
    async def database() -> None:
        async with anonymous_session(parts.engines.app):
            pass

    async def object_store() -> None:
        await parts.blobs.size_at("readyz")

    app.include_router(health_router({"database": database, "object_store": object_store}))
    app.include_router(metrics_router(parts.metrics))
    app.include_router(docs_router())
    for router in _ROUTERS:
        app.include_router(router)
    app.mount(SOCKET_PATH, app.state.chat.application)


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Opened in this order, and closed the other way round: turns are stored before the database is let go."""
    parts: Parts = app.state.parts
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(parts.close)
        stack.callback(app.state.knowledge.close)
        if parts.settings.run_jobs:
            await stack.enter_async_context(working(parts.queue, parts.settings.job_concurrency))
        await stack.enter_async_context(app.state.chat.open())
        yield
