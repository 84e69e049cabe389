"""Refresh tokens: traded once, forgiving for seconds, and ended for all when one comes again."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from server.config import Settings
from server.db.engine import platform_session
from server.web.parts import Parts
from tests.server.conftest import Signed, test_settings


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/api/auth/refresh", json={"refresh_token": token})


async def age_tokens(parts: Parts, seconds: int) -> None:
    """Lets time pass for tokens that were used, by the database's clock."""
    ageing = text("update refresh_tokens set used_at = used_at - make_interval(secs => :seconds)")
    async with platform_session(parts.engines.platform) as session:
        await session.execute(ageing, {"seconds": seconds})


async def test_a_refresh_token_is_traded_for_new_tokens(client: httpx.AsyncClient, first: Signed) -> None:
    answer = await refresh(client, first.tokens.refresh_token)
    me = await client.get("/api/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"})

    assert answer.status_code == 200
    assert answer.json()["refresh_token"] != first.tokens.refresh_token
    assert (me.json()["email"], me.json()["tenant_id"]) == (first.email, str(first.tenant))


async def test_a_stolen_token_ends_the_whole_family(client: httpx.AsyncClient, parts: Parts, first: Signed) -> None:
    owner = (await refresh(client, first.tokens.refresh_token)).json()
    await age_tokens(parts, 16)

    thief = await refresh(client, first.tokens.refresh_token)
    owner_again = await refresh(client, owner["refresh_token"])
    async with platform_session(parts.engines.platform) as session:
        families = (await session.execute(text("select breached, ended_at is not null from refresh_families"))).all()

    assert (thief.status_code, thief.json()["code"]) == (401, "refresh_reused")
    assert (owner_again.status_code, owner_again.json()["code"]) == (401, "sign_in_required")
    assert [tuple(row) for row in families] == [(True, True)]


async def test_within_the_grace_a_retry_is_given_a_sibling(
    client: httpx.AsyncClient, parts: Parts, first: Signed
) -> None:
    lost = await refresh(client, first.tokens.refresh_token)
    await age_tokens(parts, 13)
    retried = await refresh(client, first.tokens.refresh_token)
    both = [await refresh(client, answer.json()["refresh_token"]) for answer in (lost, retried)]

    assert lost.json()["refresh_token"] != retried.json()["refresh_token"]
    assert [answer.status_code for answer in both] == [200, 200]


async def test_two_tabs_that_refresh_at_once_both_stay_signed_in(client: httpx.AsyncClient, first: Signed) -> None:
    answers = await asyncio.gather(*(refresh(client, first.tokens.refresh_token) for _ in range(5)))
    following = [await refresh(client, answer.json()["refresh_token"]) for answer in answers]

    assert {answer.status_code for answer in (*answers, *following)} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 5


async def test_a_second_sign_in_survives_the_breach_of_the_first(
    client: httpx.AsyncClient, parts: Parts, first: Signed
) -> None:
    wish = {"email": first.email, "password": "correct horse battery"}
    desk = (await client.post("/api/auth/sign-in", json=wish)).json()
    await refresh(client, first.tokens.refresh_token)
    await age_tokens(parts, 16)
    await refresh(client, first.tokens.refresh_token)

    answer = await refresh(client, desk["refresh_token"])

    assert answer.status_code == 200


async def test_signing_out_ends_the_family(client: httpx.AsyncClient, first: Signed) -> None:
    newest = (await refresh(client, first.tokens.refresh_token)).json()["refresh_token"]
    out = await client.post("/api/auth/sign-out", json={"refresh_token": newest})
    after = await refresh(client, newest)

    assert (out.status_code, after.status_code) == (204, 401)


@pytest.mark.parametrize("token", ["", "nonsense", "trp_rt_" + "A" * 43])
async def test_an_unknown_token_is_refused(client: httpx.AsyncClient, token: str) -> None:
    answer = await refresh(client, token)

    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")


async def test_tokens_at_rest_are_digests(client: httpx.AsyncClient, parts: Parts, first: Signed) -> None:
    async with platform_session(parts.engines.platform) as session:
        stored = await session.scalar(text("select string_agg(encode(digest, 'escape'), ' ') from refresh_tokens"))

    assert stored
    assert first.tokens.refresh_token not in stored


class TestShortSignIns:
    """A server whose sign-ins last no time at all."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return test_settings(tmp_path, refresh_lifetime=timedelta(0))

    async def test_an_unused_sign_in_ends_by_itself(self, client: httpx.AsyncClient, first: Signed) -> None:
        answer = await refresh(client, first.tokens.refresh_token)

        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")
