"""Addresses that operators and developers use: health, metrics, the API's description; and closed headers."""

import re

import httpx
from fastapi import FastAPI

from tests.server.conftest import Signed


async def test_the_server_lives_and_is_ready(client: httpx.AsyncClient) -> None:
    lives, ready = await client.get("/healthz"), await client.get("/readyz")

    assert (lives.json(), ready.json()) == ({"status": "ok"}, {"status": "ready"})


async def test_metrics_are_told_to_prometheus(client: httpx.AsyncClient) -> None:
    await client.get("/readyz")
    answer = await client.get("/metrics")

    assert 'troupe_requests_total{method="GET",route="/readyz",status="200"}' in answer.text


async def test_the_api_page_shows_every_operation_and_loads_nothing(app: FastAPI, client: httpx.AsyncClient) -> None:
    page = await client.get("/api/docs")
    described = (await client.get("/api/openapi.json")).json()
    operations = sum(len(methods) for methods in described["paths"].values())

    assert page.text.count("<article id=") == operations + page.text.count('<article id="type-')
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page.text) == []
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_answers_are_closed_to_frames_and_sniffing(client: httpx.AsyncClient, first: Signed) -> None:
    headers = (await client.get("/api/me", headers=first.headers)).headers

    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"


async def test_the_app_behind_uvicorn_answers(live_server: str) -> None:
    async with httpx.AsyncClient(base_url=live_server) as client:
        assert (await client.get("/readyz")).status_code == 200
