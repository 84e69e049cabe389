"""Composes the server: parts, features, edges and the background worker, in one ASGI application."""

import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI

from server.avatars import routes as blob_routes
from server.chatbots import routes as chatbot_routes
from server.db.engine import anonymous_session
from server.db.worker import working
from server.knowledge import routes as knowledge_routes
from server.knowledge.knowledge import Knowledge
from server.tenants import routes as tenant_routes
from server.tenants.gate import Gate
from server.web.edge import BodyLimit, RequestEdge
from server.web.errors import add_error_answers
from server.web.health import health_router
from server.web.metrics import metrics_router
from server.web.parts import Parts


def create_app(parts: Parts) -> FastAPI:
    """The whole server over its parts. Its lifespan starts the worker and, at its end, closes the parts."""
    app = FastAPI(
        title="Troupe", version="0.1.0", lifespan=_lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", separate_input_output_schemas=False,
    )  # fmt: skip
    app.state.parts = parts
    app.state.gate = Gate(parts.settings)
    app.state.knowledge = Knowledge(parts)
    _add_features(app, parts)
    add_error_answers(app)
    app.add_middleware(BodyLimit, limit_bytes=parts.settings.part_limit_bytes)
    app.add_middleware(RequestEdge, metrics=parts.metrics)
    return app


def _add_features(app: FastAPI, parts: Parts) -> None:
    async def database() -> None:
        async with anonymous_session(parts.engines.app):
            pass

    async def object_store() -> None:
        await parts.blobs.size_at("readyz")

    app.include_router(health_router({"database": database, "object_store": object_store}))
    app.include_router(metrics_router(parts.metrics))
    app.include_router(tenant_routes.router)
    app.include_router(blob_routes.router)
    app.include_router(chatbot_routes.router)
    app.include_router(knowledge_routes.router)


async def addresses_of(app: FastAPI, *, demo: bool) -> dict[str, str]:
    """Where people find what this server offers, by name."""
    parts: Parts = app.state.parts
    return {"Server": parts.settings.origin, "API": f"{parts.settings.origin}/api/docs"}


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(parts.close)
        stack.callback(app.state.knowledge.close)
        if parts.settings.run_jobs:
            await stack.enter_async_context(working(parts.queue, parts.settings.job_concurrency))
        yield
