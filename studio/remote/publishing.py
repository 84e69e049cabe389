"""Publishing a project: blobs, draft, documents indexed, release, embed. One step after the other, each told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.contract.chatbot import BlobRef, ChatbotDraft
from shared.contract.sync import (
    Channel,
    DocumentView,
    DraftView,
    EmbedView,
    NewChatbot,
    NewEmbed,
    NewRelease,
    ReleaseView,
)
from shared.errors import BadDocument, BadRequest, Conflict, NotFound, NotReady, RevisionConflict
from studio.files.binding import Binding, bind, load_binding, save_binding
from studio.files.project import Project
from studio.model.differences import differences
from studio.remote.account import Account
from studio.remote.releases import standing_of
from studio.remote.uploads import LocalBlob, missing_blobs, upload
from studio.remote.wire import answer_of, answers_of

Stage = Literal["prepare", "upload", "draft", "index", "release", "embed"]
STAGES: tuple[Stage, ...] = ("prepare", "upload", "draft", "index", "release", "embed")
"""`prepare` is the caller's: what is made of the avatar before anything is sent."""

POLL_SECONDS = 0.4
MAXIMUM_WAIT_SECONDS = 900.0
"""Indexing that takes longer than a quarter of an hour has stopped."""


@dataclass(frozen=True)
class Progress:
    """How far a publish is: `fraction` of this stage, and one short sentence."""

    stage: Stage
    fraction: float
    sentence: str
    sent: int = 0
    """Bytes, where there are any to send or fetch."""
    total: int = 0


@dataclass(frozen=True)
class PublishWish:
    """What is published where."""

    sites: tuple[str, ...] = ()
    channel: Channel = "live"
    note: str = ""
    replace: bool = False
    """Save over a draft that somebody else saved since; without it that is a RevisionConflict."""


@dataclass(frozen=True)
class Published:
    """What a publish made."""

    release: ReleaseView
    embed: EmbedView
    address: str
    """The server that performs it."""
    fresh: bool = True
    """Whether there is a new release; else nothing differed from the one that is shown already."""


Tell = Callable[[Progress], None]


async def publish(account: Account, project: Project, draft: ChatbotDraft, wish: PublishWish, tell: Tell) -> Published:
    """Publish `draft` to a channel and let an embed of it show on the sites.

    Raises: TroupeError: one of the steps failed; what was sent stays, and the next publish goes on from there.
    """
    view = await save_to_server(account, project, draft, tell, replace=wish.replace)
    await _wait_for_documents(account, view.chatbot_id, draft, tell)
    tell(Progress("release", 0.0, "Making the release"))
    release = await _release(account, view, wish)
    tell(Progress("release", 1.0, f"Release {release.number} is {said(wish.channel)}"))
    embed = await _embed(account, project, view.chatbot_id, draft.name, wish)
    tell(Progress("embed", 1.0, "The snippet is ready"))
    return Published(release, embed, account.server)


async def published_already(
    account: Account,
    project: Project,
    draft: ChatbotDraft,
    wish: PublishWish,
    differs: Callable[[ChatbotDraft], bool] = lambda _shown: False,
) -> Published | None:
    """What the channel shows, when the draft says the same; its embed has the wished sites then. Else None.

    Args:
        differs: whether something that no draft says would be another than in the one that is shown.
    """
    stands = await standing_of(account, project)
    shown = stands.on(wish.channel) if stands else None
    if stands is None or shown is None or differences(shown.draft, draft) or differs(shown.draft):
        return None
    embed = await _embed(account, project, stands.view.chatbot_id, draft.name, wish)
    return Published(shown, embed, account.server, fresh=False)


async def save_to_server(
    account: Account, project: Project, draft: ChatbotDraft, tell: Tell, *, replace: bool = False
) -> DraftView:
    """Send the project's files and its draft, without publishing.

    Raises: RevisionConflict: somebody else saved since this desk was last in step, and `replace` was not given.
    """
    await _check_revision(account, project, draft, replace=replace)
    await _send_blobs(account, project, draft, tell)
    tell(Progress("draft", 0.0, "Saving the draft"))
    view = await _save_draft(account, project, draft, replace=replace)
    bind(project, account.server, view)
    tell(Progress("draft", 1.0, f"Draft saved as revision {view.revision}"))
    return view


def said(channel: Channel) -> str:
    """A channel after "is": "live", "on staging"."""
    return "live" if channel == "live" else "on staging"


def _local_blobs(project: Project, draft: ChatbotDraft) -> list[LocalBlob]:
    found = [LocalBlob(d.blob, project.document_path(d.blob)) for d in draft.knowledge]
    avatar = draft.avatar
    if avatar is None:
        return found
    sprites = avatar.sprites.blob if avatar.sprites else None
    made: list[BlobRef | None] = [avatar.glb, avatar.optimised, avatar.poster, sprites, avatar.card]
    return [LocalBlob(blob, project.avatar_path(blob)) for blob in made if blob is not None] + found


async def _send_blobs(account: Account, project: Project, draft: ChatbotDraft, tell: Tell) -> None:
    tell(Progress("upload", 0.0, "Asking what the server lacks"))
    missing = await missing_blobs(account, _local_blobs(project, draft))
    total = sum(local.blob.bytes for local in missing)
    before = 0
    for local in missing:

        def sent(received: int, base: int = before, name: str = local.blob.name) -> None:
            tell(Progress("upload", (base + received) / (total or 1), f"Sending {name}", base + received, total))

        await upload(account, local, sent)
        before += local.blob.bytes
    tell(Progress("upload", 1.0, "All files are on the server", total, total))


async def _check_revision(account: Account, project: Project, draft: ChatbotDraft, *, replace: bool) -> None:
    """Say that somebody saved meanwhile before megabytes are sent."""
    binding = load_binding(project, account.server)
    if binding is not None and not replace:
        current = await _current(account, binding)
        if current is not None and current.revision != binding.revision and current.draft != draft:
            raise RevisionConflict(binding.revision, current.revision)


async def _save_draft(account: Account, project: Project, draft: ChatbotDraft, *, replace: bool) -> DraftView:
    binding = load_binding(project, account.server)
    view = await _replaced_draft(account, binding, draft, replace=replace) if binding else None
    if view is None:
        view = answer_of(await account.send("POST", "/api/chatbots", body=NewChatbot(draft=draft)), DraftView)
    return view


async def _replaced_draft(
    account: Account, binding: Binding, draft: ChatbotDraft, *, replace: bool
) -> DraftView | None:
    """Save over the draft that this desk was last in step with; None when the chatbot is gone from the server."""
    current = await _current(account, binding)
    if current is None or current.draft == draft:
        return current
    if current.revision != binding.revision and not replace:
        raise RevisionConflict(binding.revision, current.revision)
    path = f"/api/chatbots/{binding.chatbot_id}/draft"
    try:
        response = await account.send("PUT", path, body=draft, headers={"If-Match": f'"{current.revision}"'})
    except Conflict as error:
        # Somebody saved between our question and our answer.
        newest = await _current(account, binding)
        raise RevisionConflict(binding.revision, newest.revision if newest else current.revision) from error
    return answer_of(response, DraftView)


async def _current(account: Account, binding: Binding) -> DraftView | None:
    try:
        return answer_of(await account.send("GET", f"/api/chatbots/{binding.chatbot_id}/draft"), DraftView)
    except NotFound:
        return None


async def _wait_for_documents(account: Account, chatbot: UUID, draft: ChatbotDraft, tell: Tell) -> None:
    wanted = {document.blob.sha256 for document in draft.knowledge}
    if not wanted:
        tell(Progress("index", 1.0, "No documents to index"))
        return
    ends = asyncio.get_running_loop().time() + MAXIMUM_WAIT_SECONDS
    while True:
        documents = answers_of(await account.send("GET", f"/api/chatbots/{chatbot}/documents"), DocumentView)
        if _all_live([document for document in documents if document.sha256 in wanted], wanted, tell):
            return
        if asyncio.get_running_loop().time() > ends:
            raise NotReady("The server is still indexing the documents. Publish again in a while.")
        await asyncio.sleep(POLL_SECONDS)


def _all_live(documents: list[DocumentView], wanted: set[str], tell: Tell) -> bool:
    failed = next((document for document in documents if document.state == "failed"), None)
    if failed is not None:
        reason = failed.problem or "the server could not read it"
        raise BadDocument(f"{failed.title} could not be indexed: {reason.rstrip('.')}. Replace or remove it.")
    live = {document.sha256 for document in documents if document.state == "live"}
    partly = sum(document.progress for document in documents if document.sha256 not in live)
    tell(Progress("index", min((len(live) + partly) / len(wanted), 1.0), f"Indexed {len(live)} of {len(wanted)}"))
    return live >= wanted


async def _release(account: Account, view: DraftView, wish: PublishWish) -> ReleaseView:
    body = NewRelease(revision=view.revision, channel=wish.channel, note=wish.note)
    return answer_of(await account.send("POST", f"/api/chatbots/{view.chatbot_id}/releases", body=body), ReleaseView)


async def _embed(account: Account, project: Project, chatbot: UUID, name: str, wish: PublishWish) -> EmbedView:
    """The embed of the channel, with the wished sites: the one that this desk knows, else the first, else a new one."""
    binding = load_binding(project, account.server)
    found = answers_of(await account.send("GET", f"/api/chatbots/{chatbot}/embeds"), EmbedView)
    embeds = [embed for embed in found if embed.channel == wish.channel]
    known = next((embed for embed in embeds if binding and embed.id == binding.embed_id), None)
    chosen = known or (embeds[0] if embeds else None)
    body = NewEmbed(name=name or "Website", sites=wish.sites, channel=wish.channel)
    if chosen is None:
        view = answer_of(await account.send("POST", f"/api/chatbots/{chatbot}/embeds", body=body), EmbedView)
    else:
        view = answer_of(await account.send("PUT", f"/api/embeds/{chosen.id}", body=body), EmbedView)
    if binding is not None and wish.channel == "live":
        kept = {"embed_id": view.id, "snippet": view.snippet, "sites": tuple(view.sites)}
        save_binding(project, binding.model_copy(update=kept))
    return view


def clean_sites(text: str) -> tuple[str, ...]:
    """Allowed sites from what somebody typed: one a line or parted by commas; the path of an address is dropped.

    Raises: BadRequest: one of them is no site.
    """
    words = [word for line in text.splitlines() for word in line.replace(",", " ").split()]
    return tuple(dict.fromkeys(_site(word) for word in words))


def _site(word: str) -> str:
    scheme, found, rest = word.partition("://")
    if not found:
        rest = word
        scheme = "http" if word.split(":")[0].split("/")[0] in {"localhost", "127.0.0.1"} else "https"
    host = rest.split("/")[0].lower()
    if scheme not in {"http", "https"} or not host or set(host) & set(" @?#\\"):
        raise BadRequest(f"{word} is no site. Give one like https://www.example.com.")
    return f"{scheme}://{host}"
