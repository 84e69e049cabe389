"""Signing up and in: what is given, what is refused, and what is not told."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jwt
import pytest
from sqlalchemy import text

from server.config import Settings
from server.db.engine import platform_session
from server.web.parts import Parts
from server.web.signing import Signer
from tests.server.conftest import PASSWORD, SECRET, Signed, test_settings


async def sign_in(client: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    return await client.post("/api/auth/sign-in", json={"email": email, "password": password})


async def me(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.get("/api/me", headers={"Authorization": f"Bearer {token}"})


async def test_signing_in_gives_tokens_of_the_own_tenant(client: httpx.AsyncClient, first: Signed) -> None:
    answer = await sign_in(client, "  ADA@example.com ", PASSWORD)
    shown = await me(client, answer.json()["access_token"])

    assert answer.json()["tenant_id"] == str(first.tenant)
    assert (shown.json()["tenant_name"], shown.json()["role"]) == ("ada's company", "owner")


async def test_the_access_token_ends_within_ten_minutes(client: httpx.AsyncClient, first: Signed) -> None:
    ends = datetime.fromisoformat((await sign_in(client, first.email, PASSWORD)).json()["expires_at"])

    assert timedelta(minutes=5) < ends - datetime.now(UTC) <= timedelta(minutes=10)


async def test_an_unknown_address_and_a_wrong_password_look_the_same(client: httpx.AsyncClient, first: Signed) -> None:
    unknown = await sign_in(client, "nobody@example.com", PASSWORD)
    wrong = await sign_in(client, first.email, "not the password")

    assert (unknown.status_code, unknown.json()) == (wrong.status_code, wrong.json())
    assert (unknown.status_code, unknown.json()["code"]) == (401, "sign_in_failed")


async def test_an_address_has_one_account(client: httpx.AsyncClient, first: Signed) -> None:
    wish = {"email": first.email.upper(), "password": "another password", "name": "", "tenant_name": "Another"}
    answer = await client.post("/api/auth/sign-up", json=wish)

    assert (answer.status_code, answer.json()["code"]) == (409, "already_there")
    assert (await sign_in(client, first.email, PASSWORD)).status_code == 200


async def test_a_refused_sign_up_leaves_no_tenant(client: httpx.AsyncClient, parts: Parts, first: Signed) -> None:
    wish = {"email": first.email, "password": "another password", "name": "", "tenant_name": "Another"}
    await client.post("/api/auth/sign-up", json=wish)
    async with platform_session(parts.engines.platform) as session:
        tenants = await session.scalar(text("select count(*) from tenants"))

    assert tenants == 1


async def test_a_password_is_never_repeated(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/auth/sign-in", json={"email": "a@example.com", "password": "sehr7"})

    assert answer.status_code == 422
    assert "sehr7" not in answer.text


async def test_passwords_at_rest_are_argon2(client: httpx.AsyncClient, parts: Parts, first: Signed) -> None:
    async with platform_session(parts.engines.platform) as session:
        stored = await session.scalar(text("select password_hash from accounts"))

    assert stored is not None
    assert stored.startswith("$argon2id$")


@pytest.mark.parametrize("email", ["ada", "@example.com", "ada@", "ada lovelace@example.com", "a@b@c", "a\x00@b.c"])
async def test_a_slip_in_an_address_is_named(client: httpx.AsyncClient, email: str) -> None:
    wish = {"email": email, "password": PASSWORD, "name": "", "tenant_name": "Ada's"}
    answer = await client.post("/api/auth/sign-up", json=wish)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


class TestThrottle:
    """A server that lets each address try three times a minute."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return test_settings(tmp_path, sign_in_limit="3/minute")

    async def test_guessing_is_slowed_down_whether_the_account_exists_or_not(self, client: httpx.AsyncClient) -> None:
        answers = [await sign_in(client, "ada@example.com", f"guess number {n}") for n in range(4)]

        assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
        assert answers[-1].json()["code"] == "too_fast"
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60

    async def test_guessing_over_many_addresses_is_slowed_down_too(self, client: httpx.AsyncClient) -> None:
        answers = [await sign_in(client, f"user{n}@example.com", "password1") for n in range(16)]

        assert [answer.status_code for answer in answers] == [401] * 15 + [429]


def forged(settings: Settings, **changes: object) -> str:
    """A token signed with our key, with other claims."""
    signer = Signer(settings, "member")
    real = signer.sign({"sub": "x"}, timedelta(minutes=5))[0]
    key = signer._keys[signer._newest]
    header = jwt.get_unverified_header(real)
    claims = jwt.decode(real, options={"verify_signature": False}) | changes
    return jwt.encode(claims, key, "HS256", headers={"kid": header["kid"]})


def unsigned(token: str) -> str:
    """The same token with algorithm `none`."""
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."


async def test_a_token_without_a_signature_is_refused(client: httpx.AsyncClient, first: Signed) -> None:
    answer = await me(client, unsigned(first.tokens.access_token))

    assert answer.status_code == 401


@pytest.mark.parametrize("changes", [{"exp": 1_000_000}, {"aud": "visitor"}, {"iss": "somebody"}, {"sub": "not an id"},
                                     {"role": "emperor"}])  # fmt: skip
async def test_a_token_with_other_claims_is_refused(
    client: httpx.AsyncClient, settings: Settings, changes: dict[str, object]
) -> None:
    answer = await me(client, forged(settings, **changes))

    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")


async def test_a_token_of_another_audience_is_refused(client: httpx.AsyncClient, settings: Settings) -> None:
    token = Signer(settings, "visitor").sign({"sub": "x", "tenant": "x", "role": "owner"}, timedelta(minutes=5))[0]

    assert (await me(client, token)).status_code == 401


def test_a_token_of_the_secret_before_stays_valid(tmp_path: Path) -> None:
    old = Signer(test_settings(tmp_path), "member")
    rotated = test_settings(tmp_path, secret="another secret, of enough characters", previous_secret=SECRET)
    token = old.sign({"sub": "ada"}, timedelta(minutes=5))[0]

    assert Signer(rotated, "member").read(token)["sub"] == "ada"
