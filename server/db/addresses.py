"""Addresses of one database: the superuser's, and those of our three roles, whose passwords come from the secret."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import URL, make_url

RoleName = Literal["troupe_migrator", "troupe_app", "troupe_platform"]
ROLES: tuple[RoleName, ...] = ("troupe_migrator", "troupe_app", "troupe_platform")
"""The migrator owns everything, the app obeys row-level security, the platform sees all tenants."""


def role_password(secret: str, role: RoleName) -> str:
    """The role's password: derived, so that one secret is all that servers must share."""
    return hmac.new(secret.encode(), f"database role {role}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Addresses:
    """How to reach one database as each of its users."""

    admin: URL
    """A superuser: makes the roles, the database and the extension; nothing else."""
    secret: str

    @classmethod
    def of(cls, database_url: str, secret: str) -> "Addresses":
        """Reads the operator's `postgresql://` address."""
        return cls(make_url(database_url), secret)

    def named(self, database: str) -> "Addresses":
        """The same server, another database."""
        return Addresses(self.admin.set(database=database), self.secret)

    def asyncpg(self, role: RoleName) -> URL:
        """For SQLAlchemy's asyncio engine."""
        return self._role(role).set(drivername="postgresql+asyncpg")

    def psycopg(self, role: RoleName) -> URL:
        """For SQLAlchemy's blocking engine, which migrates."""
        return self._role(role).set(drivername="postgresql+psycopg")

    def libpq(self, role: RoleName | None = None) -> str:
        """For psycopg itself: the job queue's, or the superuser's address."""
        url = self._role(role) if role else self.admin
        return url.set(drivername="postgresql").render_as_string(hide_password=False)

    def _role(self, role: RoleName) -> URL:
        return self.admin.set(username=role, password=role_password(self.secret, role))
