"""Engines of the two roles that the running server uses, and the only ways to open a session on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg  # type: ignore[import-untyped]  # the package has no types
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from server.config import Settings
from server.db.addresses import Addresses, RoleName
from server.db.base import TenantId
from shared.errors import BadRequest, Unavailable

Session = AsyncSession
"""A session as services name it, which hold no SQL."""

_SET_TENANT = text("select set_config('app.tenant_id', :tenant, true)")
_SET_NO_TENANT = text("select set_config('app.tenant_id', '', true)")
_NOT_TEXT = {"22P05", "22021"}
"""PostgreSQL's codes for a character that text and jsonb cannot hold: NUL, which JSON can."""
_AWAY = "The database is away. Try again in a moment; nothing that was saved is lost."


@dataclass(frozen=True)
class Engines:
    """The app's pool obeys row-level security; the platform's sees every tenant and is small."""

    app: AsyncEngine
    platform: AsyncEngine

    async def close(self) -> None:
        """Closes both pools."""
        await self.app.dispose()
        await self.platform.dispose()


def open_engines(addresses: Addresses, settings: Settings) -> Engines:
    """Makes both engines; no connection is opened before the first session."""
    seconds = settings.database_timeout.total_seconds()

    def engine_for(role: RoleName, size: int) -> AsyncEngine:
        return create_async_engine(
            addresses.asyncpg(role),
            pool_size=size,
            max_overflow=0,
            # The values of a statement stay out of errors, and so out of the log: they are what people said.
            hide_parameters=True,
            pool_timeout=seconds,
            connect_args={"timeout": seconds, "server_settings": {"application_name": role}},
        )

    return Engines(
        app=engine_for("troupe_app", settings.pool_size),
        platform=engine_for("troupe_platform", settings.platform_pool_size),
    )


@asynccontextmanager
async def tenant_session(engine: AsyncEngine, tenant_id: TenantId) -> AsyncIterator[AsyncSession]:
    """One transaction that sees the rows of one tenant.

    Yields: a session; committed at the end, rolled back on any error.
    Raises: Unavailable: PostgreSQL cannot be reached.
    """
    async with _transaction(engine) as session:
        await _first(session, tenant_id)
        yield session


@asynccontextmanager
async def anonymous_session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """One transaction that sees no tenant's rows: for functions that resolve a public id to its tenant."""
    async with _transaction(engine) as session:
        await _first(session, None)
        yield session


@asynccontextmanager
async def platform_session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """One transaction that sees every tenant: sign-in and operations. Takes `Engines.platform`."""
    async with _transaction(engine) as session:
        await _first(session, None)
        yield session


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(_AWAY) from error
        if getattr(error.orig, "sqlstate", None) in _NOT_TEXT:
            raise BadRequest("Text may not contain the character NUL.") from error
        raise


async def _first(session: AsyncSession, tenant_id: TenantId | None) -> None:
    """The first statement of a transaction, which also takes the connection: here PostgreSQL shows to be away.

    SQLAlchemy passes on what asyncpg says while it connects, such as that the server is only just starting.
    """
    try:
        if tenant_id is None:
            await session.execute(_SET_NO_TENANT)
        else:
            await session.execute(_SET_TENANT, {"tenant": str(tenant_id)})
    except (OSError, DBAPIError, PoolTimeout, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unavailable(_AWAY) from error
