"""Reading a clip's name: whole words, without what tools put around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.acting.vocabulary import EMOTION_WORDS
from shared.acting.words import EMPTY_WORDS, FIRST_ROLES, FORBIDDING, HEAD_WORDS, ROLE_WORDS, WEAK_IDLE_WORDS
from shared.contract.acting import Emotion, Role

EXACT_CONFIDENCE: Final = 0.95
AMONG_CONFIDENCE: Final = 0.8
VAGUE_CONFIDENCE: Final = 0.6
"""Of a word that is only how a body is held, or in what mood, beside words that nobody knows; and of two loops in one
name. Such a clip is asked about.
"""

_TOOL_NAMES: Final = re.compile(r"mixamo\.com|\b(?:base)?layer[ _]?\d*\b|\btake[ _]?\d+\b|\.\d{3}\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+")

Words = tuple[str, ...]
_PHRASES: Final[dict[Role, tuple[Words, ...]]] = {
    role: tuple(tuple(phrase.split()) for phrase in phrases) for role, phrases in ROLE_WORDS.items()
}
_FORBIDDEN: Final[tuple[Words, ...]] = tuple(tuple(phrase.split()) for phrase in FORBIDDING)


@dataclass(frozen=True, slots=True)
class NameReading:
    """What a clip's name says. `role` is None when it says nothing, or forbids (`forbidden`)."""

    role: Role | None
    confidence: float = 0.0
    emotion: Emotion | None = None
    forbidden: bool = False


def words_of(name: str, prefix: Words = ()) -> Words:
    """Split a clip's name into lower-case words.

    Args:
        prefix: words that every clip of the avatar begins with; dropped when others are left.
    Returns: the words that may mean something, in order; empty for `Armature|mixamo.com|Layer0`.
    """
    parts = [_meaningful(part) for part in name.split("|")]
    spoken = [part for part in parts if part]
    if len(spoken) > 1 and parts[0]:
        spoken = spoken[1:]
    words = tuple(word for part in spoken for word in part)
    return words[len(prefix) :] if prefix and words[: len(prefix)] == prefix and len(words) > len(prefix) else words


def _meaningful(part: str) -> Words:
    raw = [word.lower() for word in _WORD.findall(_TOOL_NAMES.sub(" ", part))]
    joined = _with_short_phrases(raw)
    return tuple(word for word in joined if word not in EMPTY_WORDS and len(word) > 1)


def _with_short_phrases(raw: list[str]) -> list[str]:
    """Keep `t pose` and `don t know` together: their one-letter words would be dropped alone."""
    text = " ".join(raw)
    for apart, together in (("t pose", "tpose"), ("a pose", "apose"), ("don t know", "dont know")):
        text = re.sub(rf"\b{apart}\b", together, text)
    return text.split()


def common_prefix(names: Sequence[str]) -> Words:
    """The first word of every name when three clips or more share it: the character's own name."""
    firsts = {words[0] for words in (words_of(name) for name in names) if len(words) > 1}
    bare = [words for words in (words_of(name) for name in names) if len(words) == 1]
    if len(names) < 3 or len(firsts) != 1 or bare:
        return ()
    first = firsts.pop()
    return () if _says_something(first) else (first,)


def _says_something(word: str) -> bool:
    phrases = [*_FORBIDDEN, *(phrase for phrases in _PHRASES.values() for phrase in phrases)]
    return any(word in phrase for phrase in phrases)


def read_name(name: str, prefix: Words = ()) -> NameReading:
    """What the clip's name says about its role, by whole words."""
    words = words_of(name, prefix)
    if not words:
        return NameReading(role=None)
    if any(_spans(words, phrase) for phrase in _FORBIDDEN):
        return NameReading(role=None, confidence=EXACT_CONFIDENCE, forbidden=True)
    found = _role_of(words)
    if found is None:
        return NameReading(role=None, emotion=_mood_of(words))
    role, phrase = found
    rest = _without(words, phrase)
    loop = _named_loop(rest) if role == "idle" else None
    if loop is not None:
        return NameReading(loop, VAGUE_CONFIDENCE, _mood_of(rest))
    emotion = _mood_of(rest) if role in {"idle", "talking"} else None
    return NameReading(role, _confidence(role, phrase, rest), emotion)


def _named_loop(words: Words) -> Role | None:
    """Another loop than idling that an idle is named for, as in "Talk Idle"."""
    return next((role for role in ("talking", "thinking", "listening") if _longest(words, role)), None)


def _confidence(role: Role, phrase: Words, rest: Words) -> float:
    if not rest:
        return EXACT_CONFIDENCE
    held = role == "idle" and phrase[-1] in WEAK_IDLE_WORDS and _mood_of(rest) is None
    moody = role == "celebrate" and len(phrase) == 1 and _is_mood(phrase) and phrase != ("excited",)
    return VAGUE_CONFIDENCE if held or moody else AMONG_CONFIDENCE


def _role_of(words: Words) -> tuple[Role, Words] | None:
    found = {role: phrase for role in _PHRASES if (phrase := _longest(words, role))}
    order: list[Role] = []
    if HEAD_WORDS & set(words):
        order.extend(FIRST_ROLES)
    order.append("idle_variant")
    if found.get("idle", ("",))[-1] not in WEAK_IDLE_WORDS:
        order.append("idle")
    order.append("dance")
    others = sorted((role for role in found if role != "idle"), key=lambda role: -len(found[role]))
    order.extend(sorted(others, key=lambda role: _is_mood(found[role]) - 10 * (len(found[role]) > 1)))
    order.append("idle")
    return next(((role, found[role]) for role in order if role in found), None)


def _is_mood(phrase: Words) -> bool:
    return any(word in moods for word in phrase for moods in EMOTION_WORDS.values())


def _longest(words: Words, role: Role) -> Words:
    matching = [phrase for phrase in _PHRASES[role] if _spans(words, phrase)]
    return max(matching, key=lambda phrase: len("".join(phrase)), default=())


def _spans(words: Words, phrase: Words) -> bool:
    if "".join(phrase) in words:
        return True
    width = len(phrase)
    return any(words[start : start + width] == phrase for start in range(len(words) - width + 1))


def _without(words: Words, phrase: Words) -> Words:
    gone = {*phrase, "".join(phrase)}
    return tuple(word for word in words if word not in gone)


def _mood_of(words: Words) -> Emotion | None:
    return next((emotion for emotion, moods in EMOTION_WORDS.items() if set(moods) & set(words)), None)
