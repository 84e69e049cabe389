"""A visitor meets a published character on somebody's page."""

import re

import httpx
import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DECLINE
from tests.e2e.running import RunningServer
from tests.e2e.sites import Website
from tests.e2e.visitor import Visitor, growing


def test_a_question_is_answered_in_pieces_with_its_source(page: Page, keeper: str, allowed_site: Website) -> None:
    visitor = Visitor(page)
    visitor.open(allowed_site.put("/", keeper))

    visitor.ask("What does a ticket for the lighthouse cost?")
    shown = growing(visitor.last_answer, lambda: visitor.marks.count() > 0)
    answer = visitor.wait_until_answered()
    visitor.marks.first.click()

    assert "seven euros" in answer
    assert len(shown) > 2
    assert "tickets" in visitor.source_card.inner_text().lower()


def test_the_character_moves_and_shows_what_it_means(page: Page, keeper: str, allowed_site: Website) -> None:
    visitor = Visitor(page)
    visitor.open(allowed_site.put("/", keeper))
    visitor.wait_for_stage()
    at_rest = visitor.picture()

    visitor.ask("When does the lighthouse open in the morning?")
    visitor.wait_until_answered()
    visitor.wait_for_play(["Present", "Point_There"])

    assert visitor.picture() != at_rest
    assert visitor.stage()["clip"]


def test_what_nobody_told_it_is_declined_in_its_own_voice_with_a_shrug(
    page: Page, keeper: str, allowed_site: Website
) -> None:
    visitor = Visitor(page)
    visitor.open(allowed_site.put("/", keeper))
    visitor.wait_for_stage()

    visitor.ask("Which chess opening did Capablanca prefer against the Sicilian?")
    answer = visitor.wait_until_answered()
    visitor.wait_for_play(["Shrug"])

    assert DECLINE in answer
    assert visitor.marks.count() == 0


def test_a_page_that_is_not_allowed_shows_nothing(page: Page, keeper: str, other_site: Website) -> None:
    with page.expect_event("requestfailed", lambda request: "/config.json" in request.url):
        page.goto(other_site.put("/", keeper))
    page.wait_for_load_state("networkidle")

    assert page.locator("[data-troupe]").count() == 0
    assert Visitor(page).launcher.count() == 0


def test_a_page_that_is_not_allowed_cannot_frame_the_chat(
    page: Page, keeper: str, server: RunningServer, allowed_site: Website, other_site: Website
) -> None:
    embed = re.search(r'data-embed-id="([^"]+)"', keeper)
    assert embed
    frame = f"{server.url}/embed/{embed[1]}/frame"
    honest = httpx.get(frame, params={"site": other_site.origin})
    # A page that lies about itself gets a frame whose ancestors may only be the site that it named.
    lie = f'<iframe src="{frame}?site={allowed_site.origin}"></iframe>'
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(other_site.put("/lie", lie), wait_until="networkidle")

    assert honest.status_code == 403
    assert any("frame-ancestors" in text for text in blocked)
    assert page.frame_locator("iframe").get_by_role("textbox").count() == 0


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}])
def test_no_allowed_origin_means_no_configuration(
    headers: dict[str, str], keeper: str, server: RunningServer, allowed_site: Website
) -> None:
    embed = re.search(r'data-embed-id="([^"]+)"', keeper)
    assert embed

    answer = httpx.get(
        f"{server.url}/embed/{embed[1]}/config.json", params={"site": allowed_site.origin}, headers=headers
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "site_refused"
