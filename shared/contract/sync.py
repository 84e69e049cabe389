"""What the studio and the server say to each other: blobs, drafts, documents, releases, embeds, sign-in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.contract.avatar import Finding
from shared.contract.base import Frozen, Sha256, ShortText
from shared.contract.chatbot import ChatbotDraft

Channel = Literal["live", "staging"]
Site = Annotated[str, StringConstraints(pattern=r"^https?://(\*\.)?[A-Za-z0-9.\-\[\]:]+$", max_length=260)]
"""Scheme, host and port of a site that may show an embed; `*` only for one whole leading label."""


class SignIn(Frozen):
    """Credentials of a member."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254)]
    password: Annotated[str, StringConstraints(min_length=8, max_length=200)]


class SignUp(SignIn):
    """A new account with its own tenant."""

    name: ShortText = ""
    tenant_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Tokens(Frozen):
    """A short access token (JWT) and the refresh token (opaque, used once)."""

    access_token: str
    refresh_token: str
    expires_at: datetime
    tenant_id: UUID


class Refresh(Frozen):
    """Trades a refresh token for new tokens."""

    refresh_token: str


class CodeTrade(Frozen):
    """Trades a code, which the browser brought to the desk, for tokens."""

    code: Annotated[str, StringConstraints(max_length=200)]
    verifier: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]{43,128}$")]
    """Its S256 digest is the challenge that the code was asked for with."""
    redirect_uri: Annotated[str, StringConstraints(max_length=200)]


MemberRole = Literal["owner", "admin", "designer"]
Permission = Literal["read", "edit", "publish", "embed", "manage_members", "manage_tenant"]


class MeView(Frozen):
    """Who is signed in, where, and what they may do."""

    account_id: UUID
    email: str
    name: str
    tenant_id: UUID
    tenant_name: str
    role: MemberRole
    permissions: tuple[Permission, ...]


class BlobQuestion(Frozen):
    """Which of these blobs does the server lack?"""

    sha256: tuple[Sha256, ...] = Field(max_length=1_000)


class BlobAnswer(Frozen):
    """The blobs that the server lacks."""

    missing: tuple[Sha256, ...]


class UploadState(Frozen):
    """How much of a blob has arrived. Send the rest from `received`."""

    sha256: Sha256
    received: int = Field(ge=0)
    total: int = Field(ge=0)
    complete: bool


class NewChatbot(Frozen):
    """Creates a chatbot, with its first draft."""

    draft: ChatbotDraft = ChatbotDraft()


class ChatbotView(Frozen):
    """A chatbot as lists show it."""

    id: UUID
    name: str
    revision: int
    live_release: UUID | None = None
    created_at: datetime
    updated_at: datetime


class DraftView(Frozen):
    """A draft and its revision; the revision is also the ETag."""

    chatbot_id: UUID
    revision: int
    draft: ChatbotDraft


DocumentState = Literal["received", "parsed", "split", "embedded", "live", "failed"]


class DocumentView(Frozen):
    """One document on its way into the index."""

    id: UUID
    title: str
    sha256: Sha256
    media_type: str
    state: DocumentState
    progress: float = Field(default=0.0, ge=0, le=1)
    passages: int = 0
    problem: str = ""
    """Why it failed, and what to do about it."""


class NewRelease(Frozen):
    """Publishes the draft of `revision` to a channel."""

    revision: int
    channel: Channel = "live"
    note: ShortText = ""


class ReleaseView(Frozen):
    """An immutable release."""

    id: UUID
    chatbot_id: UUID
    number: int
    revision: int
    note: str = ""
    author: str = ""
    """Name of who published it, as it was then; empty for releases from before names were kept."""
    channels: tuple[Channel, ...] = ()
    created_at: datetime
    findings: tuple[Finding, ...] = ()


class ReleaseDraft(ReleaseView):
    """A release with all that was published."""

    draft: ChatbotDraft


class ChannelMove(Frozen):
    """Points a channel at a release: publishing again, or rolling back."""

    release_id: UUID


class NewEmbed(Frozen):
    """Creates or replaces an embed's settings."""

    name: ShortText = "Website"
    sites: tuple[Site, ...] = Field(default=(), max_length=50)
    channel: Channel = "live"
    enabled: bool = True


class EmbedView(NewEmbed):
    """An embed, with the snippet to paste."""

    id: str
    """Public address of the embed; never a credential."""
    chatbot_id: UUID
    snippet: str


class Problem(Frozen):
    """An error on the wire (RFC 9457): `code` is stable, `detail` is one sentence for people."""

    code: str
    title: str
    detail: str
    status: int
    fields: dict[str, str] = Field(default_factory=dict)
