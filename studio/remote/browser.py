"""Signing in by browser: the server's page asks, and sends a code back to a loopback address of this desk.

Source: RFC 8252, RFC 7636. The password never comes near the studio.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from shared.contract.sync import CodeTrade
from shared.errors import Refused, SignInRequired, Unavailable
from studio.remote.account import Account

PATIENCE_SECONDS = 300.0
"""How long somebody may take in the browser."""
_PATH = "/signed-in"
_LONGEST_HEAD = 16_384
_STYLE = """
:root { color-scheme: light dark; }
body { align-items: center; display: flex; font: 17px/1.6 system-ui, sans-serif; justify-content: center;
  margin: 0; min-height: 100vh; padding: 1.5rem; text-align: center; box-sizing: border-box; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
p { margin: 0; opacity: .75; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


@dataclass
class _Visit:
    """What the browser is expected to bring."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    brought: asyncio.Future[str] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def sign_in_by_browser(account: Account, open_page: Callable[[str], object], email: str = "") -> None:
    """Sign in on the server's own page.

    Args:
        open_page: shows an address in the system's browser.
        email: filled in on the page where it is known.
    Raises: Refused: somebody pressed Cancel there. Unavailable: nobody answered in time, or no port is free.
        SignInRequired: the server does not honour the code.
    """
    visit = _Visit()
    try:
        server = await asyncio.start_server(lambda reader, writer: _answer(visit, reader, writer), "127.0.0.1", 0)
    except OSError as error:
        raise Unavailable("This desk has no free port for the browser's answer. Sign in with a password.") from error
    async with server:
        redirect = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{_PATH}"
        open_page(f"{account.server}/sign-in/desk?{urlencode(_asked(visit, redirect, email))}")
        code = await _brought(visit)
        # The trade comes before the server closes: the browser may still be reading its page.
        await account.trade_code(CodeTrade(code=code, verifier=visit.verifier, redirect_uri=redirect))


def _asked(visit: _Visit, redirect: str, email: str) -> dict[str, str]:
    proof = {"code_challenge": visit.challenge, "code_challenge_method": "S256"}
    return {"response_type": "code", **proof, "redirect_uri": redirect, "state": visit.state, "login_hint": email}


async def _brought(visit: _Visit) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await visit.brought
    except TimeoutError as error:
        raise Unavailable("Nobody answered in the browser. Sign in again when you are ready.") from error


async def _answer(visit: _Visit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One request of the browser; whatever else knocks at this port learns nothing."""
    with suppress(ConnectionError, asyncio.LimitOverrunError, asyncio.IncompleteReadError, ValueError):
        head = (await reader.readuntil(b"\r\n\r\n"))[:_LONGEST_HEAD]
        status, title, words = _heard(visit, head.split(b"\r\n", 1)[0].decode("ascii", "replace"))
        writer.write(_page(status, title, words))
        await writer.drain()
    writer.close()


def _heard(visit: _Visit, request: str) -> tuple[str, str, str]:
    verb, _, rest = request.partition(" ")
    place = urlsplit(rest.partition(" ")[0])
    given = {name: values[0] for name, values in parse_qs(place.query).items()}
    fits = hmac.compare_digest(given.get("state", "").encode(), visit.state.encode())
    if verb != "GET" or place.path != _PATH or not fits:
        return "404 Not Found", "Nothing here", "This address is for the studio's sign-in alone."
    if not visit.brought.done():
        _bring(visit, given)
    if "code" in given:
        return "200 OK", "Back to the studio", "You are signed in there. This page can be closed."
    return "200 OK", "Not signed in", "The studio was not let in. This page can be closed."


def _bring(visit: _Visit, given: dict[str, str]) -> None:
    if "code" in given:
        visit.brought.set_result(given["code"])
    elif given.get("error") == "access_denied":
        visit.brought.set_exception(Refused("The sign-in was cancelled in the browser."))
    else:
        visit.brought.set_exception(SignInRequired())


def _page(status: str, title: str, words: str) -> bytes:
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1><p>{escape(words)}</p></main></body></html>"
    ).encode()
    policy = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'"
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        f"Content-Security-Policy: {policy}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
