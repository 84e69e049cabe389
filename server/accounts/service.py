"""What signing in means: credentials, and the life of a refresh token."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from server.accounts import queries
from server.accounts.models import Account, RefreshFamily, RefreshToken
from server.accounts.passwords import Passwords
from server.db.base import TenantId
from server.db.engine import Session
from shared.errors import AlreadyThere, SignInFailed

_PREFIX = "trp_rt_"
"""Lets secret scanners know one when they see it."""


@dataclass(frozen=True)
class Lifetimes:
    """How long a sign-in lasts unused, and how long a used token is still honoured."""

    family: timedelta
    grace: timedelta


@dataclass(frozen=True)
class Traded:
    """Somebody is signed in: who, where, and the refresh token to go on with."""

    account_id: UUID
    tenant_id: TenantId
    family_id: UUID
    refresh_token: str


Refusal = Literal["unknown", "reused"]
"""`unknown`: never ours, ended or over. `reused`: came again after its grace; its family has just been ended."""


async def create_account(session: Session, email: str, name: str, password_hash: str) -> UUID:
    """Adds an account. The hash was made before, so that a taken address takes as long as a free one.

    Raises: AlreadyThere: the e-mail address has an account.
    """
    created = await queries.add_account(session, email, name, password_hash)
    if created is None:
        raise AlreadyThere("This e-mail address has an account already: sign in instead.")
    return created


async def check_credentials(passwords: Passwords, account: Account | None, password: str) -> Account:
    """The account, when the password is its own; takes the same time when there is none.

    Hashing takes long, so no session is open here.

    Raises: SignInFailed: the password does not fit, or there is no account.
    """
    fits = await passwords.fits(password, account.password_hash if account else None)
    if not fits or account is None:
        raise SignInFailed
    return account


async def open_family(session: Session, tenant: TenantId, account: UUID, lifetimes: Lifetimes) -> Traded:
    """Begins a sign-in, with its first refresh token, which only its holder knows: we keep a digest."""
    now = await queries.database_time(session)
    family = await queries.add_family(session, tenant, account, now + lifetimes.family)
    return Traded(account, tenant, family, await _mint(session, tenant, family))


async def trade_refresh(session: Session, text: str, lifetimes: Lifetimes) -> Traded | Refusal:
    """Trades a refresh token for its follower, with its row locked: of two that come at once, one waits.

    Within the grace a used token is honoured again, with a sibling: two tabs, or a retry after a lost answer.
    After it, somebody else may hold a copy: the whole family ends. The refusal is returned, not raised, so that
    the ending is committed.
    """
    found = await queries.lock_token(session, digest_of(text))
    now = await queries.database_time(session)
    if found is None or _is_over(found[1], now):
        return "unknown"
    token, family = found
    if _came_too_late(token, now, lifetimes.grace):
        await queries.end_family(session, family.id, breached=True)
        return "reused"
    await queries.mark_used(session, token.id)
    await queries.prolong_family(session, family.id, now + lifetimes.family)
    tenant = TenantId(family.tenant_id)
    return Traded(family.account_id, tenant, family.id, await _mint(session, tenant, family.id))


async def end_sign_in(session: Session, text: str) -> None:
    """Signs out: the family of the token ends. An unknown token is no error, for the wish is fulfilled."""
    found = await queries.lock_token(session, digest_of(text))
    if found:
        await queries.end_family(session, found[1].id, breached=False)


async def _mint(session: Session, tenant: TenantId, family: UUID) -> str:
    text = _PREFIX + secrets.token_urlsafe(32)
    await queries.add_token(session, tenant, family, digest_of(text))
    return text


def digest_of(text: str) -> bytes:
    """What is kept of a secret that only its holder knows."""
    return hashlib.sha256(text.encode()).digest()


def _is_over(family: RefreshFamily, now: datetime) -> bool:
    return family.ended_at is not None or family.expires_at <= now


def _came_too_late(token: RefreshToken, now: datetime, grace: timedelta) -> bool:
    return token.used_at is not None and now - token.used_at > grace
