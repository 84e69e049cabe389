"""Signing up, in and on, and who belongs to a tenant."""

import re
from typing import cast
from uuid import UUID

from server.accounts import codes
from server.accounts import queries as accounts
from server.accounts import service as sign_ins
from server.db.base import TenantId
from server.db.engine import Engines, Session, platform_session
from server.tenants import queries
from server.tenants.gate import Gate, SignedIn
from server.tenants.permissions import PERMISSIONS
from server.tenants.views import MemberView, NewMember
from shared.contract.sync import CodeTrade, MemberRole, MeView, SignIn, SignUp, Tokens
from shared.errors import BadRequest, Conflict, NotFound, RefreshReused, Refused, SignInFailed, SignInRequired

_ADDRESS = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")
"""Whether an address is somebody's can only be found out by writing to it; this finds slips."""


async def sign_up(engines: Engines, gate: Gate, wish: SignUp) -> Tokens:
    """Makes an account, its tenant and its first sign-in, all or nothing.

    Raises: AlreadyThere: the e-mail address has an account. BadRequest: it is none.
    """
    _check_address(wish.email)
    password_hash = await gate.passwords.hash(wish.password)
    async with platform_session(engines.platform) as session:
        account = await sign_ins.create_account(session, wish.email, wish.name, password_hash)
        tenant = await queries.add_tenant(session, wish.tenant_name)
        await queries.add_member(session, tenant, account, "owner")
        opened = await sign_ins.open_family(session, tenant, account, gate.lifetimes)
    return _tokens(gate, SignedIn(account, tenant, "owner"), opened.refresh_token)


async def sign_in(engines: Engines, gate: Gate, wish: SignIn) -> Tokens:
    """Begins a sign-in to the tenant that the account has belonged to for longest.

    Raises: SignInFailed: e-mail and password do not belong together, or the account has no tenant left.
    """
    account = await _checked_account(engines, gate, wish)
    async with platform_session(engines.platform) as session:
        who = await _first_place(session, account)
        opened = await sign_ins.open_family(session, who.tenant_id, account, gate.lifetimes)
    return _tokens(gate, who, opened.refresh_token)


async def code_for(engines: Engines, gate: Gate, wish: SignIn, bound: codes.CodeWish) -> str:
    """A code for the studio on somebody's desk, who has shown in a browser who they are.

    Raises: SignInFailed: e-mail and password do not belong together, or the account has no tenant left.
    """
    account = await _checked_account(engines, gate, wish)
    async with platform_session(engines.platform) as session:
        who = await _first_place(session, account)
        return await codes.open_code(session, who.tenant_id, account, bound)


async def trade_code(engines: Engines, gate: Gate, wish: CodeTrade) -> Tokens:
    """Trades the browser's code for tokens.

    Raises: SignInRequired: it is not ours, over or used, was made for another challenge or redirect, or the member
        left.
    """
    async with platform_session(engines.platform) as session:
        traded = await codes.trade_code(session, wish.code, wish.verifier, wish.redirect_uri, gate.lifetimes)
        role = None
        if isinstance(traded, sign_ins.Traded):
            role = await queries.role_of(session, traded.tenant_id, traded.account_id)
    if not isinstance(traded, sign_ins.Traded) or role is None:
        raise SignInRequired
    return _tokens(gate, SignedIn(traded.account_id, traded.tenant_id, cast("MemberRole", role)), traded.refresh_token)


async def _checked_account(engines: Engines, gate: Gate, wish: SignIn) -> UUID:
    async with platform_session(engines.platform) as session:
        known = await accounts.account_by_email(session, wish.email)
    return (await sign_ins.check_credentials(gate.passwords, known, wish.password)).id


async def _first_place(session: Session, account: UUID) -> SignedIn:
    membership = await queries.first_membership(session, account)
    if membership is None:
        raise SignInFailed
    return SignedIn(account, TenantId(membership.tenant_id), cast("MemberRole", membership.role))


async def refresh(engines: Engines, gate: Gate, text: str) -> Tokens:
    """Trades a refresh token for new tokens, with the role that the member has now.

    Raises: SignInRequired: it is not ours, ended or over, or the member left. RefreshReused: it came twice.
    """
    async with platform_session(engines.platform) as session:
        traded = await sign_ins.trade_refresh(session, text, gate.lifetimes)
        role = None
        if isinstance(traded, sign_ins.Traded):
            role = await queries.role_of(session, traded.tenant_id, traded.account_id)
    if traded == "reused":
        raise RefreshReused
    if traded == "unknown" or role is None:
        raise SignInRequired
    return _tokens(gate, SignedIn(traded.account_id, traded.tenant_id, cast("MemberRole", role)), traded.refresh_token)


async def sign_out(engines: Engines, text: str) -> None:
    """Ends the sign-in that a refresh token belongs to."""
    async with platform_session(engines.platform) as session:
        await sign_ins.end_sign_in(session, text)


async def me(session: Session, tenant: TenantId, who: SignedIn) -> MeView:
    """Who is signed in.

    Raises: SignInRequired: the account is no member any more.
    """
    account = await queries.account_of(session, tenant, who.account_id)
    place = await queries.tenant_of(session, tenant)
    role = await queries.role_of(session, tenant, who.account_id)
    if account is None or place is None or role is None:
        raise SignInRequired
    known_role = cast("MemberRole", role)
    return MeView(
        account_id=account.id,
        email=account.email,
        name=account.name,
        tenant_id=tenant,
        tenant_name=place.name,
        role=known_role,
        permissions=tuple(sorted(PERMISSIONS[known_role])),
    )


async def members(session: Session, tenant: TenantId) -> list[MemberView]:
    """All members of the tenant."""
    return [
        MemberView(account_id=account.id, email=account.email, name=account.name, role=cast("MemberRole", role))
        for account, role in await queries.members_of(session, tenant)
    ]


async def add_member(engines: Engines, gate: Gate, who: SignedIn, wish: NewMember) -> MemberView:
    """Makes a colleague's account in the tenant of `who`.

    Raises: AlreadyThere: the e-mail address has an account. BadRequest: it is none. Refused: only owners make owners.
    """
    _check_address(wish.email)
    _only_owners_make_owners(who, wish.role)
    password_hash = await gate.passwords.hash(wish.password)
    async with platform_session(engines.platform) as session:
        account = await sign_ins.create_account(session, wish.email, wish.name, password_hash)
        await queries.add_member(session, who.tenant_id, account, wish.role)
    return MemberView(account_id=account, email=wish.email, name=wish.name, role=wish.role)


async def change_role(session: Session, tenant: TenantId, who: SignedIn, account: UUID, role: MemberRole) -> None:
    """Gives a member another role.

    Raises: NotFound: no such member. Conflict: nobody would own the tenant. Refused: only owners make owners.
    """
    _only_owners_make_owners(who, role)
    await _spare_the_last_owner(session, tenant, who, account)
    if not await queries.change_role(session, tenant, account, role):
        raise NotFound("member")


async def remove_member(session: Session, tenant: TenantId, who: SignedIn, account: UUID) -> None:
    """Ends a membership; access tokens already given end by themselves within minutes.

    Raises: NotFound: no such member. Conflict: nobody would own the tenant. Refused: only owners remove owners.
    """
    await _spare_the_last_owner(session, tenant, who, account)
    if not await queries.remove_member(session, tenant, account):
        raise NotFound("member")


def _check_address(email: str) -> None:
    if not _ADDRESS.fullmatch(email):
        raise BadRequest("This is not an e-mail address.")


def _only_owners_make_owners(who: SignedIn, role: MemberRole) -> None:
    if role == "owner" and who.role != "owner":
        raise Refused("Only an owner can make somebody an owner.")


async def _spare_the_last_owner(session: Session, tenant: TenantId, who: SignedIn, account: UUID) -> None:
    owners = await queries.lock_owners(session, tenant)
    if account in owners and who.role != "owner":
        raise Refused("Only an owner can change or remove an owner.")
    if owners == [account]:
        raise Conflict("A tenant needs an owner: make somebody else an owner first.")


def _tokens(gate: Gate, who: SignedIn, refresh_token: str) -> Tokens:
    access_token, expires_at = gate.access_token(who)
    return Tokens(
        access_token=access_token, refresh_token=refresh_token, expires_at=expires_at, tenant_id=who.tenant_id
    )
