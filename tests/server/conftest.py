"""The ground of the server's tests: real PostgreSQL, real migrations, a database of its own for each test.

- `postgres` (session): the embedded server, migrated once into a template database.
- `addresses`, `settings`, `parts` (test): a clone of the template, emptied between tests, and a server's parts over it.
- `app`, `client` (test): the whole app with its lifespan running, and httpx against it.
- `live_server` (test): the same app behind a real uvicorn on a loopback port; gives its `http://` address.
- `first`, `second` (test): owners of two tenants, signed up over HTTP; `first.headers` signs a request.
"""

import asyncio
import secrets
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
import uvicorn
from fastapi import FastAPI
from psycopg import sql

from server.app import create_app
from server.config import Settings
from server.db.addresses import Addresses
from server.db.base import TenantId
from server.db.embedded import EmbeddedPostgres
from server.db.migrate import migrate
from server.db.roles import prepare_database
from server.web.parts import Parts, open_parts
from shared.contract.sync import Tokens

SECRET = "a secret for tests only, of enough characters"
TEMPLATE = "troupe_template"
PASSWORD = "correct horse battery"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
"""A test's database need not survive the machine."""


@dataclass(frozen=True)
class Signed:
    """A signed-in owner of a tenant."""

    email: str
    tokens: Tokens

    @property
    def tenant(self) -> TenantId:
        return TenantId(self.tokens.tenant_id)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens.access_token}"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Addresses]:
    """The embedded PostgreSQL of this run, with every migration in its template database."""
    with open_folder() as folder, EmbeddedPostgres(folder / "postgres", FAST) as server:
        addresses = Addresses(server.url, SECRET).named(TEMPLATE)
        prepare_database(addresses)
        migrate(addresses)
        yield addresses


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that PostgreSQL's user may pass through, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="troupe-tests-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def spare(postgres: Addresses) -> list[Addresses]:
    """Clones of the template that no test uses at the moment; each is empty."""
    return []


@pytest.fixture
def addresses(postgres: Addresses, spare: list[Addresses]) -> Iterator[Addresses]:
    """A database of this test's own: a clone of the template, emptied for another test afterwards."""
    taken = spare.pop() if spare else _clone(postgres)
    yield taken
    _empty(taken)
    spare.append(taken)


def _clone(postgres: Addresses) -> Addresses:
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres.named("postgres").libpq(), autocommit=True) as admin:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER troupe_migrator")
        admin.execute(make.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
        grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO troupe_app, troupe_platform")
        admin.execute(grant.format(sql.Identifier(name)))
    return postgres.named(name)


def _empty(database: Addresses) -> None:
    """Ends what is still connected, and empties every table but the one that says which migrations ran."""
    with psycopg.connect(database.libpq(), autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid()"
        )
        found = admin.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
        )
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found.fetchall())
        admin.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a server under test; another fixture of this name may widen them."""
    return test_settings(tmp_path)


def test_settings(folder: Path, **changes: object) -> Settings:
    """Settings that read nothing from the environment that matters here."""
    given: dict[str, object] = {
        "environment": "test", "data_folder": folder, "secret": SECRET, "sign_in_limit": "1000/minute",
        "openai_api_key": None, "anthropic_api_key": None, "public_url": "http://127.0.0.1:8460",
    }  # fmt: skip
    return Settings.model_validate(given | changes)


test_settings.__test__ = False  # type: ignore[attr-defined]  # its name begins as tests' names do


@pytest.fixture
async def parts(addresses: Addresses, settings: Settings) -> AsyncIterator[Parts]:
    """The parts of a server; the app's lifespan, where it runs, closes them too, which does no harm."""
    opened = open_parts(settings, addresses)
    yield opened
    await opened.close()


@pytest.fixture
async def app(parts: Parts) -> AsyncIterator[FastAPI]:
    """The whole app, started."""
    built = create_app(parts)
    async with built.router.lifespan_context(built):
        yield built


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Requests to the app without a socket between."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8460") as opened:
        yield opened


class AnnouncingServer(uvicorn.Server):
    """Uvicorn that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts as uvicorn does."""
        await super().startup(sockets)
        self.ready.set()


@pytest.fixture
async def live_server(parts: Parts) -> AsyncIterator[str]:
    """The app behind a real uvicorn. Yields: its address, such as `http://127.0.0.1:40123`."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = AnnouncingServer(
        uvicorn.Config(create_app(parts), log_config=None, ws="websockets-sansio", access_log=False, lifespan="on")
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()


SignUpFixture = Callable[[str], Awaitable[Signed]]


@pytest.fixture
def sign_up(client: httpx.AsyncClient) -> SignUpFixture:
    """Signs up the owner of a new tenant, over HTTP."""

    async def sign_up_as(name: str) -> Signed:
        email = f"{name}@example.com"
        wish = {"email": email, "password": PASSWORD, "name": name, "tenant_name": f"{name}'s company"}
        answer = await client.post("/api/auth/sign-up", json=wish)
        assert answer.status_code == 201, answer.text
        return Signed(email, Tokens.model_validate(answer.json()))

    return sign_up_as


@pytest.fixture
async def first(sign_up: SignUpFixture) -> Signed:
    """The owner of one tenant."""
    return await sign_up("ada")


@pytest.fixture
async def second(sign_up: SignUpFixture) -> Signed:
    """The owner of another tenant."""
    return await sign_up("grace")
