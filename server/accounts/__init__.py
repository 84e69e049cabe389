"""People who sign in: accounts, passwords, refresh tokens. Knows no tenant beyond its id.

An account belongs to no tenant, so this feature works in `platform_session`s. `server.tenants` joins accounts to
tenants and holds the routes for signing up and in.
"""
