"""Accounts and their sign-ins: a family of refresh tokens per sign-in, each token used once; codes from browsers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Created, TenantOwned, tenant_reference


class Account(Created, Base):
    """A person. The e-mail address is kept in lower case."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("email"), CheckConstraint("email = lower(email)", name="email_lower"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str]


class RefreshFamily(Created, TenantOwned):
    """One sign-in of an account to a tenant. Ended by sign-out, by time, or because a token came twice."""

    __tablename__ = "refresh_families"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    breached: Mapped[bool] = mapped_column(server_default=text("false"))


class RefreshToken(Created, TenantOwned):
    """One refresh token, as a digest; `used_at` is set when it was traded."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (tenant_reference("refresh_families", "family_id"), UniqueConstraint("digest"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    family_id: Mapped[UUID]
    digest: Mapped[bytes]
    used_at: Mapped[datetime | None]


class SignInCode(Created, TenantOwned):
    """What a browser hands to the studio, as a digest: traded once, by who knows the challenge's verifier."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (tenant_reference("refresh_families", "family_id"), UniqueConstraint("digest"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes]
    challenge: Mapped[str]
    redirect_uri: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    family_id: Mapped[UUID | None]
    """The sign-in that it was traded for: it ends when the code comes again."""
