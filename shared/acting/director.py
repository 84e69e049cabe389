"""The director: from what should be acted to what is acted, with a sense of measure.

People complain of too much motion far more often than of too little. So: one body gesture a sentence, some seconds
between two, no clip twice in a row, cooldowns for clips and roles. Same seed, same decisions.
"""

import random
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Final

from shared.acting.manners import MANNERS as MANNERS
from shared.acting.moments import Intent
from shared.acting.resolving import fallback_chain, playable, resolve, resolved_role
from shared.acting.restraints import Restraint
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
    TALKING_EVERY_SECONDS,
    WEAK_FALLBACKS,
    Posture,
)
from shared.contract.acting import ActingMap, Emotion, Role, RoleClip

MOST_TRUSTED: Final = 0.65
"""Below this confidence a cue stays in the face."""
ROLE_OF_ANY_CLIP: Final[Role] = "present"
"""What a clip counts as that a designer asks for and that plays no role."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is acted. `clip` None is face and head only; `role` None then says that the body does nothing."""

    role: Role | None
    emotion: Emotion
    intensity: float
    clip: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision with its reasons. `restraint` says why the body does less than was asked, or nothing is seen."""

    decision: Decision | None
    wanted: Role | None
    """The role that was asked for, by itself or through the emotion."""
    restraint: Restraint | None = None


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
        self._last_variant: str | None = None
        self._clip_at: dict[str, float] = {}
        self._role_at: dict[Role, float] = {}
        self._gesture_at = float("-inf")
        self._gesture_sentence: int | None = None
        self._face: Emotion = "neutral"
        self._face_until = float("-inf")

    def direct(self, intent: Intent, offset: int, sentence: int) -> Decision | None:
        """Decide about one cue: what `consider` decides, without its reasons."""
        return self.consider(intent, offset, sentence).decision

    def consider(self, intent: Intent, offset: int, sentence: int) -> Verdict:
        """Decide about one cue, and say why. A designer's rule is obeyed as it stands: no measure holds its body back.

        Args:
            intent: what should be acted.
            offset: its place in the spoken text; its time is estimated at 50 ms a character.
            sentence: which sentence it belongs to, counted from 0.
        Returns: the verdict; its decision is None when nothing would be seen.
        """
        at_seconds = offset * SECONDS_PER_CHARACTER
        obeyed = intent.source == "designer"
        intensity = intent.intensity if obeyed else self.manner.loud(intent.intensity)
        wanted = intent.role or (None if obeyed else self._role_of(intent.emotion))
        restraint = self._restraint(wanted, intent, intensity, at_seconds, sentence)
        decision = Decision(None, intent.emotion, intensity, None)
        if obeyed and restraint is None and intent.clip is not None and self._knows(intent.clip):
            role = intent.role or self._role_playing(intent.clip)
            decision = self._moved(role, intent.emotion, intensity, intent.clip, at_seconds, sentence)
        elif wanted is not None and restraint is None:
            own = None if obeyed or intent.role is not None else self._clip_of(intent.emotion)
            played = self._played(wanted, intent.emotion, intensity, at_seconds, sentence, obeyed=obeyed, own=own)
            restraint = None if played is not None else "clip_rests" if own is not None else self._lack(wanted)
            decision = played or decision
        if decision.role is None and decision.emotion == self._face_at(at_seconds):
            return Verdict(None, wanted, restraint or "same_face")
        self._face, self._face_until = decision.emotion, at_seconds + FACE_HOLD_SECONDS
        return Verdict(replace(decision, intensity=round(decision.intensity, 3)), wanted, restraint)

    def posture_for(self, posture: Posture, emotion: Emotion = "neutral", avoid: str | None = None) -> RoleClip | None:
        """The loop for a posture, of the mood if there is one; None when the avatar has not even an idle.

        Args:
            avoid: a clip that shall not be taken while there is another.
        """
        choices = self.postures_for(posture, emotion)
        return self._chosen([one for one in choices if one.clip != avoid] or list(choices))

    def postures_for(self, posture: Posture, emotion: Emotion = "neutral") -> tuple[RoleClip, ...]:
        """Every loop that fits a posture in this mood: those of the mood, else those of none."""
        return _of_mood(resolve(posture, self.acting), emotion)

    def idle_variant(self, resting: Container[str] = (), emotion: Emotion = "neutral") -> RoleClip | None:
        """A small motion for a long idle, or None when the avatar has none of its own that does not rest.

        Not the same twice in a row, while there is another.
        """
        free = tuple(one for one in playable("idle_variant", self.acting) if one.clip not in resting)
        fitting = _of_mood(free, emotion)
        chosen = self._chosen([one for one in fitting if one.clip != self._last_variant] or fitting)
        self._last_variant = chosen.clip if chosen else self._last_variant
        return chosen

    def seconds_to_idle_variant(self) -> float:
        """How long to idle before the next variant."""
        return self._chance.uniform(*IDLE_VARIANT_EVERY_SECONDS) / self.manner.pace

    def seconds_to_other_talk(self) -> float:
        """How long to talk in one way."""
        return self._chance.uniform(*TALKING_EVERY_SECONDS) / self.manner.pace

    def other_clip(self, role: Role, resting: Container[str]) -> str | None:
        """Another clip for a role whose chosen one rests, or None."""
        chosen = self._chosen([one for one in resolve(role, self.acting) if one.clip not in resting])
        return chosen.clip if chosen else None

    def _role_of(self, emotion: Emotion) -> Role | None:
        face = self.acting.emotions.get(emotion)
        clip = self._clip_of(emotion)
        if clip is not None and (face is None or face.role is None or face.role in POSTURES):
            return self._role_playing(clip)
        return face.role if face is not None else None

    def _clip_of(self, emotion: Emotion) -> str | None:
        """The very clip that the designer gave to an emotion, if it can be played."""
        face = self.acting.emotions.get(emotion)
        clip = face.clip if face is not None else None
        known = clip is not None and self._knows(clip)
        return clip if known and not (clip in self.acting.clips and self.acting.clips[clip].hidden) else None

    def _knows(self, clip: str) -> bool:
        return clip in self.acting.clips or clip in {one.clip for of in self.acting.roles.values() for one in of}

    def _role_playing(self, clip: str) -> Role:
        """A role for a clip that was named without one: every stage acts by role."""
        mapped = (role for role, choices in self.acting.roles.items() if any(one.clip == clip for one in choices))
        return next((role for role in mapped if role not in POSTURES), ROLE_OF_ANY_CLIP)

    def _restraint(
        self, wanted: Role | None, intent: Intent, intensity: float, at_seconds: float, sentence: int
    ) -> Restraint | None:
        """What keeps the body from a role, the plainest reason first."""
        if intent.source == "designer":
            asked = wanted is not None or intent.clip is not None
            return "faint" if asked and intensity < FACE_ONLY_BELOW else None
        if wanted is None:
            return None
        if wanted in OFF_BY_DEFAULT and not self.manner.stories:
            return "off_by_default"
        if wanted in POSTURES:
            return "posture"
        if intensity < self._least(intent):
            return "faint"
        if intent.source != "marker" and intent.confidence < MOST_TRUSTED:
            return "unsure"
        return self._measure(wanted, at_seconds, sentence)

    def _least(self, intent: Intent) -> float:
        """The intensity from which the body moves; an emotion alone must be as strong as its own row asks."""
        own = 0.0 if intent.role is not None else self.acting.emotions[intent.emotion].minimum_intensity
        return max(own, FACE_ONLY_BELOW)

    def _measure(self, role: Role, at_seconds: float, sentence: int) -> Restraint | None:
        if sentence == self._gesture_sentence:
            return "sentence"
        if at_seconds - self._gesture_at < self.manner.gesture_every_seconds:
            return "budget"
        rested = at_seconds - self._role_at.get(role, float("-inf")) >= ROLE_COOLDOWN_SECONDS
        return None if rested else "role_rests"

    def _lack(self, role: Role) -> Restraint:
        """Why no clip plays a role that nothing else holds back."""
        found = resolved_role(role, self.acting)
        return "clip_rests" if found is not None and found not in {"talking", "idle"} else "no_clip"

    def _face_at(self, at_seconds: float) -> Emotion:
        return self._face if at_seconds < self._face_until else "neutral"

    def _played(
        self,
        role: Role,
        emotion: Emotion,
        intensity: float,
        at_seconds: float,
        sentence: int,
        *,
        obeyed: bool,
        own: str | None = None,
    ) -> Decision | None:
        if own is not None:
            free = self._rested(own, at_seconds)
            return self._moved(role, emotion, intensity, own, at_seconds, sentence) if free else None
        played_as = resolved_role(role, self.acting)
        clip = self._free_clip(role, at_seconds, obeyed=obeyed) if played_as not in {"talking", "idle"} else None
        by_head = played_as is None and not PROCEDURAL.isdisjoint(fallback_chain(role))
        if clip is None and not by_head:
            return None
        weakened = WEAK_FALLBACKS.get((role, played_as), 1.0) if played_as else 1.0
        return self._moved(role, emotion, intensity * weakened, clip, at_seconds, sentence)

    def _moved(
        self, role: Role, emotion: Emotion, intensity: float, clip: str | None, at_seconds: float, sentence: int
    ) -> Decision:
        """Remember that the body moves now."""
        self._gesture_at, self._gesture_sentence, self._role_at[role] = at_seconds, sentence, at_seconds
        if clip is not None:
            self._clip_at[clip], self._last_clip = at_seconds, clip
        return Decision(role, emotion, intensity, clip)

    def _free_clip(self, role: Role, at_seconds: float, *, obeyed: bool) -> str | None:
        choices = resolve(role, self.acting)
        rested = [choice for choice in choices if self._rested(choice.clip, at_seconds)]
        if obeyed and not rested:
            rested = list(choices)
        others = [choice for choice in rested if choice.clip != self._last_clip]
        chosen = self._chosen(others or rested)
        return chosen.clip if chosen else None

    def _rested(self, clip: str, at_seconds: float) -> bool:
        known = self.acting.clips.get(clip)
        own = known.cooldown_seconds if known is not None else None
        since = at_seconds - self._clip_at.get(clip, float("-inf"))
        return since >= (CLIP_COOLDOWN_SECONDS if own is None else own)

    def _chosen(self, choices: Sequence[RoleClip]) -> RoleClip | None:
        if not choices:
            return None
        return self._chance.choices(choices, weights=[choice.weight for choice in choices])[0]


def _of_mood(choices: Sequence[RoleClip], emotion: Emotion) -> tuple[RoleClip, ...]:
    """Clips of a mood play in that mood only; those of none in every other."""
    fitting = tuple(one for one in choices if one.emotion == emotion and emotion != "neutral")
    plain = tuple(one for one in choices if one.emotion in {None, "neutral"})
    return fitting or plain or tuple(choices)
