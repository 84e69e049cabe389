"""Two tenants on one server never see each other; two chatbots answer from different models."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DOCUMENTS
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.paid import SLOW_ANSWER
from tests.e2e.running import RunningServer
from tests.e2e.sites import Website
from tests.e2e.visitor import Visitor
from tests.providers.loopback import Loopback


@contextmanager
def signed_in(desk: Desk) -> Iterator[httpx.Client]:
    """Open a client that carries this designer's access token."""
    with httpx.Client(base_url=desk.server.url) as client:
        answer = client.post("/api/auth/sign-in", json={"email": desk.email, "password": PASSWORD})
        client.headers["Authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"
        yield client


@pytest.fixture(scope="module")
def stranger(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("grace")


def test_another_tenants_chatbot_does_not_exist(keeper: str, desk: Desk, stranger: Desk) -> None:
    with signed_in(desk) as own, signed_in(stranger) as foreign:
        chatbot = own.get("/api/chatbots").json()[0]["id"]
        paths = [f"/api/chatbots/{chatbot}{rest}" for rest in ("/draft", "/documents", "/releases", "/embeds")]

        answers = [foreign.get(path).status_code for path in paths]
        missing = [foreign.get(path.replace(chatbot, str(uuid.uuid4()))).status_code for path in paths]
        listed = foreign.get("/api/chatbots").json()

    assert answers == missing == [404, 404, 404, 404]
    assert listed == []


def visit(server: RunningServer, snippet: str, site: Website, known: dict[str, str]) -> dict[str, Any]:
    """Open a visit as the frame does: its page holds the token that opens one."""
    embed = re.search(r'data-embed-id="([^"]+)"', snippet)
    assert embed
    frame = httpx.get(f"{server.url}/embed/{embed[1]}/frame", params={"site": site.origin}).raise_for_status().text
    token = re.search(r'"boot_token":\s*"([^"]+)"', frame)
    assert token
    answer = httpx.post(
        f"{server.url}/embed/{embed[1]}/visit", json=known, headers={"Authorization": f"Bearer {token[1]}"}
    )
    opened: dict[str, Any] = answer.raise_for_status().json()
    return opened


def test_a_visit_to_one_tenant_opens_no_conversation_of_another(
    page: Page, keeper: str, stranger: Desk, allowed_site: Website, server: RunningServer
) -> None:
    folder = stranger.make_project("Harbour", {"harbour.md": "# Harbour\n\nThe harbour master is called Ines."}, {})
    harbour = str(stranger.publish(folder, [allowed_site.origin])["snippet"])
    visitor = Visitor(page)
    visitor.open(allowed_site.put("/own", keeper))
    visitor.ask("What does a ticket cost?")
    visitor.wait_until_answered()
    kept = visitor.frame().evaluate("Object.values({...localStorage}).join()")
    conversation = re.search(r'"conversation(?:_id|Id)?":\s*"([^"]+)"', kept)
    key = re.search(r'"(?:visitor_key|visitorKey|key)":\s*"([^"]+)"', kept)
    assert conversation, kept
    assert key, kept
    known = {"visitor_key": key[1], "conversation_id": conversation[1]}

    own, other = (visit(server, snippet, allowed_site, known) for snippet in (keeper, harbour))

    assert own["conversation_id"] == known["conversation_id"]
    assert len(own["history"]) == 2
    assert other["conversation_id"] != known["conversation_id"]
    assert other["history"] == []


@pytest.mark.parametrize("model", ["openai", "anthropic"])
def test_the_same_chatbot_streams_from_a_paid_model(
    model: str, page: Page, desk: Desk, allowed_site: Website, provider: Loopback
) -> None:
    folder = desk.make_project(f"Paid {model}", DOCUMENTS, {"models": {"provider": model}})
    snippet = str(desk.publish(folder, [allowed_site.origin])["snippet"])
    visitor = Visitor(page)
    visitor.open(allowed_site.put(f"/{model}", snippet))

    visitor.ask("When does the lighthouse open in the morning?")
    answer = visitor.wait_until_answered()

    assert answer.split() == SLOW_ANSWER.split()
    assert provider.requests[-1].path == {"openai": "/v1/chat/completions", "anthropic": "/v1/messages"}[model]
