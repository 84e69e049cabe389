"""What a member's route asks for: who is signed in, in which tenant, and a session that sees only that tenant."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated

import structlog
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from server.db.base import TenantId
from server.db.engine import Session, tenant_session
from server.tenants.gate import CurrentGate, SignedIn
from server.web.parts import CurrentParts
from shared.contract.sync import Permission
from shared.errors import SignInRequired

_BEARER = HTTPBearer(auto_error=False, description="The access token of a sign-in.")


async def signed_in(
    gate: CurrentGate, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> SignedIn:
    """Who the request's access token speaks for.

    Raises: SignInRequired: there is none, or it is not valid.
    """
    if bearer is None:
        raise SignInRequired
    who = gate.read(bearer.credentials)
    structlog.contextvars.bind_contextvars(tenant_id=str(who.tenant_id))
    return who


CurrentMember = Annotated[SignedIn, Depends(signed_in)]


async def current_tenant(who: CurrentMember) -> TenantId:
    """The tenant that the access token is bound to."""
    return who.tenant_id


CurrentTenant = Annotated[TenantId, Depends(current_tenant)]


async def request_session(parts: CurrentParts, tenant: CurrentTenant) -> AsyncIterator[Session]:
    """One transaction around the route, committed before the answer leaves."""
    async with tenant_session(parts.engines.app, tenant) as session:
        yield session


RequestSession = Annotated[Session, Depends(request_session, scope="function")]


def may(permission: Permission) -> Callable[..., object]:
    """A dependency for `dependencies=[Depends(may("publish"))]`: refuses members whose role lacks the permission."""

    async def check(who: CurrentMember) -> None:
        who.need(permission)

    return check
