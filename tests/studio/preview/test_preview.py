"""The preview as a browser meets it: pages, release, avatar, the chat over polling, and who is not let in."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import socketio  # type: ignore[import-untyped]  # ships no types

from shared.contract.chatbot import ChatbotDraft
from shared.contract.placement import Placement
from studio.config import Settings
from studio.files.creation import new_project
from studio.files.project import load_draft
from studio.model.edits import with_personality
from studio.model.looks import with_look, with_placement
from studio.preview.preview import WIDGET, Preview
from studio.rehearsal.models import RehearsalParts

AVATAR = Path(__file__).parents[3] / "packaging" / "avatars" / "pip.glb"
pytestmark = pytest.mark.skipif(not (WIDGET / "embed.js").is_file(), reason="the widget is not built")


class Desk:
    """A draft that may change, and its preview."""

    def __init__(self, preview: Preview, draft: ChatbotDraft) -> None:
        self.preview, self.draft, self.address = preview, draft, ""

    @property
    def server(self) -> str:
        """Where a Troupe server's paths begin."""
        return self.address.replace("localhost", "127.0.0.1").rstrip("/")


@pytest.fixture
async def desk(tmp_path: Path, models_folder: Path) -> AsyncIterator[Desk]:
    """A served preview of the demo robot."""
    project, _ = new_project(tmp_path / "pip", AVATAR)
    given = {"config_folder": tmp_path, "cache_folder": models_folder, "keyring": False}
    parts = RehearsalParts(Settings.model_validate({**given, "OPENAI_API_KEY": None, "ANTHROPIC_API_KEY": None}))
    _, conversation = parts.for_project(project)
    tasks: set[asyncio.Task[None]] = set()

    def spawn(name: str, work: Any) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        tasks.add(task)
        return task

    made = Desk(Preview(project, lambda: made.draft, conversation, spawn), load_draft(project))
    made.address = await made.preview.start()
    yield made
    await made.preview.close()
    await asyncio.gather(*tasks, return_exceptions=True)
    await parts.close()


async def test_the_draft_is_served_as_a_release_and_only_to_this_desk(desk: Desk) -> None:
    desk.draft = with_look(with_placement(desk.draft, include_paths=("/nowhere",), side="left"), accent="#0f766e")
    async with httpx.AsyncClient() as browser:
        page = (await browser.get(desk.address)).text
        config = (await browser.get(f"{desk.server}/embed/open/config.json")).json()
        frame = await browser.get(f"{desk.server}/embed/open/frame")
        boot = json.loads(re.findall(r'id="troupe-boot">(.*?)</script>', frame.text)[0])
        avatar = await browser.get(f"{desk.server.rpartition('/')[0]}{boot['release']['avatar_url']}")
        stranger = await browser.get(desk.address, headers={"Host": "evil.example"})
        guess = await browser.get(f"{desk.address.rpartition('/')[0][:-3]}xyz/")

    assert f'src="{desk.server}/embed.js" data-embed-id="open"' in page
    assert Placement.model_validate(config["placement"]) == Placement(side="left", open_by_itself=True)
    assert boot["release"]["look"]["accent"] == "#0f766e"
    assert "frame-ancestors http://localhost:" in frame.headers["content-security-policy"]
    assert avatar.content == AVATAR.read_bytes()
    assert (stranger.status_code, guess.status_code) == (403, 404)


async def test_the_chat_answers_as_in_the_rehearsal(desk: Desk) -> None:
    desk.draft = with_personality(desk.draft, decline="That is beyond me.")
    client, events = socketio.AsyncClient(reconnection=False), asyncio.Queue[dict[str, Any]]()
    client.on("event", events.put, namespace="/chat")
    token = desk.server.rpartition("/")[2]
    async with httpx.AsyncClient() as browser:
        visit = (await browser.post(f"{desk.server}/embed/open/visit", json={})).json()
    await client.connect(desk.server.rpartition("/")[0], namespaces=["/chat"], auth={"token": visit["token"]},
                         transports=["polling"])  # fmt: skip
    try:
        accepted = await client.call(
            "ask", {"message_id": str(uuid4()), "text": "What does a ticket cost?"}, namespace="/chat"
        )
        heard = [await asyncio.wait_for(events.get(), 60)]
        while heard[-1]["type"] not in {"finished", "failed"}:
            heard.append(await asyncio.wait_for(events.get(), 60))
        nonsense = await client.call("ask", {"text": 7}, namespace="/chat")
    finally:
        await client.disconnect()

    assert visit["token"] == token
    assert {event["turn_id"] for event in heard} == {accepted["turn_id"]}
    assert [event["seq"] for event in heard] == list(range(len(heard)))
    assert heard[-1]["text"] == "That is beyond me."
    assert nonsense["code"] == "bad_request"


async def test_a_stranger_gets_no_line(desk: Desk) -> None:
    client = socketio.AsyncClient(reconnection=False)

    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(desk.server.rpartition("/")[0], namespaces=["/chat"], auth={"token": "guessed"},
                             transports=["polling"])  # fmt: skip


async def test_open_pages_hear_of_a_change_once_it_rests(desk: Desk) -> None:
    async with httpx.AsyncClient() as browser, browser.stream("GET", f"{desk.address}changes") as stream:
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith("retry")
        for _ in range(5):
            desk.preview.follow()
        heard = [line async for line in _until_quiet(lines)]

    assert heard.count("data: changed") == 1


async def _until_quiet(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    while True:
        try:
            yield await asyncio.wait_for(anext(lines), 1.0)
        except (TimeoutError, StopAsyncIteration):
            return
