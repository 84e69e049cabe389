"""Who is signed in to a server: tokens from the vault, refreshed once for everybody who waits."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from shared.contract.sync import CodeTrade, MeView, Refresh, SignIn, SignUp, Tokens
from shared.errors import BadRequest, Refused, SignInRequired
from studio.remote.vault import KeptSignIn, Vault
from studio.remote.wire import Wire, answer_of

Credentials = TypeVar("Credentials", bound=SignIn)
REFRESH_BEFORE_END = timedelta(seconds=60)
"""Refresh early, so that no request starts with a token that ends on the way."""


class Account:
    """A member's way to one server. Every signed request goes through `send`."""

    def __init__(self, wire: Wire, vault: Vault) -> None:
        self._wire = wire
        self._vault = vault
        self._refreshing = asyncio.Lock()
        self._kept = vault.load(wire.server)

    @property
    def server(self) -> str:
        """The server's address."""
        return self._wire.server

    @property
    def email(self) -> str | None:
        """Who is signed in; None when nobody is."""
        return self._kept.email if self._kept else None

    @property
    def kept(self) -> KeptSignIn | None:
        """The sign-in as it is kept, with who it is and where; None when nobody is signed in."""
        return self._kept

    async def sign_in(self, credentials: SignIn) -> None:
        """Sign in. Raises: SignInFailed: e-mail and password do not fit. Unavailable: the server is away."""
        response = await self._wire.send("POST", "/api/auth/sign-in", body=credentials)
        await self._enter(answer_of(response, Tokens))

    async def sign_up(self, account: SignUp) -> None:
        """Make an account and sign in. Raises: AlreadyThere: the e-mail has one."""
        response = await self._wire.send("POST", "/api/auth/sign-up", body=account)
        await self._enter(answer_of(response, Tokens))

    async def trade_code(self, trade: CodeTrade) -> None:
        """Sign in with the code that a browser brought. Raises: SignInRequired: it is not honoured."""
        await self._enter(answer_of(await self._wire.send("POST", "/api/auth/code", body=trade), Tokens))

    async def _enter(self, tokens: Tokens) -> None:
        """Keep a new sign-in, with the name that the server knows it by."""
        me = answer_of(await self._wire.send("GET", "/api/me", token=tokens.access_token), MeView)
        known = {"email": me.email, "name": me.name, "tenant_name": me.tenant_name, "role": me.role}
        self._keep(KeptSignIn(server=self.server, tokens=tokens, **known))

    async def close(self) -> None:
        """Close the connection; the sign-in stays."""
        await self._wire.close()

    async def sign_out(self) -> None:
        """End the sign-in here, and on the server where it can be reached."""
        kept, self._kept = self._kept, None
        self._vault.forget(self.server)
        if kept is not None:
            await self._wire.send(
                "POST",
                "/api/auth/sign-out",
                body=Refresh(refresh_token=kept.tokens.refresh_token),
                token=kept.tokens.access_token,
            )

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: BaseModel | bytes | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str | int] | None = None,
    ) -> httpx.Response:
        """Send one request as the member who is signed in; a token refused in between is refreshed once.

        Raises: SignInRequired: nobody is signed in, or the sign-in has ended.
        """
        token = await self._token()
        try:
            return await self._wire.send(method, path, body=body, token=token, headers=headers, query=query)
        except SignInRequired:
            token = await self._token(refused=token)
            return await self._wire.send(method, path, body=body, token=token, headers=headers, query=query)

    async def _token(self, refused: str | None = None) -> str:
        async with self._refreshing:
            kept = self._kept
            if kept is None:
                raise SignInRequired
            ending = kept.tokens.expires_at - datetime.now(UTC) < REFRESH_BEFORE_END
            if not ending and kept.tokens.access_token != refused:
                return kept.tokens.access_token
            return await self._refreshed(kept)

    async def _refreshed(self, kept: KeptSignIn) -> str:
        # A refresh token is used once: another studio on this desk may have traded it already.
        newest = self._vault.load(self.server)
        if newest is not None and newest.tokens != kept.tokens:
            self._kept = newest
            return newest.tokens.access_token
        try:
            body = Refresh(refresh_token=kept.tokens.refresh_token)
            response = await self._wire.send("POST", "/api/auth/refresh", body=body)
        except Refused as error:
            self._kept = None
            self._vault.forget(self.server)
            raise SignInRequired from error
        return self._keep(kept.model_copy(update={"tokens": answer_of(response, Tokens)})).tokens.access_token

    def _keep(self, kept: KeptSignIn) -> KeptSignIn:
        self._kept = kept
        self._vault.save(kept)
        return kept


def checked_credentials(kind: type[Credentials], **fields: str) -> Credentials:
    """Credentials as the contract wants them.

    Raises: BadRequest: one of the fields does not fit.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        if error.errors()[0]["loc"][0] == "password":
            raise BadRequest("A password has 8 characters or more.") from error
        raise BadRequest("Give your e-mail address and password.") from error
