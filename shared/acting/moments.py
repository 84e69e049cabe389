"""Events of a turn, and the cues that they ask for: a bot acts well from these alone."""

from dataclasses import dataclass
from typing import Final, Literal

from shared.contract.acting import CueSource, Emotion, Role

Moment = Literal[
    "greeting", "found", "partly_found", "nothing_found", "clarification", "refused", "error", "goodbye", "thanks",
    "praise", "chat",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intent:
    """What should be acted, before the director decides how."""

    role: Role | None
    emotion: Emotion
    intensity: float
    source: CueSource
    confidence: float
    clip: str | None = None
    """A designer's rule may name the very clip."""


MOMENT_INTENTS: Final[dict[Moment, Intent]] = {
    "greeting": Intent("greet", "happy", 0.8, "event", 0.9),
    "found": Intent("present", "happy", 0.6, "event", 0.8),
    "partly_found": Intent("present", "curious", 0.45, "event", 0.7),
    "nothing_found": Intent("shrug", "sorry", 0.7, "event", 0.95),
    "clarification": Intent("confused", "curious", 0.55, "event", 0.8),
    "refused": Intent("shake_head", "sorry", 0.6, "event", 0.9),
    "error": Intent("confused", "sorry", 0.6, "event", 0.9),
    "goodbye": Intent("goodbye", "warm", 0.8, "event", 0.9),
    "thanks": Intent("thank", "warm", 0.7, "event", 0.9),
    "praise": Intent("shy", "warm", 0.6, "event", 0.8),
    "chat": Intent(None, "warm", 0.5, "event", 0.6),
}
"""Each event's cue; every one resolves down its chain to what the avatar has."""


def intent_of(moment: Moment) -> Intent:
    """What an event of the turn asks to be acted."""
    return MOMENT_INTENTS[moment]
