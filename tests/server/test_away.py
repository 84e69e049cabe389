"""PostgreSQL goes away and comes back: clear sentences meanwhile, and nobody has to restart anything."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.app import create_app
from server.db.addresses import Addresses
from server.db.embedded import EmbeddedPostgres
from server.db.engine import anonymous_session, platform_session
from server.db.jobs import defer
from server.db.migrate import migrate
from server.db.roles import prepare_database
from server.web.parts import Parts, open_parts
from shared.errors import Unavailable
from tests.server.conftest import FAST, PASSWORD, SECRET, open_folder, test_settings


@pytest.fixture
async def postgres_of_its_own() -> AsyncIterator[EmbeddedPostgres]:
    """A PostgreSQL that this test may stop."""
    with open_folder() as folder, EmbeddedPostgres(folder / "postgres", FAST) as server:
        yield server


@pytest.fixture
async def fragile(postgres_of_its_own: EmbeddedPostgres, tmp_path: Path) -> Parts:
    """The parts of a server over it."""
    addresses = Addresses(postgres_of_its_own.url, SECRET)
    await asyncio.to_thread(prepare_database, addresses)
    await asyncio.to_thread(migrate, addresses)
    return open_parts(test_settings(tmp_path), addresses)


async def test_the_server_says_that_the_database_is_away_and_recovers(
    postgres_of_its_own: EmbeddedPostgres, fragile: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    done = asyncio.Event()

    @fragile.queue.task(name="ring")
    async def ring() -> None:
        done.set()

    app = create_app(fragile)
    wish = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada", "tenant_name": "Ada's"}
    sign_in = {"email": "ada@example.com", "password": PASSWORD}
    port = postgres_of_its_own.port
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://fragile") as client,
    ):
        assert (await client.post("/api/auth/sign-up", json=wish)).status_code == 201

        await asyncio.to_thread(postgres_of_its_own.stop)
        asked = await client.post("/api/auth/sign-in", json=sign_in)
        ready = await client.get("/readyz")
        lives = await client.get("/healthz")
        await asyncio.to_thread(postgres_of_its_own.start, port)
        back = await client.post("/api/auth/sign-in", json=sign_in)
        ready_again = await client.get("/readyz")
        async with platform_session(fragile.engines.platform) as session:
            await defer(session, "ring", {})
        async with asyncio.timeout(20):
            await done.wait()

    assert (asked.status_code, asked.json()["code"]) == (503, "unavailable")
    assert "database is away" in asked.json()["detail"]
    assert (ready.status_code, lives.status_code) == (503, 200)
    assert list(ready.json()["fields"]) == ["database"]
    assert (back.status_code, ready_again.status_code) == (200, 200)


async def test_a_database_that_refuses_us_is_away_too(addresses: Addresses, tmp_path: Path) -> None:
    strangers = open_parts(test_settings(tmp_path), Addresses(addresses.admin, "another secret, so other passwords"))

    with pytest.raises(Unavailable, match="database is away"):
        async with anonymous_session(strangers.engines.app):
            pass
    await strangers.close()
