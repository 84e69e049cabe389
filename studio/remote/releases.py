"""What stands on the server for a project: its draft, its releases, what each channel shows, its embeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.contract.sync import (
    Channel,
    ChannelMove,
    ChatbotView,
    DraftView,
    EmbedView,
    NewEmbed,
    ReleaseDraft,
    ReleaseView,
)
from shared.errors import BadRequest, NotFound
from studio.files.binding import load_binding
from studio.files.project import Project
from studio.remote.account import Account
from studio.remote.wire import answer_of, answers_of

CHANNELS: tuple[Channel, ...] = ("live", "staging")


@dataclass(frozen=True)
class Standing:
    """A chatbot as the server has it."""

    view: DraftView
    releases: tuple[ReleaseView, ...] = ()
    """Newest first."""
    shown: tuple[ReleaseDraft, ...] = ()
    """What the channels show, with all that was published."""
    embeds: tuple[EmbedView, ...] = ()

    def on(self, channel: Channel) -> ReleaseDraft | None:
        """What a channel shows; None when nothing was published to it."""
        return next((release for release in self.shown if channel in release.channels), None)

    def embed_on(self, channel: Channel) -> EmbedView | None:
        """The first embed that shows a channel."""
        return next((embed for embed in self.embeds if embed.channel == channel), None)


async def standing_of(account: Account, project: Project) -> Standing | None:
    """What the server has of this project; None when it was never saved there, or is gone."""
    binding = load_binding(project, account.server)
    if binding is None:
        return None
    try:
        return await standing(account, binding.chatbot_id)
    except NotFound:
        return None


async def standing(account: Account, chatbot: UUID) -> Standing:
    """What the server has of a chatbot. Raises: NotFound: no such chatbot."""
    path = f"/api/chatbots/{chatbot}"
    view = answer_of(await account.send("GET", f"{path}/draft"), DraftView)
    releases = await releases_of(account, chatbot)
    shown = [await release_draft(account, release) for release in releases if release.channels]
    embeds = answers_of(await account.send("GET", f"{path}/embeds"), EmbedView)
    return Standing(view, releases, tuple(shown), tuple(embeds))


async def releases_of(account: Account, chatbot: UUID) -> tuple[ReleaseView, ...]:
    """A chatbot's releases, newest first. Raises: NotFound: no such chatbot."""
    return tuple(answers_of(await account.send("GET", f"/api/chatbots/{chatbot}/releases"), ReleaseView))


async def release_draft(account: Account, release: ReleaseView) -> ReleaseDraft:
    """A release with all that was published."""
    path = f"/api/chatbots/{release.chatbot_id}/releases/{release.id}"
    return answer_of(await account.send("GET", path), ReleaseDraft)


async def show_release(account: Account, release: ReleaseView, channel: Channel) -> ReleaseView:
    """Let a channel show a release: forward, or back to an older one."""
    path = f"/api/chatbots/{release.chatbot_id}/channels/{channel}"
    return answer_of(await account.send("PUT", path, body=ChannelMove(release_id=release.id)), ReleaseView)


async def save_sites(account: Account, embed: EmbedView, sites: tuple[str, ...]) -> EmbedView:
    """Give an embed other sites; everything else of it stays."""
    wish = NewEmbed(name=embed.name, sites=sites, channel=embed.channel, enabled=embed.enabled)
    return answer_of(await account.send("PUT", f"/api/embeds/{embed.id}", body=wish), EmbedView)


async def chatbots_of(account: Account) -> list[ChatbotView]:
    """All chatbots of the tenant, the one changed last first."""
    return answers_of(await account.send("GET", "/api/chatbots"), ChatbotView)


async def find_chatbot(account: Account, wanted: str) -> ChatbotView:
    """A chatbot by its id or its name.

    Raises: NotFound: there is none. BadRequest: several have this name.
    """
    chatbots = await chatbots_of(account)
    by_id = [chatbot for chatbot in chatbots if str(chatbot.id) == wanted.strip().lower()]
    found = by_id or [chatbot for chatbot in chatbots if chatbot.name.casefold() == wanted.strip().casefold()]
    if not found:
        raise NotFound(f"chatbot: {wanted}")
    if len(found) > 1:
        ids = ", ".join(str(chatbot.id) for chatbot in found)
        raise BadRequest(f"Several chatbots are called {wanted}. Name one by its id: {ids}.")
    return found[0]


def numbered(releases: Sequence[ReleaseView], number: int) -> ReleaseView:
    """The release of this number. Raises: NotFound: there is none."""
    found = next((release for release in releases if release.number == number), None)
    if found is None:
        raise NotFound(f"release: {number}")
    return found
