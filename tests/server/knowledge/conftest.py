"""A server that works on no jobs by itself, and chatbots with documents for it."""

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from server.avatars.service import keep_blob
from server.config import Settings
from server.web.parts import Parts
from shared.contract.chatbot import BlobRef, ChatbotDraft, DocumentRef
from shared.knowledge.documents import media_type_of
from tests.server.conftest import Signed, test_settings

Drafted = Callable[..., Awaitable[UUID]]


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedding model, built once for all of these tests."""
    return tmp_path_factory.mktemp("minilm")


@pytest.fixture
def settings(tmp_path: Path, model_folder: Path) -> Settings:
    """Without a worker: the tests say when jobs are done."""
    return test_settings(tmp_path, run_jobs=False, model_folder=model_folder)


def draft_with(documents: dict[str, bytes]) -> ChatbotDraft:
    """A draft that names these files."""
    return ChatbotDraft(
        name="Guide",
        knowledge=tuple(
            DocumentRef(
                blob=BlobRef(
                    name=name,
                    sha256=hashlib.sha256(content).hexdigest(),
                    bytes=len(content),
                    media_type=media_type_of(name),
                ),
                title=name.rpartition(".")[0],
            )
            for name, content in documents.items()
        ),
    )


async def work(parts: Parts) -> None:
    """Does every job that is due, and returns when none is."""
    async with parts.queue.open_async():
        await parts.queue.run_worker_async(wait=False, install_signal_handlers=False, concurrency=2)


@pytest.fixture
def drafted(client: httpx.AsyncClient, parts: Parts) -> Drafted:
    """Makes a chatbot whose documents have been sent."""

    async def make(who: Signed, documents: dict[str, bytes]) -> UUID:
        for content in documents.values():
            await keep_blob(parts, who.tenant, content)
        wish = {"draft": draft_with(documents).model_dump(mode="json")}
        answer = await client.post("/api/chatbots", json=wish, headers=who.headers)
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["chatbot_id"])

    return make
