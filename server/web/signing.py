"""Short signed tokens (JWT): one key per audience, made from the secret, so that no token passes for another kind."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from server.config import Settings
from shared.errors import SignInRequired

_ALGORITHM = "HS256"
_ISSUER = "troupe"
_LEEWAY_SECONDS = 5


class Signer:
    """Signs and reads the tokens of one audience, such as `member` or `visitor`."""

    def __init__(self, settings: Settings, audience: str) -> None:
        self.audience = audience
        old = settings.previous_secret
        secrets = [settings.signing_secret, *([old.get_secret_value()] if old else [])]
        keys = [_key_of(secret, audience) for secret in secrets]
        self._newest = _name_of(keys[0])
        self._keys = {_name_of(key): key for key in keys}

    def sign(self, claims: Mapping[str, Any], lifetime: timedelta) -> tuple[str, datetime]:
        """A token with `claims`, and when it ends."""
        now = datetime.now(UTC).replace(microsecond=0)
        ends = now + lifetime
        standing = {"iss": _ISSUER, "aud": self.audience, "iat": now, "exp": ends}
        key = self._keys[self._newest]
        return jwt.encode({**claims, **standing}, key, _ALGORITHM, headers={"kid": self._newest}), ends

    def read(self, token: str) -> dict[str, Any]:
        """The claims of a token that is ours, for this audience, and not over.

        Raises: SignInRequired: it is not.
        """
        try:
            key = self._keys[str(jwt.get_unverified_header(token).get("kid"))]
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[_ALGORITHM],
                audience=self.audience,
                issuer=_ISSUER,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "aud", "iss"]},
            )
        except (jwt.InvalidTokenError, KeyError) as error:
            raise SignInRequired from error
        return claims


def _key_of(secret: str, audience: str) -> bytes:
    return hmac.new(secret.encode(), f"token {audience}".encode(), hashlib.sha256).digest()


def _name_of(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:12]
