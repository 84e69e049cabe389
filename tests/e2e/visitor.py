"""A visitor on somebody's page: opens the launcher, asks, reads, and watches the character."""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any, cast

from playwright.sync_api import Frame, FrameLocator, Locator, Page

WAIT_MS = 30_000
LOOK_AGAIN_MS = 40
FRAME_ADDRESS = re.compile(r"/embed/[^/]+/frame")


class Visitor:
    """What a person does and sees on one page that carries an embed."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Go to the page, and press the launcher unless the chat opened by itself, as it does after a reload."""
        self.page.goto(address)
        self.ensure_open()

    def ensure_open(self) -> None:
        """Press the launcher where the chat is closed, and wait until one can write."""
        self.launcher.wait_for(timeout=WAIT_MS)
        if self.launcher.get_attribute("aria-expanded") == "false":
            self.launcher.click(timeout=WAIT_MS)
        self.composer.wait_for(timeout=WAIT_MS)

    @property
    def launcher(self) -> Locator:
        """The launcher's button in its shadow root."""
        return self.page.get_by_role("button", name=re.compile("chat with", re.IGNORECASE))

    @property
    def composer(self) -> Locator:
        """The field to write into."""
        return self._chat.get_by_role("textbox")

    @property
    def answers(self) -> Locator:
        """The chatbot's messages, the greeting first."""
        return self._chat.locator("li.line.chatbot")

    @property
    def marks(self) -> Locator:
        """Citation marks in the text."""
        return self._chat.locator("button.mark")

    @property
    def source_card(self) -> Locator:
        """The opened source."""
        return self._chat.locator(".card")

    @property
    def _chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def ask(self, question: str) -> None:
        """Write a question and send it."""
        self.composer.fill(question)
        self.composer.press("Enter")

    def last_answer(self) -> str:
        """Return what is shown of the newest answer."""
        return self.answers.last.locator(".bubble").last.inner_text()

    def wait_until_answered(self) -> str:
        """Wait until the newest answer is whole and revealed; return its text."""
        self.watch("document.querySelector('li.line.chatbot:last-of-type[data-outcome]:not([data-outcome=\"\"])')")
        self.watch("!document.querySelector('button.stop')")
        return self.last_answer()

    def frame(self) -> Frame:
        """Return the embed's frame."""
        return next(frame for frame in self.page.frames if FRAME_ADDRESS.search(frame.url))

    def watch(self, expression: str) -> Any:
        """Wait until a JavaScript expression in the frame is true, and return its value.

        Asked again and again from outside: the frame's own policy forbids it to evaluate text.
        """
        deadline = time.monotonic() + WAIT_MS / 1000
        while not (value := self.frame().evaluate(f"() => {{ const seen = {expression}; return Boolean(seen); }}")):
            if time.monotonic() > deadline:
                raise AssertionError(f"This did not become true in {WAIT_MS} ms: {expression}")
            self.page.wait_for_timeout(LOOK_AGAIN_MS)
        return value

    def stage(self) -> dict[str, Any]:
        """Return the stage's own state."""
        return cast(dict[str, Any], self.frame().evaluate("JSON.parse(JSON.stringify(window.__troupeStage))"))

    def wait_for_stage(self) -> None:
        """Wait until the avatar moves."""
        self.watch("window.__troupeStage && window.__troupeStage.ready")

    def wait_for_play(self, clips: Iterable[str]) -> None:
        """Wait until the stage has played one of these clips."""
        names = list(clips)
        self.watch(f"window.__troupeStage.plays.some((play) => {names!r}.includes(play.clip))")

    def picture(self) -> bytes:
        """Return the stage's canvas as PNG."""
        return self._chat.locator("canvas").first.screenshot()


def growing(read: Callable[[], str], until: Callable[[], bool]) -> list[str]:
    """Read again and again until a condition holds, and return each different value in its order."""
    seen = [read()]
    while not until():
        if (now := read()) != seen[-1]:
            seen.append(now)
    return seen
