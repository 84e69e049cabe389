"""A reload in mid-answer, a second tab, a new visit: nothing is lost and nothing is asked twice."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DOCUMENTS
from tests.e2e.desk import Desk
from tests.e2e.paid import SLOW_ANSWER
from tests.e2e.sites import Website
from tests.e2e.visitor import WAIT_MS, Visitor
from tests.providers.loopback import Loopback

QUESTION = "When does the lighthouse open in the morning?"


@pytest.fixture(scope="module")
def slow_snippet(desk: Desk, allowed_site: Website) -> str:
    folder = desk.make_project("Slow keeper", DOCUMENTS, {"models": {"provider": "openai"}})
    return str(desk.publish(folder, [allowed_site.origin])["snippet"])


@pytest.fixture
def visitor(page: Page, slow_snippet: str, allowed_site: Website) -> Visitor:
    met = Visitor(page)
    met.open(allowed_site.put("/slow", slow_snippet))
    return met


def test_a_reload_in_mid_answer_resumes_it(visitor: Visitor, provider: Loopback) -> None:
    asked_before = len(provider.requests)
    visitor.ask(QUESTION)
    visitor.answers.get_by_text("The lighthouse opens").wait_for(timeout=WAIT_MS)

    visitor.page.reload()
    visitor.ensure_open()
    answer = visitor.wait_until_answered()

    assert answer.split() == SLOW_ANSWER.split()
    assert len(provider.requests) == asked_before + 1


def test_the_conversation_is_there_again_on_the_next_visit(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.wait_until_answered()

    visitor.open(visitor.page.url)
    visitor.answers.get_by_text("The lighthouse opens").wait_for(timeout=WAIT_MS)

    assert visitor.page.frame_locator("iframe").get_by_text(QUESTION).count() == 1


def test_stop_ends_the_answer_and_keeps_what_was_shown(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.answers.get_by_text("The lighthouse opens").wait_for(timeout=WAIT_MS)

    visitor.page.frame_locator("iframe").get_by_role("button", name="Stop the answer").click()
    visitor.watch("!document.querySelector('button.stop')")
    answer = visitor.last_answer()

    assert answer.startswith("The lighthouse opens")
    assert "without one" not in answer
