"""Tenants stay apart: the catalogue shows it for every table, whoever made it, and rows show it for real."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.db.base import TenantId
from server.db.engine import anonymous_session, platform_session, tenant_session
from server.web.parts import Parts
from tests.server.conftest import Signed

OUTSIDE = ("alembic_version", "procrastinate_%")
"""Tables that hold nothing of a tenant: the migrations' own, and the job queue's."""
TABLES = """
    select c.oid::regclass::text as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           exists (select 1 from pg_policy p where p.polrelid = c.oid) as has_policy,
           exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as has_tenant
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not c.relname like any (:outside)
"""
LOOSE_REFERENCES = """
    select k.conrelid::regclass::text || '.' || k.conname
    from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace
      and exists (select 1 from pg_attribute a
                  where a.attrelid = k.confrelid and a.attname = 'tenant_id' and not a.attisdropped)
      and not exists (
          select 1 from generate_subscripts(k.conkey, 1) i
          join pg_attribute ours on ours.attrelid = k.conrelid and ours.attnum = k.conkey[i]
          join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = k.confkey[i]
          where ours.attname = 'tenant_id' and theirs.attname = 'tenant_id')
"""


async def test_every_table_forces_row_level_security(parts: Parts) -> None:
    async with platform_session(parts.engines.platform) as session:
        tables = (await session.execute(text(TABLES), {"outside": list(OUTSIDE)})).all()

    assert {"accounts", "tenants", "members"} <= {table.name for table in tables}
    assert [table.name for table in tables if not (table.enabled and table.forced and table.has_policy)] == []


async def test_every_table_but_accounts_and_tenants_has_a_tenant(parts: Parts) -> None:
    async with platform_session(parts.engines.platform) as session:
        tables = (await session.execute(text(TABLES), {"outside": list(OUTSIDE)})).all()

    assert {table.name for table in tables if not table.has_tenant} == {"accounts", "tenants"}


async def test_every_reference_to_a_tenants_row_carries_the_tenant(parts: Parts) -> None:
    async with platform_session(parts.engines.platform) as session:
        loose = list(await session.scalars(text(LOOSE_REFERENCES)))

    assert loose == []


async def test_the_app_neither_owns_nor_bypasses(parts: Parts) -> None:
    asking = text("select rolname, rolsuper or rolbypassrls from pg_roles where rolname like 'troupe_%'")
    async with anonymous_session(parts.engines.app) as session:
        rights = {name: sees_all for name, sees_all in await session.execute(asking)}

    assert rights == {"troupe_migrator": False, "troupe_app": False, "troupe_platform": True}


async def test_without_a_tenant_no_row_is_seen(parts: Parts, first: Signed) -> None:
    async with anonymous_session(parts.engines.app) as session:
        seen = await session.scalar(text("select count(*) from members"))

    assert seen == 0


async def test_the_tenant_ends_with_its_transaction(parts: Parts, first: Signed) -> None:
    async with parts.engines.app.connect() as connection:
        async with connection.begin():
            await connection.execute(
                text("select set_config('app.tenant_id', :tenant, true)"), {"tenant": str(first.tenant)}
            )
            inside = await connection.scalar(text("select count(*) from members"))
        after = await connection.scalar(text("select count(*) from members"))

    assert (inside, after) == (1, 0)


@pytest.mark.parametrize("table", ["members", "tenants", "accounts"])
async def test_a_second_tenant_sees_nothing_of_the_first(
    parts: Parts, first: Signed, second: Signed, table: str
) -> None:
    async def seen_by(tenant: TenantId) -> set[str]:
        async with tenant_session(parts.engines.app, tenant) as session:
            return set(await session.scalars(text(f"select to_jsonb({table})::text from {table}")))

    of_first, of_second = await seen_by(first.tenant), await seen_by(second.tenant)

    assert (len(of_first), len(of_second)) == (1, 1)
    assert not of_first & of_second


async def test_a_row_for_another_tenant_is_refused(parts: Parts, first: Signed, second: Signed) -> None:
    adding = text("insert into members (tenant_id, account_id, role) select :tenant, account_id, 'owner' from members")

    with pytest.raises(DBAPIError, match="row-level security"):
        async with tenant_session(parts.engines.app, first.tenant) as session:
            await session.execute(adding, {"tenant": str(second.tenant)})


async def test_the_app_cannot_touch_refresh_tokens(parts: Parts, first: Signed) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        async with tenant_session(parts.engines.app, first.tenant) as session:
            await session.execute(text("select * from refresh_tokens"))
