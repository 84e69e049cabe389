"""Alembic's scripts. Written by hand; `server.db.migrate` runs them."""
