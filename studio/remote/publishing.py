"""Publishing a project: blobs, draft, documents indexed, release, embed. One step after the other, each told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import (
    DocumentView,
    DraftView,
    EmbedView,
    NewChatbot,
    NewEmbed,
    NewRelease,
    ReleaseView,
)
from shared.errors import BadDocument, BadRequest, NotFound, NotReady, RevisionConflict
from studio.files.binding import Binding, load_binding, save_binding
from studio.files.project import Project
from studio.remote.account import Account
from studio.remote.uploads import LocalBlob, missing_blobs, upload
from studio.remote.wire import answer_of, answers_of

Stage = Literal["upload", "draft", "index", "release", "embed"]
STAGES: tuple[Stage, ...] = ("upload", "draft", "index", "release", "embed")

POLL_SECONDS = 0.4
MAXIMUM_WAIT_SECONDS = 900.0
"""Indexing that takes longer than a quarter of an hour has stopped."""


@dataclass(frozen=True)
class Progress:
    """How far a publish is: `fraction` of this stage, and one short sentence."""

    stage: Stage
    fraction: float
    sentence: str


@dataclass(frozen=True)
class Published:
    """What a publish made."""

    release: ReleaseView
    embed: EmbedView
    address: str
    """The server that performs it."""


Tell = Callable[[Progress], None]


async def publish(
    account: Account,
    project: Project,
    draft: ChatbotDraft,
    sites: tuple[str, ...],
    tell: Tell,
    *,
    replace: bool = False,
) -> Published:
    """Publish `draft` to the live channel and make its embed show on `sites`.

    Args:
        replace: save over a draft that somebody else saved since; without it that is a RevisionConflict.
    Raises: TroupeError: one of the steps failed; what was sent stays, and the next publish goes on from there.
    """
    await _send_blobs(account, project, draft, tell)
    tell(Progress("draft", 0.0, "Saving the draft"))
    view = await _save_draft(account, project, draft, replace=replace)
    tell(Progress("draft", 1.0, f"Draft saved as revision {view.revision}"))
    await _wait_for_documents(account, view.chatbot_id, draft, tell)
    tell(Progress("release", 0.0, "Making the release"))
    release = await _release(account, view)
    tell(Progress("release", 1.0, f"Release {release.number} is live"))
    embed = await _embed(account, project, view.chatbot_id, draft.name, sites)
    tell(Progress("embed", 1.0, "The snippet is ready"))
    return Published(release, embed, account.server)


def _local_blobs(project: Project, draft: ChatbotDraft) -> list[LocalBlob]:
    found = [LocalBlob(d.blob, project.document_path(d.blob)) for d in draft.knowledge]
    avatar = [draft.avatar.glb, draft.avatar.poster] if draft.avatar else []
    return [LocalBlob(blob, project.avatar_path(blob)) for blob in avatar if blob is not None] + found


async def _send_blobs(account: Account, project: Project, draft: ChatbotDraft, tell: Tell) -> None:
    tell(Progress("upload", 0.0, "Asking what the server lacks"))
    missing = await missing_blobs(account, _local_blobs(project, draft))
    total = sum(local.blob.bytes for local in missing) or 1
    before = 0
    for local in missing:
        base = before

        def sent(received: int, base: int = base, name: str = local.blob.name) -> None:
            tell(Progress("upload", (base + received) / total, f"Sending {name}"))

        await upload(account, local, sent)
        before += local.blob.bytes
    tell(Progress("upload", 1.0, "All files are on the server"))


async def _save_draft(account: Account, project: Project, draft: ChatbotDraft, *, replace: bool) -> DraftView:
    binding = load_binding(project, account.server)
    view = await _replaced_draft(account, binding, draft, replace=replace) if binding else None
    if view is None:
        view = answer_of(await account.send("POST", "/api/chatbots", body=NewChatbot(draft=draft)), DraftView)
        binding = None
    kept = binding or Binding(server=account.server, chatbot_id=view.chatbot_id, revision=view.revision)
    save_binding(project, kept.model_copy(update={"revision": view.revision}))
    return view


async def _replaced_draft(
    account: Account, binding: Binding, draft: ChatbotDraft, *, replace: bool
) -> DraftView | None:
    """Save over the draft that this desk sent last; None when the chatbot is gone from the server."""
    path = f"/api/chatbots/{binding.chatbot_id}/draft"
    try:
        current = answer_of(await account.send("GET", path), DraftView)
    except NotFound:
        return None
    if current.draft == draft:
        return current
    if current.revision != binding.revision and not replace:
        raise RevisionConflict(binding.revision, current.revision)
    response = await account.send("PUT", path, body=draft, headers={"If-Match": f'"{current.revision}"'})
    return answer_of(response, DraftView)


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


async def _release(account: Account, view: DraftView) -> ReleaseView:
    body = NewRelease(revision=view.revision)
    return answer_of(await account.send("POST", f"/api/chatbots/{view.chatbot_id}/releases", body=body), ReleaseView)


async def _embed(account: Account, project: Project, chatbot: UUID, name: str, sites: tuple[str, ...]) -> EmbedView:
    binding = load_binding(project, account.server)
    body = NewEmbed(name=name or "Website", sites=sites)
    embeds = answers_of(await account.send("GET", f"/api/chatbots/{chatbot}/embeds"), EmbedView)
    known = next((embed for embed in embeds if binding and embed.id == binding.embed_id), None)
    chosen = known or (embeds[0] if embeds else None)
    if chosen is None:
        view = answer_of(await account.send("POST", f"/api/chatbots/{chatbot}/embeds", body=body), EmbedView)
    else:
        view = answer_of(await account.send("PUT", f"/api/embeds/{chosen.id}", body=body), EmbedView)
    if binding is not None:
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
