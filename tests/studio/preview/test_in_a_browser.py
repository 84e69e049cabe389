"""The real widget in a real Chromium over the preview: what the look says is what a visitor sees."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, FrameLocator, Page, async_playwright

from shared.contract.chatbot import WidgetTexts
from studio.model.looks import with_look, with_placement
from tests.e2e.browser import FLAGS, chromium_path
from tests.studio.preview.test_preview import Desk, desk, pytestmark

__all__ = ["desk", "pytestmark"]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
OWN = WidgetTexts(title="Museums-Hilfe", teaser="Fragen?", placeholder="Was darf es sein?",
                  consent="Es gilt die [Auskunft](https://example.com/).")  # fmt: skip


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium without a window."""
    async with async_playwright() as play:
        started = await play.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield started
        await started.close()


async def _open(browser: Browser, desk: Desk, path: str = "", **context: Any) -> tuple[Page, FrameLocator]:
    page = await (await browser.new_context(**context)).new_page()
    await page.goto(desk.address + path)
    return page, page.frame_locator("iframe")


async def _style(found: Any, name: str) -> str:
    return str(await found.evaluate(f"element => getComputedStyle(element).getPropertyValue('{name}')"))


async def test_a_desktop_sees_the_look(desk: Desk, browser: Browser) -> None:
    look = {"accent": "#ffd60a", "background": "#0b3d2e", "corners": 4, "size": "large", "texts": {"de": OWN}}
    desk.draft = with_placement(with_look(desk.draft, **look), side="left", offset_x=60, offset_y=40, locale="de-AT")
    page, frame = await _open(browser, desk, viewport=DESKTOP, locale="en-US")

    await frame.get_by_role("heading", name="Museums-Hilfe").wait_for()
    launcher = await page.locator(".launcher").bounding_box()
    window = await page.locator(".panel").bounding_box()

    assert launcher is not None
    assert window is not None
    assert (round(launcher["x"]), round(800 - launcher["y"] - launcher["height"])) == (60, 40)
    assert (round(window["x"]), round(window["width"])) == (60, round(404 * 1.18))
    assert window["y"] + window["height"] <= launcher["y"]
    assert await _style(page.locator(".panel"), "border-top-left-radius") == "4px"
    assert await _style(frame.locator("h1"), "color") == "rgb(255, 255, 255)"
    assert await frame.locator("html").get_attribute("lang") == "de-AT"
    assert await frame.get_by_role("textbox").get_attribute("placeholder") == "Was darf es sein?"
    assert await frame.get_by_role("link", name="Auskunft").get_attribute("href") == "https://example.com/"
    assert await frame.get_by_role("button", name="Senden").count() == 1


async def test_a_phone_gets_a_sheet_and_the_teaser_before(desk: Desk, browser: Browser) -> None:
    texts = {"en": WidgetTexts(teaser="A long question that a visitor of this page could perhaps have, and more of it")}
    desk.draft = with_look(desk.draft, texts=texts)
    page, frame = await _open(browser, desk, "closed", viewport=PHONE, has_touch=True, is_mobile=True)

    teaser = await page.locator(".teaser").bounding_box()
    assert teaser is not None
    assert teaser["x"] >= 0
    await page.locator(".launcher").tap()
    await frame.get_by_role("textbox").wait_for()
    await page.wait_for_timeout(400)
    window = await page.locator(".panel").bounding_box()

    assert window == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert await page.locator(".teaser").count() == 0


async def test_arabic_is_read_from_the_right_and_inline_stands_in_the_text(desk: Desk, browser: Browser) -> None:
    desk.draft = with_placement(with_look(desk.draft, theme="dark"), mode="inline", locale="ar")
    page, frame = await _open(browser, desk, viewport=DESKTOP)

    await frame.get_by_role("textbox").wait_for()

    assert await frame.locator("html").get_attribute("dir") == "rtl"
    assert await frame.locator("html").get_attribute("data-theme") == "dark"
    assert await page.locator("main [data-troupe]").count() == 1
    assert await page.locator(".launcher").count() == 0
