"""What visitors are given: a boot token with the frame's page, and for it a visitor token bound to one conversation.

Neither is a credential of the customer's: who holds one may talk to this embed, as anybody on its site may.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.config import Settings
from server.db.base import TenantId
from server.web.signing import Signer
from shared.errors import SignInRequired

_BOOT_LIFETIME = timedelta(hours=12)
"""A tab that stays open must be able to begin a new visit when its visitor token ends."""
_VISITOR_LIFETIME = timedelta(hours=2)
_KEY_PREFIX = "trp_vk_"


@dataclass(frozen=True)
class BootClaims:
    """The frame's page was served for this embed, to be shown on this site."""

    tenant_id: TenantId
    embed_id: str
    site: str
    """Origin of the page that shows the frame, such as `https://example.com`."""


@dataclass(frozen=True)
class VisitorClaims:
    """A visitor in one conversation, on one site, with one release."""

    tenant_id: TenantId
    embed_id: str
    site: str
    release_id: UUID
    conversation_id: UUID
    visitor_id: UUID


class VisitorTokens:
    """Signs and reads both kinds of token; made once by `app.py`, as `app.state.visitor_tokens`."""

    def __init__(self, settings: Settings) -> None:
        self._boots = Signer(settings, "boot")
        self._visitors = Signer(settings, "visitor")
        self._secret = settings.signing_secret

    def sign_boot(self, claims: BootClaims) -> str:
        """A token for the frame's page."""
        given = {"tenant": str(claims.tenant_id), "embed": claims.embed_id, "site": claims.site}
        return self._boots.sign(given, _BOOT_LIFETIME)[0]

    def verify_boot(self, token: str) -> BootClaims:
        """The claims of a boot token.

        Raises: SignInRequired: it is none of ours, or over.
        """
        claims = self._boots.read(token)
        try:
            return BootClaims(TenantId(UUID(claims["tenant"])), str(claims["embed"]), str(claims["site"]))
        except (KeyError, ValueError) as error:
            raise SignInRequired from error

    def sign_visitor(self, claims: VisitorClaims) -> tuple[str, datetime]:
        """A token for the chat's socket, and when it ends."""
        given = {
            "sub": str(claims.visitor_id), "tenant": str(claims.tenant_id), "embed": claims.embed_id,
            "site": claims.site, "release": str(claims.release_id), "conversation": str(claims.conversation_id),
        }  # fmt: skip
        return self._visitors.sign(given, _VISITOR_LIFETIME)

    def verify_visitor(self, token: str) -> VisitorClaims:
        """The claims of a visitor token.

        Raises: SignInRequired: it is none of ours, or over.
        """
        claims = self._visitors.read(token)
        try:
            return _visitor(claims)
        except (KeyError, ValueError) as error:
            raise SignInRequired from error

    def visitor_of(self, tenant: TenantId, visitor_key: str) -> UUID:
        """Who holds a visitor key: another visitor in each tenant, so that nobody can follow one across sites."""
        message = f"visitor {tenant} {visitor_key}".encode()
        return UUID(bytes=hmac.new(self._secret.encode(), message, hashlib.sha256).digest()[:16])


def new_visitor_key() -> str:
    """A key that a browser keeps to be known again; we keep nothing of it."""
    return _KEY_PREFIX + secrets.token_urlsafe(24)


def is_visitor_key(text: str | None) -> bool:
    """Whether this may be a key that we gave."""
    return text is not None and text.startswith(_KEY_PREFIX) and len(text) < 100


def _visitor(claims: dict[str, Any]) -> VisitorClaims:
    return VisitorClaims(
        tenant_id=TenantId(UUID(claims["tenant"])),
        embed_id=str(claims["embed"]),
        site=str(claims["site"]),
        release_id=UUID(claims["release"]),
        conversation_id=UUID(claims["conversation"]),
        visitor_id=UUID(claims["sub"]),
    )
