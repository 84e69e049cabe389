"""What every chat model is asked and gives: one prompt in, a stream of chunks out."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from shared.contract.chatbot import Personality
from shared.contract.turn import Message

Stop = Literal["end", "length", "refused"]


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered passage that the model may cite as `[number]`."""

    number: int
    title: str
    text: str
    heading: tuple[str, ...] = ()
    page: int | None = None
    score: float = 1.0
    """How likely the passage answers the question, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Everything a model gets for one turn.

    `system`, `history` and `request` are composed text for models that read text; the understudy reads `question`,
    `sources` and `personality` instead.
    """

    system: str
    history: tuple[Message, ...]
    request: str
    question: str
    sources: tuple[Source, ...] = ()
    personality: Personality = field(default_factory=Personality)
    name: str = ""
    locale: str = "en"
    output_tokens: int = 800
    temperature: float | None = None
    """None: the model's own."""
    kin: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """For words of the question (lower case), what means nearly the same, and how nearly: above 0, up to 1."""


@dataclass(frozen=True, slots=True)
class TextChunk:
    """Some more characters of the answer; never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class EndChunk:
    """The answer is whole. `input_tokens` holds the cached ones too."""

    stop: Stop = "end"
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    model: str = ""
    """The exact model that the provider says has answered; empty when it does not say."""


Chunk = TextChunk | EndChunk


class ChatModel(Protocol):
    """A model that answers a prompt."""

    @property
    def provider(self) -> str:
        """Who runs it: `openai`, `anthropic`, `compatible`, `troupe`."""
        ...

    @property
    def model(self) -> str:
        """Its name at the provider."""
        ...

    def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Stream the answer: text chunks, then exactly one `EndChunk`.

        Raises: ModelFailed: one of its kinds. A stream that ends without its end raises ModelCut.
        """
        ...


def full_name(model: ChatModel) -> str:
    """`provider/model`, as turns record it."""
    return f"{model.provider}/{model.model}"
