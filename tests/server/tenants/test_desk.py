"""Signing the studio in by browser: what is asked, what is handed back, and what is never honoured."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import text

from server.db.engine import platform_session
from server.web.parts import Parts
from tests.server.conftest import PASSWORD, Signed

REDIRECT = "http://127.0.0.1:40123/signed-in"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ASKED = {
    "response_type": "code", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    "redirect_uri": REDIRECT, "state": "a state & more",
}  # fmt: skip


async def page(client: httpx.AsyncClient, **changes: str) -> httpx.Response:
    return await client.get("/sign-in/desk", params=ASKED | changes)


async def answered(client: httpx.AsyncClient, email: str, answer: str = "allow", **changes: str) -> httpx.Response:
    """Open the page, fill it in and send it."""
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await page(client)).text)
    assert ticket is not None
    form = {"ticket": ticket.group(1), "email": email, "password": PASSWORD, "answer": answer}
    return await client.post("/sign-in/desk", data=form | changes)


def code_in(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    assert place._replace(query="").geturl() == REDIRECT
    given = parse_qs(place.query)
    assert given["state"] == [ASKED["state"]]
    return given["code"][0]


async def traded(client: httpx.AsyncClient, code: str, **changes: str) -> httpx.Response:
    wish = {"code": code, "verifier": VERIFIER, "redirect_uri": REDIRECT}
    return await client.post("/api/auth/code", json=wish | changes)


async def test_a_code_is_traded_for_a_sign_in_of_its_own(client: httpx.AsyncClient, first: Signed) -> None:
    code = code_in(await answered(client, first.email))

    tokens = (await traded(client, code)).json()
    me = await client.get("/api/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})

    assert (me.json()["email"], me.json()["tenant_id"]) == (first.email, str(first.tenant))
    assert tokens["refresh_token"] != first.tokens.refresh_token


async def test_a_code_that_comes_twice_ends_the_sign_in_too(client: httpx.AsyncClient, first: Signed) -> None:
    code = code_in(await answered(client, first.email))
    tokens = (await traded(client, code)).json()

    again = await traded(client, code)
    refreshed = await client.post("/api/auth/refresh", json={"refresh_token": tokens["refresh_token"]})

    assert (again.status_code, refreshed.status_code) == (401, 401)


@pytest.mark.parametrize("change", [{"verifier": "w" * 64}, {"redirect_uri": "http://127.0.0.1:40124/signed-in"}])
async def test_a_code_is_worth_nothing_to_anybody_else(
    client: httpx.AsyncClient, first: Signed, change: dict[str, str]
) -> None:
    code = code_in(await answered(client, first.email))

    stolen = await traded(client, code, **change)
    mine = await traded(client, code)

    # Used up by the first who came, whoever that was.
    assert (stolen.status_code, mine.status_code) == (401, 401)


async def test_a_code_ends_within_a_minute(client: httpx.AsyncClient, parts: Parts, first: Signed) -> None:
    code = code_in(await answered(client, first.email))
    async with platform_session(parts.engines.platform) as session:
        await session.execute(text("update sign_in_codes set expires_at = expires_at - interval '61 seconds'"))

    assert (await traded(client, code)).status_code == 401


async def test_codes_at_rest_are_digests(client: httpx.AsyncClient, parts: Parts, first: Signed) -> None:
    code = code_in(await answered(client, first.email))
    async with platform_session(parts.engines.platform) as session:
        kept = await session.scalar(text("select string_agg(sign_in_codes::text, ' ') from sign_in_codes"))

    assert CHALLENGE in str(kept)
    assert code not in str(kept)


@pytest.mark.parametrize(
    "redirect",
    [
        "https://evil.example/x", "http://127.0.0.1.evil.example:80/x", "http://localhost:80/x", "http://127.0.0.1/x",
        "http://127.0.0.1:99999/x", "http://user@127.0.0.1:80/x", "http://127.0.0.1:80/x?y=1",
        "javascript:alert(1)", "",
    ],
)  # fmt: skip
async def test_only_this_very_computer_may_ask(client: httpx.AsyncClient, redirect: str) -> None:
    answer = await page(client, redirect_uri=redirect)

    assert answer.status_code == 400
    assert "<form" not in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "change", [{"code_challenge_method": "plain"}, {"code_challenge": "short"}, {"response_type": "token"}]
)
async def test_a_request_without_proof_is_refused(client: httpx.AsyncClient, change: dict[str, str]) -> None:
    assert (await page(client, **change)).status_code == 400


async def test_the_page_is_closed_to_everything_but_its_own_form(client: httpx.AsyncClient) -> None:
    answer = await page(client, login_hint='"><script>alert(1)</script>')

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:40123" in policy
    assert "script" not in policy
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_a_wrong_password_is_said_on_the_page(client: httpx.AsyncClient, first: Signed) -> None:
    wrong = await answered(client, first.email, password="not the password")
    short = await answered(client, first.email, password="x")

    assert (wrong.status_code, short.status_code) == (401, 422)
    assert "do not belong together" in wrong.text
    assert first.email in wrong.text


async def test_cancelling_goes_back_without_a_code(client: httpx.AsyncClient) -> None:
    answer = await answered(client, "", "deny")

    assert parse_qs(urlsplit(answer.headers["location"]).query)["error"] == ["access_denied"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
async def test_a_form_from_another_site_is_refused(
    client: httpx.AsyncClient, first: Signed, headers: dict[str, str]
) -> None:
    ticket = re.search(r'name="ticket" value="([^"]+)"', (await page(client)).text)
    assert ticket is not None
    form = {"ticket": ticket.group(1), "email": first.email, "password": PASSWORD, "answer": "allow"}

    assert (await client.post("/sign-in/desk", data=form, headers=headers)).status_code == 403


async def test_a_ticket_is_ours_or_none(client: httpx.AsyncClient, first: Signed) -> None:
    forged = await answered(client, first.email, ticket=first.tokens.access_token)

    assert (forged.status_code, "<form" in forged.text) == (400, False)
