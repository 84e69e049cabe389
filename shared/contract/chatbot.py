"""A chatbot as its designer writes it: the draft, which is also a project's `chatbot.json`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.contract.acting import ActingMap, Emotion
from shared.contract.base import FileName, Frozen, Locale, LongText, Sha256, ShortText
from shared.contract.placement import Placement
from shared.contract.rehearsal import Rehearsal


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


class SpriteSheet(Frozen):
    """The avatar as still pictures, for devices that cannot draw it: a row for each emotion, a column for each mouth.

    Mouths from left to right: shut, half open, open.
    """

    blob: BlobRef
    emotions: tuple[Emotion, ...]
    """Those that the avatar can show; the neutral stands in for others."""
    width: int = Field(gt=0, le=2048)
    """Of one picture, in pixels."""
    height: int = Field(gt=0, le=2048)


class AvatarRef(Frozen):
    """The avatar's GLB, which lies in `avatar/`, and what is made from it when publishing."""

    glb: BlobRef
    """The designer's own file, never changed."""
    optimised: BlobRef | None = None
    """Made from `glb` when publishing; visitors get this one where it is there."""
    poster: BlobRef | None = None
    sprites: SpriteSheet | None = None
    card: BlobRef | None = None
    """Social card, 1200x630."""
    licence: ShortText = ""
    credit: ShortText = ""

    @property
    def shown(self) -> BlobRef:
        """What visitors get."""
        return self.optimised or self.glb


class DocumentRef(Frozen):
    """One document of the knowledge; it lies in `knowledge/`."""

    blob: BlobRef
    title: ShortText
    address: Annotated[str, StringConstraints(max_length=2_000)] = ""
    """The web address that it was fetched from; empty for a file."""


class GoldQuestion(Frozen):
    """A question whose answer is known to lie in a document: the knowledge is scored by them."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    document: FileName | None = None
    """File name of the document that answers it; None when nothing may be found."""


class Tone(Frozen):
    """How the character speaks, as sliders from -1 to 1; 0 says nothing about it."""

    warmth: float = Field(default=0.0, ge=-1, le=1)
    """Cool to warm."""
    formality: float = Field(default=0.0, ge=-1, le=1)
    """Casual to formal."""
    length: float = Field(default=0.0, ge=-1, le=1)
    """Brief to thorough."""
    humour: float = Field(default=0.0, ge=-1, le=1)
    """Serious to playful."""
    energy: float = Field(default=0.0, ge=-1, le=1)
    """Calm to lively."""


class Exchange(Frozen):
    """An example: what a visitor says, and what the character answers."""

    visitor: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    character: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class Personality(Frozen):
    """Who the character is and how it speaks. All text is the designer's."""

    role: ShortText = ""
    """What it is, in a few words: "receptionist of the Harbour Museum"."""
    about: LongText = ""
    """Who the character is, for whom it speaks, what it is there for."""
    languages: tuple[Locale, ...] = Field(default=(), max_length=40)
    """It answers in these, the first when in doubt; none: in the visitor's language."""
    manner: Tone = Tone()
    tone: LongText = ""
    """How it speaks, in the designer's own words, beside the sliders."""
    do: tuple[ShortText, ...] = Field(default=(), max_length=40)
    """What it always does."""
    dont: tuple[ShortText, ...] = Field(default=(), max_length=40)
    """What it never does."""
    rules: LongText = ""
    """What else it keeps to."""
    examples: tuple[Exchange, ...] = Field(default=(), max_length=20)
    greeting: Annotated[str, StringConstraints(max_length=600)] = "Hello! How can I help?"
    decline: Annotated[str, StringConstraints(max_length=600)] = "I am sorry, I do not know that."
    """What it says, in its own voice, when its knowledge holds no answer."""
    goodbye: Annotated[str, StringConstraints(max_length=600)] = ""
    suggestions: tuple[ShortText, ...] = ()
    """Questions offered to the visitor at the start; six at most are shown."""


class WidgetTexts(Frozen):
    """The widget's own words in one language, where the designer wants others than ours; empty keeps ours."""

    title: ShortText = ""
    """In the chat's header, instead of the chatbot's name."""
    launcher: ShortText = ""
    """What the launcher is called, for those who hear it and on its tooltip."""
    teaser: ShortText = ""
    """A bubble beside the launcher before the chat is first opened."""
    placeholder: ShortText = ""
    """In the empty field of the composer."""
    consent: Annotated[str, StringConstraints(max_length=600)] = ""
    """Below the composer, such as what becomes of the visitor's words."""


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Look(Frozen):
    """How the widget looks."""

    accent: Colour = "#4f46e5"
    background: Colour | None = None
    """Behind the avatar; None: the theme's own."""
    theme: Literal["auto", "light", "dark"] = "auto"
    framing: Literal["full", "half", "bust"] = "half"
    size: Literal["small", "medium", "large"] = "medium"
    corners: int = Field(default=16, ge=0, le=32)
    """Radius of the window's corners, in CSS pixels."""
    direction: Literal["auto", "ltr", "rtl"] = "auto"
    """`auto` follows the language."""
    texts: dict[Locale, WidgetTexts] = Field(default_factory=dict)


class Fallback(Frozen):
    """A model that is asked when the one before fails before its first word."""

    provider: Literal["openai", "anthropic", "compatible"]
    model: ShortText = ""


class ModelChoice(Frozen):
    """Which model answers. `auto` takes the first provider that the server or desk has a key for."""

    provider: Literal["auto", "understudy", "openai", "anthropic", "compatible"] = "auto"
    model: ShortText = ""
    """Empty: the provider's default in our settings."""
    fallbacks: tuple[Fallback, ...] = Field(default=(), max_length=4)
    """In this order; the understudy is always the last."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    """None: the model's own."""
    answer_tokens: int = Field(default=800, ge=64, le=8_192)
    """The longest answer."""
    monthly_budget_micros: int | None = Field(default=None, ge=0)
    """In micro-dollars of model cost a calendar month (UTC); once spent, the understudy answers. None: no limit."""


class ChatbotDraft(Frozen):
    """Everything a designer edits. Its JSON is `chatbot.json` on disk and the draft on the server."""

    format: Literal[1] = 1
    name: ShortText = "Untitled"
    locale: Locale = "en"
    avatar: AvatarRef | None = None
    acting: ActingMap = ActingMap()
    personality: Personality = Personality()
    knowledge: tuple[DocumentRef, ...] = ()
    gold: tuple[GoldQuestion, ...] = Field(default=(), max_length=500)
    rehearsals: tuple[Rehearsal, ...] = Field(default=(), max_length=100)
    """Conversations that were saved to be replayed as tests."""
    look: Look = Look()
    placement: Placement = Placement()
    models: ModelChoice = ModelChoice()
