"""What migrations say to keep tenants apart."""

from alembic import op

TENANT_IS_CURRENT = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
"""After a transaction the setting reads as an empty string, not as NULL; without it no row is seen."""


def protect(table: str, condition: str = TENANT_IS_CURRENT) -> None:
    """Enables and forces row-level security, with one policy for reading and writing.

    Args:
        table: a table that was just created.
        condition: SQL that holds for the rows of the current tenant.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant_only ON {table} USING ({condition}) WITH CHECK ({condition})")


def freeze(table: str) -> None:
    """Makes rows immutable for the app: it may add and read them, and they go only with what they belong to."""
    op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM troupe_app")


def definer_function(signature: str, returns: str, body: str) -> None:
    """Makes a function of the app that looks across tenants: it runs with the platform's rights.

    Args:
        signature: name and arguments, such as `release_tenant(release uuid)`.
        returns: SQL type, such as `uuid`.
        body: one SQL query; tables must be written with their schema, `public.`.
    """
    op.execute(
        f"CREATE FUNCTION public.{signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog AS $body$ {body} $body$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO troupe_app")
    op.execute("GRANT CREATE ON SCHEMA public TO troupe_platform")
    op.execute(f"ALTER FUNCTION public.{signature} OWNER TO troupe_platform")
    op.execute("REVOKE CREATE ON SCHEMA public FROM troupe_platform")
