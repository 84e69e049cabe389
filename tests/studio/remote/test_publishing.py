"""Signing in and publishing, against a server on loopback that fails where it is told to."""

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.contract.chatbot import AvatarRef, ChatbotDraft, DocumentRef
from shared.contract.sync import SignIn
from shared.errors import BadDocument, BadRequest, RevisionConflict, SignInFailed, SignInRequired, Unavailable
from studio.files.binding import load_binding
from studio.files.blobs import blob_of
from studio.files.project import Project, write_blob
from studio.remote.account import Account
from studio.remote.publishing import STAGES, Progress, Published, PublishWish, clean_sites, publish
from studio.remote.uploads import PART_BYTES
from studio.remote.vault import FileVault
from studio.remote.wire import Wire, clean_address
from tests.studio.remote.loopback import PASSWORD, Desk, serving

SITES = ("https://www.example.com",)
ME = SignIn(email="mira@example.com", password=PASSWORD)


@pytest.fixture
def server() -> Iterator[tuple[str, Desk]]:
    """A server, and what it knows."""
    with serving() as served:
        yield served


@pytest.fixture
def desk(server: tuple[str, Desk]) -> Desk:
    """What the server knows."""
    return server[1]


@pytest.fixture
async def account(server: tuple[str, Desk], tmp_path: Path) -> AsyncIterator[Account]:
    """Somebody who is signed in."""
    wire = Wire(server[0], timedelta(seconds=4))
    made = Account(wire, FileVault(tmp_path / "vault"))
    await made.sign_in(ME)
    yield made
    await wire.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project's folder."""
    return Project(tmp_path / "project")


@pytest.fixture
def draft(project: Project) -> ChatbotDraft:
    """A draft whose files lie in the folder; the avatar takes several parts."""
    avatar = blob_of("pip.glb", bytes(range(256)) * (PART_BYTES * 3 // 256 + 7))
    content = bytes(range(256)) * (PART_BYTES * 3 // 256 + 7)
    document = blob_of("hours.txt", b"We open at ten.")
    write_blob(project.avatar_path(avatar), content)
    write_blob(project.document_path(document), b"We open at ten.")
    return ChatbotDraft(
        name="Pip", avatar=AvatarRef(glb=avatar), knowledge=(DocumentRef(blob=document, title="Hours"),)
    )


async def published(account: Account, project: Project, draft: ChatbotDraft) -> Published:
    """Publish without listening."""
    return await publish(account, project, draft, PublishWish(SITES), lambda _progress: None)


async def test_a_publish_goes_through_every_stage_and_gives_the_snippet(
    account: Account, desk: Desk, project: Project, draft: ChatbotDraft
) -> None:
    told: list[Progress] = []

    made = await publish(account, project, draft, PublishWish(SITES), told.append)

    assert list(dict.fromkeys(progress.stage for progress in told)) == list(STAGES[1:])
    assert all(0 <= progress.fraction <= 1 for progress in told)
    assert made.embed.snippet.startswith("<script")
    assert made.embed.sites == SITES
    assert draft.avatar is not None
    assert len(desk.blobs[draft.avatar.glb.sha256]) == draft.avatar.glb.bytes
    assert desk.draft == draft.model_dump(mode="json")


async def test_a_second_publish_sends_only_what_changed(
    account: Account, desk: Desk, project: Project, draft: ChatbotDraft
) -> None:
    await published(account, project, draft)
    parts = desk.parts

    await published(account, project, draft.model_copy(update={"name": "Pipa"}))

    assert desk.parts == parts
    assert desk.revision == 2
    assert len(desk.embeds) == 1


async def test_an_upload_goes_on_where_the_line_was_cut(
    account: Account, desk: Desk, project: Project, draft: ChatbotDraft
) -> None:
    desk.cut_after_parts = 2

    await published(account, project, draft)

    assert draft.avatar is not None
    content = project.avatar_path(draft.avatar.glb).read_bytes()
    assert bytes(desk.blobs[draft.avatar.glb.sha256]) == content
    # Four parts of the avatar, one of the document, and the one that was lost on the way.
    assert desk.parts == 6


async def test_a_draft_that_somebody_else_saved_is_not_overwritten_silently(
    account: Account, desk: Desk, project: Project, draft: ChatbotDraft
) -> None:
    await published(account, project, draft)
    desk.revision += 1
    mine = draft.model_copy(update={"name": "Mine"})

    with pytest.raises(RevisionConflict):
        await published(account, project, mine)
    assert desk.draft is not None
    assert desk.draft["name"] == "Pip"
    await publish(account, project, mine, PublishWish(SITES, replace=True), lambda _progress: None)

    assert desk.draft["name"] == "Mine"
    binding = load_binding(project, account.server)
    assert binding is not None
    assert binding.revision == desk.revision


async def test_a_chatbot_that_is_gone_from_the_server_is_made_anew(
    account: Account, desk: Desk, project: Project, draft: ChatbotDraft
) -> None:
    await published(account, project, draft)
    desk.draft = None

    await published(account, project, draft)

    assert desk.draft == draft.model_dump(mode="json")


async def test_a_document_that_the_server_cannot_read_is_named(
    account: Account, desk: Desk, project: Project, draft: ChatbotDraft
) -> None:
    desk.document_problem = "it is protected by a password"

    with pytest.raises(BadDocument, match=r"Hours could not be indexed: it is protected by a password\."):
        await published(account, project, draft)


async def test_everybody_who_waits_shares_one_refresh(account: Account, desk: Desk) -> None:
    desk.expires_in = timedelta(seconds=5)
    await account.sign_in(ME)
    desk.expires_in = timedelta(minutes=15)

    await asyncio.gather(*(account.send("GET", "/api/chatbots/x/embeds") for _ in range(8)))

    assert desk.refreshes == 1


async def test_a_token_refused_in_between_is_refreshed_once(account: Account, desk: Desk) -> None:
    desk.access = "revoked"

    await account.send("GET", "/api/chatbots/x/embeds")

    assert desk.refreshes == 1


async def test_a_sign_in_that_was_ended_asks_for_a_new_one(account: Account, desk: Desk, tmp_path: Path) -> None:
    desk.access, desk.refreshes = "revoked", 7

    with pytest.raises(SignInRequired):
        await account.send("GET", "/api/chatbots/x/embeds")

    assert account.email is None
    assert FileVault(tmp_path / "vault").load(account.server) is None


async def test_a_wrong_password_is_refused_and_nothing_is_kept(server: tuple[str, Desk], tmp_path: Path) -> None:
    wire = Wire(server[0], timedelta(seconds=10))
    account = Account(wire, FileVault(tmp_path / "vault"))

    with pytest.raises(SignInFailed):
        await account.sign_in(SignIn(email="mira@example.com", password="wrong horse"))
    await wire.close()

    assert account.email is None


async def test_another_kind_of_server_is_recognised(account: Account, desk: Desk) -> None:
    desk.as_stranger = True

    with pytest.raises(Unavailable, match="does not answer like a Troupe server"):
        await account.sign_in(ME)


def test_a_sign_in_is_kept_for_this_user_only(account: Account, tmp_path: Path) -> None:
    kept = list((tmp_path / "vault").iterdir())

    assert len(kept) == 1
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
    loaded = FileVault(tmp_path / "vault").load(account.server)
    assert loaded is not None
    assert loaded.email == "mira@example.com"


@pytest.mark.parametrize(
    ("typed", "sites"),
    [
        ("", ()),
        ("https://www.example.com/shop?x=1", ("https://www.example.com",)),
        ("www.example.com, localhost:3000", ("https://www.example.com", "http://localhost:3000")),
        ("https://*.example.com\nhttps://*.example.com", ("https://*.example.com",)),
    ],
)
def test_sites_are_understood_as_people_write_them(typed: str, sites: tuple[str, ...]) -> None:
    assert clean_sites(typed) == sites


@pytest.mark.parametrize("typed", ["ftp://example.com", "https://", "a@b.example", "javascript://x"])
def test_what_is_no_site_is_refused(typed: str) -> None:
    with pytest.raises(BadRequest, match="is no site"):
        clean_sites(typed)


def test_addresses_of_servers_are_one_form() -> None:
    assert clean_address(" https://troupe.example.com/ ") == "https://troupe.example.com"
    assert clean_address("localhost:8460") == "http://localhost:8460"
    assert clean_address("troupe.example.com") == "https://troupe.example.com"
    for wrong in ("", "ftp://x", "http://", "https://x/?q", "http://127.0.0.1:99999", "localhost:0", "http://x:-1"):
        with pytest.raises(BadRequest):
            clean_address(wrong)
