"""What the embed script, the frame and the chat socket are given. Everything here is public or bound to a visitor."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from shared.contract.acting import ActingMap, Emotion
from shared.contract.base import Frozen
from shared.contract.chatbot import Look
from shared.contract.placement import Placement
from shared.contract.turn import AnyTurnEvent


class LoaderConfig(Frozen):
    """What `embed.js` needs: small, and cached for a short time only."""

    embed_id: str
    release_id: UUID
    name: str
    locale: str = "en"
    """The chatbot's own, where nothing suits the visitor better."""
    look: Look
    placement: Placement
    poster_url: str | None = None
    frame_url: str


class PublicSprites(Frozen):
    """The avatar as still pictures on one sheet: a row for each emotion; mouths shut, half open and open across."""

    url: str
    emotions: tuple[Emotion, ...]
    width: int
    """Of one picture, in pixels."""
    height: int


class PublicRelease(Frozen):
    """What a visitor may know of a release. Immutable: cached for ever."""

    release_id: UUID
    name: str
    locale: str
    widget_locale: str | None = None
    """What the placement says; None follows the visitor."""
    look: Look
    acting: ActingMap
    greeting: str
    suggestions: tuple[str, ...] = ()
    avatar_url: str | None = None
    avatar_bytes: int = 0
    poster_url: str | None = None
    sprites: PublicSprites | None = None
    """Shown where the avatar cannot be drawn, and to whoever saves data."""
    credit: str = ""


class NewVisit(Frozen):
    """Opens or continues a visit. Both are what an earlier visit was given; a wrong key opens a new one."""

    visitor_key: str | None = None
    conversation_id: UUID | None = None


class KeptMessage(Frozen):
    """A message of the conversation so far, with the events that its turn left behind (citations)."""

    id: UUID
    author: str
    text: str
    at: datetime
    citations: tuple[AnyTurnEvent, ...] = ()


class RunningTurn(Frozen):
    """A turn that is still being answered: ask for its events from `seq` 0 on."""

    turn_id: UUID
    message_id: UUID


class Visit(Frozen):
    """A visitor token bound to embed, site and conversation, and the conversation so far."""

    token: str
    expires_at: datetime
    visitor_key: str
    conversation_id: UUID
    history: tuple[KeptMessage, ...] = ()
    running: RunningTurn | None = None


class SocketAsk(Frozen):
    """Client event `ask`: acknowledged with `AskAccepted` or a `Problem`."""

    message_id: UUID
    text: str = Field(min_length=1, max_length=4_000)


class AskAccepted(Frozen):
    """The message is stored; its turn is (or was) answered under `turn_id`."""

    turn_id: UUID


class SocketResume(Frozen):
    """Client event `resume`: the server emits again every event of the turn with a greater `seq`."""

    turn_id: UUID
    after_seq: int = Field(default=-1, ge=-1)


class SocketCancel(Frozen):
    """Client event `cancel`: ends the turn."""

    turn_id: UUID
