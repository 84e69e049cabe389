"""`/api/auth/*`, `/api/me` and `/api/members`."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request

from server.tenants import service
from server.tenants.current import CurrentMember, CurrentTenant, RequestSession, may
from server.tenants.gate import CurrentGate
from server.tenants.views import MemberView, NewMember, RoleChange
from server.web.parts import CurrentParts
from shared.contract.sync import CodeTrade, MeView, Refresh, SignIn, SignUp, Tokens

router = APIRouter(prefix="/api", tags=["accounts"])

_MANAGES_MEMBERS = [Depends(may("manage_members"))]


@router.post("/auth/sign-up", status_code=201)
async def sign_up(wish: SignUp, parts: CurrentParts, gate: CurrentGate, request: Request) -> Tokens:
    """Make an account with a tenant of its own."""
    await gate.throttle.count(wish.email, address_of(request))
    return await service.sign_up(parts.engines, gate, wish)


@router.post("/auth/sign-in")
async def sign_in(wish: SignIn, parts: CurrentParts, gate: CurrentGate, request: Request) -> Tokens:
    """Trade e-mail and password for tokens."""
    await gate.throttle.count(wish.email, address_of(request))
    return await service.sign_in(parts.engines, gate, wish)


@router.post("/auth/code")
async def trade_code(wish: CodeTrade, parts: CurrentParts, gate: CurrentGate) -> Tokens:
    """Trade the code that a browser brought to the desk for tokens; it is used up."""
    return await service.trade_code(parts.engines, gate, wish)


@router.post("/auth/refresh")
async def refresh(wish: Refresh, parts: CurrentParts, gate: CurrentGate) -> Tokens:
    """Trade a refresh token for new tokens; it is used up."""
    return await service.refresh(parts.engines, gate, wish.refresh_token)


@router.post("/auth/sign-out", status_code=204)
async def sign_out(wish: Refresh, parts: CurrentParts) -> None:
    """End the sign-in that a refresh token belongs to."""
    await service.sign_out(parts.engines, wish.refresh_token)


@router.get("/me")
async def me(tenant: CurrentTenant, who: CurrentMember, session: RequestSession) -> MeView:
    """Tell who is signed in."""
    return await service.me(session, tenant, who)


@router.get("/members")
async def members(tenant: CurrentTenant, session: RequestSession) -> list[MemberView]:
    """List the members of the tenant."""
    return await service.members(session, tenant)


@router.post("/members", status_code=201, dependencies=_MANAGES_MEMBERS)
async def add_member(wish: NewMember, parts: CurrentParts, gate: CurrentGate, who: CurrentMember) -> MemberView:
    """Make an account for a colleague."""
    return await service.add_member(parts.engines, gate, who, wish)


@router.put("/members/{account}", status_code=204, dependencies=_MANAGES_MEMBERS)
async def change_role(
    account: UUID, wish: RoleChange, tenant: CurrentTenant, who: CurrentMember, session: RequestSession
) -> None:
    """Give a member another role."""
    await service.change_role(session, tenant, who, account, wish.role)


@router.delete("/members/{account}", status_code=204, dependencies=_MANAGES_MEMBERS)
async def remove_member(account: UUID, tenant: CurrentTenant, who: CurrentMember, session: RequestSession) -> None:
    """End a membership."""
    await service.remove_member(session, tenant, who, account)


def address_of(request: Request) -> str:
    """The network address that a request came from."""
    return request.client.host if request.client else "unknown"
