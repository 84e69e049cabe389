"""The gate of the members' side: access tokens, passwords and the throttle, made once by `app.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, get_args
from uuid import UUID

from fastapi import Depends, Request

from server.accounts.passwords import Passwords
from server.accounts.service import Lifetimes
from server.accounts.throttle import SignInThrottle
from server.config import Settings
from server.db.base import TenantId
from server.tenants.permissions import PERMISSIONS
from server.web.signing import Signer
from shared.contract.sync import MemberRole, Permission
from shared.errors import Refused, SignInRequired


@dataclass(frozen=True)
class SignedIn:
    """Who a valid access token speaks for: an account in one tenant."""

    account_id: UUID
    tenant_id: TenantId
    role: MemberRole

    def need(self, permission: Permission) -> None:
        """Raises: Refused: the role does not include the permission."""
        if permission not in PERMISSIONS[self.role]:
            raise Refused(f"Your role, {self.role}, does not include this: ask an owner or admin of the tenant.")


class Gate:
    """Lets members in: what signing in and checking a token need."""

    def __init__(self, settings: Settings) -> None:
        self.passwords = Passwords()
        self.throttle = SignInThrottle(settings)
        self.lifetimes = Lifetimes(settings.refresh_lifetime, settings.refresh_grace)
        self.forms = Signer(settings, "desk-form")
        self._signer = Signer(settings, "member")
        self._access_lifetime = settings.access_lifetime

    def access_token(self, who: SignedIn) -> tuple[str, datetime]:
        """A short token that is bound to one tenant, and when it ends."""
        claims = {"sub": str(who.account_id), "tenant": str(who.tenant_id), "role": who.role}
        return self._signer.sign(claims, self._access_lifetime)

    def read(self, token: str) -> SignedIn:
        """Who the access token speaks for.

        Raises: SignInRequired: it is none of ours, or over.
        """
        claims = self._signer.read(token)
        role: Any = claims.get("role")
        if role not in get_args(MemberRole):
            raise SignInRequired
        try:
            return SignedIn(UUID(claims["sub"]), TenantId(UUID(claims["tenant"])), role)
        except (KeyError, ValueError) as error:
            raise SignInRequired from error


def gate_of(request: Request) -> Gate:
    """The gate of the app that a request came to."""
    gate: Gate = request.app.state.gate
    return gate


CurrentGate = Annotated[Gate, Depends(gate_of)]
