"""One server, one browser, one paid provider and two websites for all of the end-to-end tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import chromium
from tests.e2e.desk import Desk
from tests.e2e.paid import paid_provider
from tests.e2e.running import MODELS, ROOT, RunningServer, running_server
from tests.e2e.sites import Website, website
from tests.providers.loopback import Loopback

DOCUMENTS = {
    "opening-hours.md": (
        "# Opening hours\n\nThe lighthouse is open from nine in the morning until six in the evening, "
        "every day except Monday.\n\n## Winter\n\nFrom November to March the lighthouse closes at four.\n"
    ),
    "tickets.txt": (
        "Tickets for the lighthouse cost seven euros for adults. Children under twelve enter free of charge. "
        "Tickets are sold in the keeper's cottage beside the tower.\n"
    ),
}
DECLINE = "That is beyond what a lighthouse keeper knows, I am afraid."


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    for needed, cure in ((ROOT / "widget" / "dist" / "embed.js", "the widget"), (MODELS, "the embedding model")):
        assert needed.exists(), f"{needed} is missing: `python3 packaging/dev.py test` builds {cure} first."


@pytest.fixture(scope="session")
def provider() -> Iterator[Loopback]:
    with paid_provider() as loopback:
        yield loopback


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, provider: Loopback) -> Iterator[RunningServer]:
    keys = {
        "OPENAI_API_KEY": provider.script.key,
        "OPENAI_BASE_URL": f"{provider.url}/v1",
        "ANTHROPIC_API_KEY": provider.script.key,
        "ANTHROPIC_BASE_URL": provider.url,
    }
    with running_server(tmp_path_factory.mktemp("server"), env=keys) as running:
        yield running


@pytest.fixture(scope="session")
def desk_of(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Desk]:
    """Return what makes a designer's desk, signed up with a tenant of its own, by her name."""

    def sit_down(name: str) -> Desk:
        desk = Desk(server, tmp_path_factory.mktemp(name), f"{name}@example.com")
        desk.sign_up()
        return desk

    return sit_down


@pytest.fixture(scope="session")
def desk(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("ada")


@pytest.fixture(scope="session")
def allowed_site() -> Iterator[Website]:
    with website() as site:
        yield site


@pytest.fixture(scope="session")
def other_site() -> Iterator[Website]:
    with website() as site:
        yield site


@pytest.fixture(scope="session")
def keeper(desk: Desk, allowed_site: Website) -> str:
    """A published chatbot that answers by itself; the snippet to paste."""
    changes = {"models": {"provider": "understudy"}, "personality": {"decline": DECLINE}}
    folder: Path = desk.make_project("Keeper", DOCUMENTS, changes)
    return str(desk.publish(folder, [allowed_site.origin])["snippet"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
