"""A published chatbot with an avatar, and an embed of it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from server.avatars.service import keep_blob
from server.config import Settings
from server.embeds.visits import OpenedVisit, VisitWish
from server.web.parts import Parts
from shared.contract.acting import ActingMap, ClipSettings, CueRule
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, Personality
from tests.server.conftest import Signed, test_settings
from tests.server.glbs import triangle_glb

SITE = "https://www.example.com"
POSTER = b"\x89PNG\r\n\x1a\n not really a picture"
EmbedFixture = Callable[..., Awaitable[str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a widget that was built to a folder of the test's own."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / ".vite").mkdir()
    manifest = {"src/frame/frame.ts": {"file": "assets/frame-abc123.js", "isEntry": True}}
    (dist / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    for name in ("embed.js", "assets/frame-abc123.js"):
        (dist / name).write_text(f"/* {name} */")
        (dist / f"{name}.br").write_bytes(b"brotli of " + name.encode())
        (dist / f"{name}.gz").write_bytes(b"gzip of " + name.encode())
    return test_settings(tmp_path, run_jobs=False, widget_folder=dist)


@dataclass
class Desk:
    """Conversations that begin a new one each time, and remember what they were asked."""

    wishes: list[VisitWish] = field(default_factory=list)

    async def open_visit(self, wish: VisitWish) -> OpenedVisit:
        self.wishes.append(wish)
        return OpenedVisit(wish.conversation_id or uuid4())


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    """Stands where the server's conversations stand: what it is asked for is what is tested here."""
    made = Desk()
    app.state.conversations = made
    return made


async def published(client: httpx.AsyncClient, parts: Parts, who: Signed, poster_type: str = "image/png") -> UUID:
    """Publish a chatbot with an avatar. Returns: its id."""
    glb = triangle_glb()
    refs = {}
    for name, content, media_type in (("a.glb", glb, "model/gltf-binary"), ("p.png", POSTER, poster_type)):
        sha256 = await keep_blob(parts, who.tenant, content)
        refs[name] = BlobRef(name=name, sha256=sha256, bytes=len(content), media_type=media_type)
    draft = ChatbotDraft(
        name="Pip </script><b>",
        avatar=AvatarRef(glb=refs["a.glb"], poster=refs["p.png"], credit="Made by us"),
        acting=ActingMap(
            clips={"Wave": ClipSettings(duration=1, fingerprint="secret-print")},
            rules=(CueRule(words="a secret opening", role="celebrate"),),
        ),
        personality=Personality(about="A secret of the house.", greeting="Hello there!", suggestions=("Hours?",)),
    )
    made = await client.post("/api/chatbots", json={"draft": draft.model_dump(mode="json")}, headers=who.headers)
    chatbot = made.json()["chatbot_id"]
    answer = await client.post(f"/api/chatbots/{chatbot}/releases", json={"revision": 1}, headers=who.headers)
    assert answer.status_code == 201, answer.text
    return UUID(chatbot)


@pytest.fixture
def embed(client: httpx.AsyncClient, parts: Parts) -> EmbedFixture:
    """Publishes a chatbot and embeds it."""

    async def make(who: Signed, **changes: Any) -> str:
        chatbot = await published(client, parts, who)
        wish = {"sites": [SITE], **changes}
        answer = await client.post(f"/api/chatbots/{chatbot}/embeds", json=wish, headers=who.headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    return make
