"""Who performs a turn, and how long it may take."""

from dataclasses import dataclass, field

from shared.contract.acting import ActingMap
from shared.contract.chatbot import ChatbotDraft, ModelChoice, Personality

_USUAL = ModelChoice()


@dataclass(frozen=True, slots=True)
class Cast:
    """The character of a turn, as its release or draft has it."""

    name: str
    personality: Personality = field(default_factory=Personality)
    acting: ActingMap = field(default_factory=ActingMap)
    locale: str = "en"
    release_id: str = ""
    """Opaque: whoever opens the turn may know it again."""
    recent_clips: tuple[str, ...] = ()
    """Clips of the turns before, oldest first, so that none is played twice in a row."""
    temperature: float | None = None
    """None: the model's own."""
    answer_tokens: int = _USUAL.answer_tokens
    """The longest answer."""


def cast_of(draft: ChatbotDraft, release_id: str = "", recent_clips: tuple[str, ...] = ()) -> Cast:
    """The performer of a turn as a draft or a release describes it, on desk and server alike."""
    return Cast(
        name=draft.name,
        personality=draft.personality,
        acting=draft.acting,
        locale=draft.locale,
        release_id=release_id,
        recent_clips=recent_clips,
        temperature=draft.models.temperature,
        answer_tokens=draft.models.answer_tokens,
    )


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """Bounds of one turn."""

    search_seconds: float = 8.0
    first_token_seconds: float = 20.0
    between_tokens_seconds: float = 15.0
    answer_seconds: float = 120.0
    gather_seconds: float = 0.04
    """Deltas are gathered for this long; the first goes out at once."""
    passages: int = 6
    passage_characters: int = 2_400
    history_messages: int = 16
    history_characters: int = 8_000
    waiting_events: int = 256
    """How far the teller may run ahead of a slow reader."""
