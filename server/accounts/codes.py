"""Codes of the browser's sign-in: made for one challenge and one redirect, short-lived, traded once.

Source: RFC 6749, section 4.1; RFC 7636 (S256 alone); RFC 8252 for programs on somebody's own machine.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from server.accounts import queries
from server.accounts.models import SignInCode
from server.accounts.service import Lifetimes, Refusal, Traded, digest_of, open_family
from server.db.base import TenantId
from server.db.engine import Session

_PREFIX = "trp_sc_"
CODE_LIFETIME = timedelta(seconds=60)
"""From the browser's redirect to the desk's trade: both happen on one machine."""


@dataclass(frozen=True)
class CodeWish:
    """What a code is bound to."""

    challenge: str
    redirect_uri: str


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


async def open_code(session: Session, tenant: TenantId, account: UUID, wish: CodeWish) -> str:
    """Makes a code for an account that has just shown who it is. Returns: the code; we keep a digest."""
    text = _PREFIX + secrets.token_urlsafe(32)
    ends = await queries.database_time(session) + CODE_LIFETIME
    kept = {"challenge": wish.challenge, "redirect_uri": wish.redirect_uri, "expires_at": ends}
    await queries.add_code(session, tenant, account, {**kept, "digest": digest_of(text)})
    return text


async def trade_code(
    session: Session, text: str, verifier: str, redirect_uri: str, lifetimes: Lifetimes
) -> Traded | Refusal:
    """Trades a code for a sign-in. A code that came once is used up, whether it was honoured or not.

    One that comes again was copied on its way: the sign-in that it was traded for ends too. The refusal is returned,
    not raised, so that this is committed.
    """
    code = await queries.lock_code(session, digest_of(text))
    if code is None:
        return "unknown"
    if code.used_at is not None:
        if code.family_id is not None:
            await queries.end_family(session, code.family_id, breached=True)
        return "reused"
    await queries.mark_code_used(session, code.id)
    now = await queries.database_time(session)
    if code.expires_at <= now or not _fits(code, verifier, redirect_uri):
        return "unknown"
    opened = await open_family(session, TenantId(code.tenant_id), code.account_id, lifetimes)
    await queries.note_traded(session, code.id, opened.family_id)
    return opened


def _fits(code: SignInCode, verifier: str, redirect_uri: str) -> bool:
    right = hmac.compare_digest(challenge_of(verifier), code.challenge)
    return right and hmac.compare_digest(redirect_uri.encode(), code.redirect_uri.encode())
