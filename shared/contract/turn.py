"""One turn: what a visitor asks, and the events that answer. The same models on every wire.

Offsets count Unicode code points. Shown text carries citation marks such as `[1]`; spoken text does not.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from shared.contract.acting import CueSource, Emotion, Role
from shared.contract.base import Frozen

MAXIMUM_QUESTION_CHARACTERS = 4_000


class Message(Frozen):
    """One message of a conversation, as history is given to a turn."""

    author: Literal["visitor", "chatbot"]
    text: str


class Ask(Frozen):
    """What opens a turn. `message_id` is the client's own: sent twice, answered once."""

    turn_id: UUID
    message_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=MAXIMUM_QUESTION_CHARACTERS)]
    history: tuple[Message, ...] = ()
    locale: str = "en"


class TurnEvent(Frozen):
    """What every event of a turn has. `seq` starts at 0 and has no gaps."""

    turn_id: UUID
    seq: int = Field(ge=0)


class TurnStarted(TurnEvent):
    """The turn was accepted."""

    type: Literal["started"] = "started"
    message_id: UUID


class TurnDelta(TurnEvent):
    """More of the shown text, starting at code point `offset` of it."""

    type: Literal["delta"] = "delta"
    offset: int = Field(ge=0)
    text: str


class TurnCue(TurnEvent):
    """Something to act when its place in the text is shown or heard."""

    type: Literal["cue"] = "cue"
    role: Role | None = None
    emotion: Emotion = "neutral"
    intensity: float = Field(ge=0, le=1)
    clip: str | None = None
    """The director's choice; None is face only. A stage that lacks it resolves the role down its chain."""
    offset: int = Field(ge=0)
    """Into the spoken text."""
    shown_offset: int = Field(ge=0)
    """Into the shown text."""
    source: CueSource
    confidence: float = Field(ge=0, le=1)


class TurnCitation(TurnEvent):
    """The source behind mark `[number]` of the shown text. Sent before the mark's own delta."""

    type: Literal["citation"] = "citation"
    number: int = Field(ge=1)
    document_id: str
    title: str
    text: str
    """The passage, or its beginning: 400 code points at most."""
    page: int | None = None
    heading: tuple[str, ...] = ()
    url: str | None = None


class Usage(Frozen):
    """Tokens and cost. `cost_microunits` is None when the model's price is unknown, never zero for it."""

    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    cost_microunits: int | None = None
    """Millionths of a US dollar."""
    price_snapshot: str = ""
    """Which price list the cost was taken from."""


class Timings(Frozen):
    """Seconds since the turn was opened."""

    retrieved: float | None = None
    first_token: float | None = None
    first_delta: float | None = None
    finished: float = 0.0


Outcome = Literal["answered", "nothing_found", "small_talk", "cancelled"]


class RetrievedPassage(Frozen):
    """What retrieval offered the model, kept for the designer."""

    document_id: str
    title: str
    page: int | None = None
    score: float


class TurnFinished(TurnEvent):
    """The turn ended well. `text` is the whole shown text, so a late client needs nothing else."""

    type: Literal["finished"] = "finished"
    text: str
    outcome: Outcome
    answered_by: str
    """`provider/model` that answered, such as `anthropic/claude-sonnet-4-5` or `troupe/understudy`."""
    usage: Usage = Usage()
    timings: Timings = Timings()
    retrieved: tuple[RetrievedPassage, ...] = ()
    fallbacks: tuple[str, ...] = ()
    """Providers that failed before the one that answered, as `provider/model: code`."""


class TurnFailed(TurnEvent):
    """The turn ended badly. What was already shown stays."""

    type: Literal["failed"] = "failed"
    code: str
    sentence: str
    retryable: bool = True


AnyTurnEvent = Annotated[
    TurnStarted | TurnDelta | TurnCue | TurnCitation | TurnFinished | TurnFailed, Field(discriminator="type")
]
TURN_EVENT: TypeAdapter[AnyTurnEvent] = TypeAdapter(AnyTurnEvent)
