"""The director: from what should be acted to what is acted, with a sense of measure.

People complain of too much motion far more often than of too little. So: one body gesture a sentence, some seconds
between two, no clip twice in a row, cooldowns for clips and roles. Same seed, same decisions.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.acting.moments import Intent
from shared.acting.resolving import fallback_chain, playable, resolve, resolved_role
from shared.acting.vocabulary import (
    CLIP_COOLDOWN_SECONDS,
    FACE_HOLD_SECONDS,
    FACE_ONLY_BELOW,
    IDLE_VARIANT_EVERY_SECONDS,
    OFF_BY_DEFAULT,
    POSTURES,
    PROCEDURAL,
    ROLE_COOLDOWN_SECONDS,
    SECONDS_PER_CHARACTER,
    WEAK_FALLBACKS,
    Posture,
)
from shared.contract.acting import ActingMap, Emotion, Preset, Role, RoleClip


@dataclass(frozen=True, slots=True)
class Manner:
    """How much a preset moves."""

    gesture_every_seconds: float
    gain: float
    """Scales every intensity."""
    loudest: float
    """No cue is stronger."""
    stories: bool = False
    """Plays the roles that are off by default."""


MANNERS: Final[dict[Preset, Manner]] = {
    "receptionist": Manner(6.0, 0.8, 0.75),
    "friendly": Manner(3.0, 1.0, 0.9),
    "lively": Manner(3.0, 1.15, 1.0),
    "cartoon": Manner(2.0, 1.35, 1.0, stories=True),
}

MOST_TRUSTED: Final = 0.65
"""Below this confidence a cue stays in the face."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is acted. `clip` None is face and head only; `role` None then says that the body does nothing."""

    role: Role | None
    emotion: Emotion
    intensity: float
    clip: str | None


class Director:
    """Decides for one avatar; keeps what was played lately.

    Args:
        acting: the avatar's published map.
        seed: makes its choices repeatable.
        recent: clips played before, oldest first: the last one is not played again at once.
    """

    def __init__(self, acting: ActingMap, seed: int, recent: Sequence[str] = ()) -> None:
        self.acting = acting
        self.manner = MANNERS[acting.preset]
        self._chance = random.Random(seed)
        self._last_clip = recent[-1] if recent else None
        self._clip_at: dict[str, float] = {}
        self._role_at: dict[Role, float] = {}
        self._gesture_at = float("-inf")
        self._gesture_sentence: int | None = None
        self._face: Emotion = "neutral"
        self._face_until = float("-inf")

    def direct(self, intent: Intent, offset: int, sentence: int) -> Decision | None:
        """Decide about one cue.

        Args:
            intent: what should be acted.
            offset: its place in the spoken text; its time is estimated at 50 ms a character.
            sentence: which sentence it belongs to, counted from 0.
        Returns: the decision, or None when nothing would be seen.
        """
        intensity = min(self.manner.loudest, intent.intensity * self.manner.gain)
        at_seconds = offset * SECONDS_PER_CHARACTER
        role = self._wanted_role(intent, intensity)
        decision = Decision(None, intent.emotion, intensity, None)
        if role is not None and self._may_move(role, at_seconds, sentence):
            decision = self._played(role, intent.emotion, intensity, at_seconds, sentence)
        if decision.role is None and decision.emotion == self._face_at(at_seconds):
            return None
        self._face, self._face_until = decision.emotion, at_seconds + FACE_HOLD_SECONDS
        return Decision(decision.role, decision.emotion, round(decision.intensity, 3), decision.clip)

    def posture_for(self, posture: Posture, emotion: Emotion = "neutral") -> RoleClip | None:
        """The loop for a posture, of the mood if there is one; None when the avatar has not even an idle."""
        choices = resolve(posture, self.acting)
        fitting = [one for one in choices if one.emotion == emotion and emotion != "neutral"]
        plain = [one for one in choices if one.emotion in {None, "neutral"}]
        return self._chosen(fitting or plain or list(choices))

    def idle_variant(self) -> RoleClip | None:
        """A small motion for a long idle, or None when the avatar has none of its own."""
        return self._chosen(list(playable("idle_variant", self.acting)))

    def seconds_to_idle_variant(self) -> float:
        """How long to idle before the next variant."""
        return self._chance.uniform(*IDLE_VARIANT_EVERY_SECONDS)

    def _wanted_role(self, intent: Intent, intensity: float) -> Role | None:
        role = intent.role
        if role is None and intent.emotion in self.acting.emotions:
            face = self.acting.emotions[intent.emotion]
            role = face.role if intensity >= face.minimum_intensity else None
        if role in OFF_BY_DEFAULT and not self.manner.stories:
            return None
        quiet = intensity < FACE_ONLY_BELOW or (intent.source != "marker" and intent.confidence < MOST_TRUSTED)
        return None if role in POSTURES or quiet else role

    def _face_at(self, at_seconds: float) -> Emotion:
        return self._face if at_seconds < self._face_until else "neutral"

    def _may_move(self, role: Role, at_seconds: float, sentence: int) -> bool:
        rested = at_seconds - self._gesture_at >= self.manner.gesture_every_seconds
        role_rested = at_seconds - self._role_at.get(role, float("-inf")) >= ROLE_COOLDOWN_SECONDS
        return rested and role_rested and sentence != self._gesture_sentence

    def _played(self, role: Role, emotion: Emotion, intensity: float, at_seconds: float, sentence: int) -> Decision:
        played_as = resolved_role(role, self.acting)
        clip = self._free_clip(role, at_seconds) if played_as not in {"talking", "idle"} else None
        by_head = played_as is None and not PROCEDURAL.isdisjoint(fallback_chain(role))
        if clip is None and not by_head:
            return Decision(None, emotion, intensity, None)
        self._gesture_at, self._gesture_sentence, self._role_at[role] = at_seconds, sentence, at_seconds
        if clip is not None:
            self._clip_at[clip], self._last_clip = at_seconds, clip
        weakened = WEAK_FALLBACKS.get((role, played_as), 1.0) if played_as else 1.0
        return Decision(role, emotion, intensity * weakened, clip)

    def _free_clip(self, role: Role, at_seconds: float) -> str | None:
        rested = [
            choice
            for choice in resolve(role, self.acting)
            if at_seconds - self._clip_at.get(choice.clip, float("-inf")) >= CLIP_COOLDOWN_SECONDS
        ]
        others = [choice for choice in rested if choice.clip != self._last_clip]
        chosen = self._chosen(others or rested)
        return chosen.clip if chosen else None

    def _chosen(self, choices: Sequence[RoleClip]) -> RoleClip | None:
        if not choices:
            return None
        return self._chance.choices(choices, weights=[choice.weight for choice in choices])[0]
