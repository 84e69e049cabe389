"""Makes the three roles, the database and its extension, as a superuser. Does nothing where all is there."""

import psycopg
from psycopg import sql

from server.db.addresses import ROLES, Addresses, RoleName, role_password
from shared.errors import Unavailable

_RIGHTS: dict[RoleName, str] = {
    "troupe_migrator": "LOGIN NOSUPERUSER NOBYPASSRLS",
    "troupe_app": "LOGIN NOSUPERUSER NOBYPASSRLS",
    "troupe_platform": "LOGIN NOSUPERUSER BYPASSRLS",
}
_SETUP_LOCK = 7_460_001
"""Any number: servers that start together wait for each other on it."""


def prepare_database(addresses: Addresses) -> None:
    """Brings server and database to where migrations can run.

    Raises: Unavailable: PostgreSQL does not answer, or the address is not a superuser's.
    """
    try:
        with psycopg.connect(addresses.named("postgres").libpq(), autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(%s)", (_SETUP_LOCK,))
            for role in ROLES:
                _make_role(connection, role, role_password(addresses.secret, role))
            _make_database(connection, str(addresses.admin.database))
        with psycopg.connect(addresses.libpq(), autocommit=True) as connection:
            _open_database(connection, str(addresses.admin.database))
    except psycopg.Error as error:
        raise Unavailable(f"The database could not be set up: {str(error).strip().splitlines()[0]}") from error


def _make_role(connection: psycopg.Connection, role: RoleName, password: str) -> None:
    name = sql.Identifier(role)
    known = connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone()
    verb = sql.SQL("ALTER ROLE {} " if known else "CREATE ROLE {} ").format(name)
    connection.execute(verb + sql.SQL(f"{_RIGHTS[role]} PASSWORD ") + sql.Literal(password))


def _make_database(connection: psycopg.Connection, database: str) -> None:
    if not connection.execute("select 1 from pg_database where datname = %s", (database,)).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER troupe_migrator").format(sql.Identifier(database)))


def _open_database(connection: psycopg.Connection, database: str) -> None:
    """Rights of the roles in this database, whose tables the migrator makes later."""
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    # The tsvector match is not marked leak-proof, and row-level security would then never use its index.
    connection.execute("ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF")
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO troupe_app, troupe_platform").format(sql.Identifier(database))
    )
    connection.execute("GRANT USAGE ON SCHEMA public TO troupe_app, troupe_platform")
    # The migrator hands functions that look across tenants to the platform role, which needs membership to give away.
    connection.execute("GRANT troupe_platform TO troupe_migrator WITH INHERIT FALSE, SET TRUE")
    for things, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE, SELECT")):
        connection.execute(
            sql.SQL(
                f"ALTER DEFAULT PRIVILEGES FOR ROLE troupe_migrator IN SCHEMA public "
                f"GRANT {rights} ON {things} TO troupe_app, troupe_platform"
            )
        )
