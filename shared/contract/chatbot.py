"""A chatbot as its designer writes it: the draft, which is also a project's `chatbot.json`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.contract.acting import ActingMap
from shared.contract.base import FileName, Frozen, Locale, LongText, Sha256, ShortText
from shared.contract.placement import Placement


def _plain_segment(name: str) -> str:
    if name in {".", ".."}:
        raise ValueError("a file name may not be . or ..")
    return name


class BlobRef(Frozen):
    """A file of the project: by name on the designer's disk, by digest on the server."""

    name: Annotated[FileName, AfterValidator(_plain_segment)]
    sha256: Sha256
    bytes: int = Field(ge=0)
    media_type: str = "application/octet-stream"


class AvatarRef(Frozen):
    """The avatar's GLB, which lies in `avatar/`, and its poster, baked when publishing."""

    glb: BlobRef
    poster: BlobRef | None = None
    licence: ShortText = ""
    credit: ShortText = ""


class DocumentRef(Frozen):
    """One document of the knowledge; it lies in `knowledge/`."""

    blob: BlobRef
    title: ShortText


class Personality(Frozen):
    """Who the character is and how it speaks. All text is the designer's."""

    about: LongText = ""
    """Who the character is, for whom it speaks, what it is there for."""
    tone: LongText = ""
    """How it speaks: warm, brief, formal, playful."""
    rules: LongText = ""
    """What it always or never does."""
    greeting: Annotated[str, StringConstraints(max_length=600)] = "Hello! How can I help?"
    decline: Annotated[str, StringConstraints(max_length=600)] = "I am sorry, I do not know that."
    """What it says, in its own voice, when its knowledge holds no answer."""
    goodbye: Annotated[str, StringConstraints(max_length=600)] = ""
    suggestions: tuple[ShortText, ...] = ()
    """Questions offered to the visitor at the start; six at most are shown."""


class Look(Frozen):
    """How the widget looks."""

    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = "#4f46e5"
    theme: Literal["auto", "light", "dark"] = "auto"
    framing: Literal["full", "half", "bust"] = "half"


class ModelChoice(Frozen):
    """Which model answers. `auto` takes the first provider that the server or desk has a key for."""

    provider: Literal["auto", "understudy", "openai", "anthropic", "compatible"] = "auto"
    model: ShortText = ""
    """Empty: the provider's default in our settings."""


class ChatbotDraft(Frozen):
    """Everything a designer edits. Its JSON is `chatbot.json` on disk and the draft on the server."""

    format: Literal[1] = 1
    name: ShortText = "Untitled"
    locale: Locale = "en"
    avatar: AvatarRef | None = None
    acting: ActingMap = ActingMap()
    personality: Personality = Personality()
    knowledge: tuple[DocumentRef, ...] = ()
    look: Look = Look()
    placement: Placement = Placement()
    models: ModelChoice = ModelChoice()
