"""What is made of an avatar reaches those it is made for: the lighter file moves, still pictures act without it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.e2e.desk import Desk
from tests.e2e.sites import Website
from tests.e2e.visitor import Visitor

SPRITES = "document.querySelector('.stage > canvas.sprites')"
_COLUMN = f"""(() => {{
  const picture = {SPRITES};
  const pixels = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height).data;
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) sum = (sum * 31 + pixels[at] + pixels[at + 3]) % 1000003;
  return sum;
}})()"""


@pytest.fixture(scope="module")
def light(desk: Desk, allowed_site: Website) -> str:
    """A published chatbot with everything that is made of its avatar; the snippet to paste."""
    folder = desk.make_project("Light", {}, {"models": {"provider": "understudy"}})
    made = ("--lighter", "phone", "--pictures", "all")
    return str(desk.publish(folder, [allowed_site.origin], made)["snippet"])


@contextmanager
def _visit(browser: Browser, before: str = "") -> Iterator[tuple[Page, dict[str, bytes]]]:
    """A page, what a script did to it before anything else, and the avatars that it was sent."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    if before:
        context.add_init_script(before)
    page, avatars = context.new_page(), dict[str, bytes]()

    def keep(request: Request) -> None:
        response = request.response() if request.url.endswith(".glb") else None
        if response is not None:
            avatars[request.url] = response.body()

    page.on("requestfinished", keep)
    yield page, avatars
    context.close()


def test_the_lighter_avatar_moves_in_a_browser(browser: Browser, light: str, allowed_site: Website) -> None:
    with _visit(browser) as (page, avatars):
        visitor = Visitor(page)
        visitor.open(allowed_site.put("/light", light))
        visitor.wait_for_stage()
        at_rest = visitor.picture()
        visitor.wait_for_play(["Idle", "Wave", "Welcome"])
        page.wait_for_timeout(300)

        assert visitor.picture() != at_rest
        (content,) = avatars.values()
        assert b"EXT_meshopt_compression" in content
        assert len(content) < 700_000


@pytest.mark.parametrize(
    "without",
    [
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
        "HTMLCanvasElement.prototype.getContext = ((usual) => function (kind, ...rest) {"
        " return kind === 'webgl2' ? null : usual.call(this, kind, ...rest) })(HTMLCanvasElement.prototype.getContext)",
    ],
    ids=["saves data", "no WebGL"],
)
def test_still_pictures_speak_where_nothing_is_drawn(
    without: str, browser: Browser, light: str, allowed_site: Website
) -> None:
    with _visit(browser, without) as (page, avatars):
        visitor = Visitor(page)
        visitor.open(allowed_site.put("/light", light))
        visitor.watch(SPRITES)
        visitor.ask("Hello, who are you?")

        seen = set()
        for _ in range(40):
            seen.add(visitor.frame().evaluate(_COLUMN))
            page.wait_for_timeout(60)

        assert len(seen) >= 3
        assert visitor.wait_until_answered()
        assert "saveData" not in without or avatars == {}
