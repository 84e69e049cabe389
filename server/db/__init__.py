"""The ground that features stand on: PostgreSQL, its three roles, tenant isolation, jobs and blobs.

Conventions for features:

- **Models** derive from `base.TenantOwned` (or `base.Base` for what no tenant owns). A tenant-owned table has
  `tenant_id` first in its primary key, and every foreign key to another tenant-owned table is composite and contains
  `tenant_id`: `tenant_reference("chatbots", "chatbot_id")` writes it. Foreign keys name tables as strings.
- **Sessions.** `engine.tenant_session(engines.app, tenant)` is one transaction that sees one tenant;
  `engine.anonymous_session(engines.app)` one that sees none (to call a SECURITY DEFINER function);
  `engine.platform_session(engines.platform)` one that sees all: sign-in and operations only. All commit at their end,
  roll back on an error and raise `Unavailable` when PostgreSQL is away. In a route take `RequestSession` of
  `server.tenants.current`. Services and queries never commit.
- **Queries** live in `queries.py`, take `session, tenant` first, and hold one statement and no policy.
- **Migrations** live in `migrations/versions/NNNN_what.py`, one per feature, by hand. A new tenant table is created
  and handed to `rls.protect(table)` in the same migration; `rls.definer_function(...)` makes a function that looks
  across tenants. No contrib extension is there. `migrate.migrate(...)` brings any database to the head.
- **Jobs** are enqueued in the transaction that they belong to: `await jobs.defer(session, "ingest_document", args)`.
  A feature's `jobs.py` has `add_jobs(queue, ...)` that declares its tasks on `jobs.make_queue(...)`; `app.py` calls it.
  A job's arguments carry the tenant; the job opens its own `tenant_session`.
- **Blobs**: `blobs.BlobStore`, content-addressed, under tenant-prefixed keys.
"""
