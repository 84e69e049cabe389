"""Brings a database from anything, also from empty, to the newest migration, as the role that owns it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from server.db.addresses import Addresses
from shared.errors import Unavailable

_SCRIPTS = Path(__file__).resolve().parent / "migrations"
_MIGRATION_LOCK = text("select pg_advisory_xact_lock(7460002)")


def migrate(addresses: Addresses) -> None:
    """Runs what is missing, in one transaction; servers that start together do it one after the other.

    Raises: Unavailable: PostgreSQL does not answer.
    """
    engine = create_engine(addresses.psycopg("troupe_migrator"), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(_MIGRATION_LOCK)
            _make_job_tables(connection)
            settings = alembic_settings()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "heads")
    except OperationalError as error:
        raise Unavailable("The database does not answer, so it could not be migrated.") from error
    finally:
        engine.dispose()


def heads() -> tuple[str, ...]:
    """The newest revisions among the scripts: one, when all is well."""
    return tuple(ScriptDirectory.from_config(alembic_settings()).get_heads())


def alembic_settings() -> Config:
    """Where the scripts lie; the caller adds `attributes["connection"]`."""
    settings = Config()
    settings.set_main_option("script_location", str(_SCRIPTS))
    settings.set_main_option("path_separator", "os")
    return settings


def _make_job_tables(connection: Connection) -> None:
    """The job queue's own tables, by its own script; they stand outside row-level security."""
    if connection.execute(text("select to_regclass('public.procrastinate_jobs')")).scalar() is None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(SchemaManager.get_schema())
