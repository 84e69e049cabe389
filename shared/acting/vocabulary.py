"""The tables of acting: what each role is, what it falls back to, how long fades last.

Tables only; what is done with them lies in `mapping`, `resolving` and `director`.
"""

from typing import Final, Literal

from shared.contract.acting import Emotion, Role

Posture = Literal["idle", "listening", "thinking", "talking"]
POSTURES: Final[frozenset[Role]] = frozenset({"idle", "listening", "thinking", "talking"})
"""Loops that are always playing; every other role is a gesture, which gives control back to its posture."""

PROCEDURAL: Final[frozenset[Role]] = frozenset({"listening", "nod", "shake_head"})
"""Roles that a stage can perform with the head alone when the avatar has no clip for them."""

LOOPED: Final[frozenset[Role]] = POSTURES | {"sleep"}

OFF_BY_DEFAULT: Final[frozenset[Role]] = frozenset({"frustrated"})
"""For stories: only the cartoon preset plays them."""

FALLBACKS: Final[dict[Role, tuple[Role, ...]]] = {
    "idle": (),
    "idle_variant": ("idle",),
    "listening": ("idle",),
    "thinking": ("idle",),
    "talking": ("idle",),
    "greet": ("nod",),
    "goodbye": ("greet",),
    "nod": (),
    "shake_head": (),
    "shrug": ("confused", "shake_head"),
    "present": ("talking",),
    "approve": ("nod",),
    "thank": ("nod",),
    "celebrate": ("approve",),
    "laugh": ("celebrate",),
    "sad": ("talking",),
    "surprised": (),
    "confused": ("thinking",),
    "shy": ("thank",),
    "frustrated": (),
    "afraid": ("surprised",),
    "affection": ("thank",),
    "attention": ("greet",),
    "poked": ("surprised", "nod"),
    "dance": ("celebrate",),
    "sleep": ("idle",),
    "appear": ("greet",),
}

WEAK_FALLBACKS: Final[dict[tuple[Role, Role], float]] = {("laugh", "celebrate"): 0.6}
"""Substitutes that overstate what was meant, with the factor that their intensity is scaled by."""

EMOTION_ROLES: Final[dict[Emotion, Role]] = {
    "happy": "nod",
    "excited": "celebrate",
    "warm": "thank",
    "amused": "laugh",
    "thinking": "thinking",
    "confused": "confused",
    "surprised": "surprised",
    "sad": "sad",
    "sorry": "shy",
    "afraid": "afraid",
    "angry": "frustrated",
}
"""What the body does with an emotion that is strong enough; the others stay in the face."""

EMOTION_WORDS: Final[dict[Emotion, tuple[str, ...]]] = {
    "happy": ("happy", "joy", "joyful", "cheerful", "glad", "smile", "smiling", "proud", "relieved"),
    "excited": ("excited", "thrilled", "enthusiastic", "energetic"),
    "warm": ("warm", "friendly", "kind", "loving", "caring"),
    "amused": ("amused", "playful", "silly", "cocky"),
    "curious": ("curious", "interested"),
    "thinking": ("thoughtful", "pensive"),
    "confused": ("confused", "puzzled", "unsure"),
    "surprised": ("surprised", "shocked", "amazed"),
    "sad": ("sad", "unhappy", "depressed", "disappointed", "tired"),
    "sorry": ("sorry", "embarrassed", "shy", "bashful", "timid"),
    "afraid": ("afraid", "scared", "fear", "fearful", "nervous", "terrified"),
    "angry": ("angry", "annoyed", "frustrated", "mad", "upset"),
}
"""Moods as they stand in clip names: they tag an idle or a talking clip."""

FACE_FADE_SECONDS: Final[dict[Emotion, float]] = {
    "neutral": 0.6, "happy": 0.4, "excited": 0.4, "warm": 0.4, "amused": 0.4, "curious": 0.4, "thinking": 0.5,
    "confused": 0.4, "surprised": 0.15, "sad": 0.4, "sorry": 0.4, "afraid": 0.3, "angry": 0.3,
}  # fmt: skip
FACE_HOLD_SECONDS: Final = 3.0

POSTURE_FADE_SECONDS: Final = 0.45
LISTENING_FADE_SECONDS: Final = 0.20
GESTURE_IN_SECONDS: Final = 0.25
GESTURE_OUT_SECONDS: Final = 0.40
GESTURE_TO_GESTURE_SECONDS: Final = 0.20
SHORTEST_GESTURE_SECONDS: Final = 1.5
LONGEST_GESTURE_SECONDS: Final = 4.5
"""Shorter loops are repeated to this hold, longer clips faded out at it; all scaled by snappiness."""

CLIP_COOLDOWN_SECONDS: Final = 8.0
ROLE_COOLDOWN_SECONDS: Final = 4.0
IDLE_VARIANT_EVERY_SECONDS: Final = (10.0, 25.0)
TALKING_EVERY_SECONDS: Final = (4.0, 7.0)
"""So long one way of talking is kept, where the avatar has several."""
THINKING_AFTER_SECONDS: Final = 0.4
SECONDS_PER_CHARACTER: Final = 0.05
"""How fast text is revealed without a voice: places a cue in time."""

FACE_ONLY_BELOW: Final = 0.35
WHOLE_BODY_ABOVE: Final = 0.7
ACCEPTED_CONFIDENCE: Final = 0.7
"""Below it the designer is asked; nothing below is accepted in silence."""
