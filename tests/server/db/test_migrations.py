"""Migrations: one line of them, up from nothing and down again, and models that say the same."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from psycopg import sql
from sqlalchemy import NullPool, create_engine

import server.app  # noqa: F401  brings in every feature's models
from server.db.addresses import Addresses
from server.db.base import Base
from server.db.migrate import alembic_settings, heads, migrate
from server.db.roles import prepare_database


@pytest.fixture
def empty(postgres: Addresses) -> Iterator[Addresses]:
    """A database that does not exist yet."""
    name = f"empty_{secrets.token_hex(6)}"
    yield postgres.named(name)
    with psycopg.connect(postgres.named("postgres").libpq(), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def test_there_is_one_newest_migration() -> None:
    assert len(heads()) == 1


def test_up_from_nothing_twice_changes_nothing(empty: Addresses) -> None:
    for _ in range(2):
        prepare_database(empty)
        migrate(empty)

    with psycopg.connect(empty.libpq("troupe_migrator")) as connection:
        found = connection.execute("select version_num from alembic_version").fetchall()
    assert found == [(heads()[0],)]


def test_down_to_nothing_and_up_again(empty: Addresses) -> None:
    prepare_database(empty)
    migrate(empty)

    engine = create_engine(empty.psycopg("troupe_migrator"), poolclass=NullPool)
    with engine.begin() as connection:
        settings = alembic_settings()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
    migrate(empty)
    with psycopg.connect(empty.libpq("troupe_migrator")) as connection:
        found = connection.execute("select version_num from alembic_version").fetchall()

    assert found == [(heads()[0],)]


def test_models_say_what_migrations_made(addresses: Addresses) -> None:
    engine = create_engine(addresses.psycopg("troupe_migrator"), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: not (name or "").startswith("procrastinate")}
        )
        differences = compare_metadata(context, Base.metadata)

    # A change of a column comes as a list of its changes; tables and columns come as one each.
    kinds = {difference[0] for difference in differences if isinstance(difference, tuple)}
    assert not kinds & {"add_table", "remove_table", "add_column", "remove_column"}
