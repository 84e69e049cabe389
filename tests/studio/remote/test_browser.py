"""Signing in by browser, from the studio's side: a real server, and httpx where the browser would be."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from shared.errors import Refused
from studio.remote.browser import sign_in_by_browser
from tests.server.conftest import PASSWORD
from tests.studio.remote.conftest import DeskOf, sit_down

Browse = Callable[[str], None]


class Browser:
    """Somebody at the page: fills it in as told, and goes where it is sent."""

    def __init__(self, answer: str = "allow", password: str = PASSWORD) -> None:
        self.answer, self.password = answer, password
        self.seen = ""
        self.visits: list[asyncio.Task[None]] = []

    def open(self, address: str) -> None:
        """Show an address."""
        self.visits.append(asyncio.get_running_loop().create_task(self._visit(address)))

    async def _visit(self, address: str) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            page = await client.get(address)
            ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
            email = re.search(r'name="email" type="email" value="([^"]*)"', page.text)
            assert ticket is not None
            assert email is not None
            form = {"ticket": ticket[1], "email": email[1], "password": self.password, "answer": self.answer}
            self.sent = await client.post(page.url.join("/sign-in/desk"), data=form)
            if self.sent.status_code == 303:
                await self._return(client, self.sent.headers["location"])

    async def _return(self, client: httpx.AsyncClient, location: str) -> None:
        stranger = location.replace("state=", "state=x")
        self.refused = (await client.get(stranger)).status_code
        back = await client.get(location)
        self.seen, self.policy = back.text, back.headers["content-security-policy"]


async def test_somebody_signs_in_without_the_password_coming_near(ada: DeskOf, tmp_path: Path) -> None:
    desk, browser = sit_down(ada.account.server, tmp_path / "new"), Browser()

    await sign_in_by_browser(desk.account, browser.open, "ada@example.com")
    await asyncio.gather(*browser.visits)
    kept = desk.account.kept

    assert kept is not None
    assert (kept.email, kept.name, kept.tenant_name, kept.role) == ("ada@example.com", "Ada", "Ada's house", "owner")
    assert browser.refused == 404
    assert "You are signed in" in browser.seen
    assert browser.policy.startswith("default-src 'none'")
    assert (await desk.account.send("GET", "/api/chatbots")).json() == []
    assert PASSWORD not in str(list((tmp_path / "new").rglob("*")))
    await desk.account.close()


async def test_cancelling_in_the_browser_is_told_at_the_desk(ada: DeskOf, tmp_path: Path) -> None:
    desk, browser = sit_down(ada.account.server, tmp_path / "new"), Browser("deny")

    with pytest.raises(Refused, match="cancelled in the browser"):
        await sign_in_by_browser(desk.account, browser.open, "ada@example.com")
    await asyncio.gather(*browser.visits)

    assert desk.account.email is None
    assert "was not let in" in browser.seen
    await desk.account.close()


async def test_a_sign_in_that_is_given_up_closes_its_port(ada: DeskOf, tmp_path: Path) -> None:
    desk = sit_down(ada.account.server, tmp_path / "new")
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    signing = asyncio.create_task(sign_in_by_browser(desk.account, opened.set_result))
    redirect = parse_qs(urlsplit(await opened).query)["redirect_uri"][0]
    signing.cancel()
    await asyncio.gather(signing, return_exceptions=True)

    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.get(redirect)
    await desk.account.close()
