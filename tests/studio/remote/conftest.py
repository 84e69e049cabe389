"""The real server on a loopback port, and two designers of one tenant at their desks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from server.config import Settings
from shared.contract.chatbot import AvatarRef, ChatbotDraft, DocumentRef, Personality
from shared.contract.sync import SignIn, SignUp
from studio.files.blobs import blob_of
from studio.files.project import Project, save_draft, write_blob
from studio.model.edits import with_documents
from studio.remote.account import Account
from studio.remote.publishing import Progress, PublishWish
from studio.remote.vault import FileVault
from studio.remote.wire import Wire
from tests.server.conftest import (  # noqa: F401  fixtures are found by their names
    PASSWORD,
    addresses,
    live_server,
    parts,
    postgres,
    spare,
    test_settings,
)
from tests.server.glbs import clip_glb

SITES = ("https://www.example.com",)
WISH = PublishWish(sites=SITES)


@pytest.fixture
def settings(tmp_path: Path, models_folder: Path) -> Settings:
    """The server keeps its own things apart from the desks'."""
    return test_settings(tmp_path / "server", model_folder=models_folder)


@dataclass
class DeskOf:
    """A designer with an account, a project and what she was told."""

    account: Account
    project: Project
    told: list[Progress]

    def tell(self, progress: Progress) -> None:
        """Hear how far something is."""
        self.told.append(progress)


def sit_down(server: str, home: Path) -> DeskOf:
    """A desk at which nobody is signed in."""
    account = Account(Wire(server, timedelta(seconds=30)), FileVault(home / "vault"))
    return DeskOf(account, Project(home / "project"), [])


@pytest.fixture
async def ada(live_server: str, tmp_path: Path) -> AsyncIterator[DeskOf]:  # noqa: F811  the fixture above
    """The owner of the tenant."""
    desk = sit_down(live_server, tmp_path / "ada")
    wish = SignUp(email="ada@example.com", password=PASSWORD, name="Ada", tenant_name="Ada's house")
    await desk.account.sign_up(wish)
    yield desk
    await desk.account.close()


@pytest.fixture
async def grace(ada: DeskOf, live_server: str, tmp_path: Path) -> AsyncIterator[DeskOf]:  # noqa: F811  the same
    """A colleague."""
    desk = sit_down(live_server, tmp_path / "grace")
    kept = ada.account.kept
    assert kept is not None
    wish = {"email": "grace@example.com", "password": PASSWORD, "name": "Grace", "role": "designer"}
    headers = {"Authorization": f"Bearer {kept.tokens.access_token}"}
    async with httpx.AsyncClient(base_url=live_server, trust_env=False) as client:
        assert (await client.post("/api/members", json=wish, headers=headers)).status_code == 201
    await desk.account.sign_in(SignIn(email="grace@example.com", password=PASSWORD))
    yield desk
    await desk.account.close()


def with_text(desk: DeskOf, draft: ChatbotDraft, name: str, text: str) -> ChatbotDraft:
    """The draft with a document that lies in the desk's folder."""
    blob = blob_of(name, text.encode())
    write_blob(desk.project.document_path(blob), text.encode())
    return with_documents(draft, [DocumentRef(blob=blob, title=name)])


@pytest.fixture
def draft(ada: DeskOf) -> ChatbotDraft:
    """A draft of Ada's, whose avatar lies in her folder."""
    content = clip_glb("Wave")
    avatar = blob_of("pip.glb", content)
    write_blob(ada.project.avatar_path(avatar), content)
    made = ChatbotDraft(
        name="Pip",
        avatar=AvatarRef(glb=avatar, licence="CC0"),
        personality=Personality(greeting="Hello!", suggestions=("When?",)),
    )
    save_draft(ada.project, made)
    return made
