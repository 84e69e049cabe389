"""Clause rules: the first words of a sentence say how it is meant. Light, and silent when in doubt.

Rules rank below markers and events: the caller asks them only for sentences that have no cue yet.
"""

import re
from dataclasses import dataclass
from typing import Final

from shared.acting.moments import Intent
from shared.contract.acting import Emotion, Role

LONGEST_CLAUSE: Final = 160
"""Characters after which a clause without any punctuation is judged as it stands."""

_CLAUSE_END: Final = re.compile(r"[.!?…。！？](?=\s|$)|[,;:—](?=\s)|\n|[。！？]")  # noqa: RUF001 full-width marks are meant
_SENTENCE_END: Final = re.compile(r"[.!?…。！？\n]")  # noqa: RUF001 full-width marks are meant


def _rule(role: Role | None, emotion: Emotion, intensity: float, confidence: float, *openings: str) -> "_Rule":
    return _Rule(re.compile(rf"^\W*(?:{'|'.join(openings)})\b", re.IGNORECASE), role, emotion, intensity, confidence)


@dataclass(frozen=True, slots=True)
class _Rule:
    opening: re.Pattern[str]
    role: Role | None
    emotion: Emotion
    intensity: float
    confidence: float


_RULES: Final = (
    _rule("shrug", "sorry", 0.6, 0.7, "i (?:do not|don't|am not sure|cannot say)(?: really)? know", "no idea",
          "ich weiß (?:das |es )?(?:leider )?nicht", "je ne sais pas", "no lo sé", "non lo so", "não sei"),
    _rule(None, "sorry", 0.6, 0.75, "(?:i am |i'm |we are |we're )?(?:so |very |really )?sorry", "my apologies",
          "i apologi[sz]e", "(?:es )?tut mir leid", "entschuldigung", "désolée?", "je suis désolée?", "lo siento",
          "mi dispiace", "desculpe", "het spijt me"),
    _rule(None, "sad", 0.5, 0.65, "unfortunately", "sadly", "leider", "malheureusement", "desafortunadamente",
          "lamentablemente", "purtroppo", "infelizmente", "helaas"),
    _rule("celebrate", "excited", 0.8, 0.75, "congratulations", "great news", "hurray", "hooray", "glückwunsch",
          "herzlichen glückwunsch", "félicitations", "felicidades", "enhorabuena", "congratulazioni", "parabéns"),
    _rule("thank", "warm", 0.6, 0.7, "thank you", "thanks", "you(?:'re| are) welcome", "danke", "gern geschehen",
          "merci", "de rien", "gracias", "de nada", "grazie", "prego", "obrigad[oa]", "dank je"),
    _rule("greet", "happy", 0.7, 0.7, "hello", "hi", "hey", "welcome", "hallo", "willkommen", "guten tag", "bonjour",
          "bienvenue", "hola", "bienvenid[oa]s?", "ciao", "benvenut[oaie]", "olá"),
    _rule("goodbye", "warm", 0.7, 0.7, "good ?bye", "bye", "see you", "auf wiedersehen", "tschüss", "au revoir",
          "adiós", "hasta luego", "arrivederci", "tot ziens"),
    _rule("laugh", "amused", 0.7, 0.7, "ha(?:ha)+", "just kidding", "jaja+", "hehe+"),
    _rule("surprised", "surprised", 0.6, 0.65, "wow", "oh no", "oh my", "oh nein", "ça alors"),
    _rule("nod", "happy", 0.5, 0.65, "yes", "yep", "sure", "of course", "certainly", "absolutely", "exactly",
          "that's right", "ja", "natürlich", "genau", "oui", "bien sûr", "sí", "claro", "por supuesto", "certo",
          "sì", "sim"),
    _rule("shake_head", "neutral", 0.5, 0.6, "no(?=[,.!])", "nope", "nein", "non(?=[,.!])", "nee(?=[,.!])", "não"),
    _rule("present", "happy", 0.5, 0.6, "here (?:is|are|you)", "take a look", "you(?:'ll| will| can) find",
          "hier (?:ist|sind|finden)", "voici", "aquí (?:está|tiene)", "ecco"),
    _rule("thinking", "thinking", 0.4, 0.55, "hmm+", "let me (?:see|think|check)", "well(?=,)", "mal sehen",
          "voyons", "vediamo"),
)  # fmt: skip

_ASKS_BACK: Final = re.compile(
    r"\b(?:do you mean|did you mean|which (?:one|of)|could you (?:tell|clarify)|meinst du|meinen sie|welche[rsn]?"
    r"|voulez-vous dire|quel(?:le)?s?|quieres decir|cuál)\b.*\?$",
    re.IGNORECASE | re.DOTALL,
)


def intent_of_clause(clause: str) -> Intent | None:
    """What a clause asks to be acted, or None when it says nothing plain."""
    text = clause.strip()
    if _ASKS_BACK.search(text):
        return Intent("confused", "curious", 0.5, "rule", 0.65)
    for rule in _RULES:
        if rule.opening.search(text):
            return Intent(rule.role, rule.emotion, rule.intensity, "rule", rule.confidence)
    return Intent(None, "happy", 0.5, "rule", 0.5) if text.endswith("!") and len(text) > 1 else None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and where it starts in the text that was fed; `sentence` counts sentences from 0."""

    text: str
    start: int
    sentence: int


class ClauseCutter:
    """Cuts growing text into clauses, wherever its chunks were cut."""

    def __init__(self) -> None:
        self._sentence = 0
        self._rest = ""
        self._start = 0

    @property
    def sentence(self) -> int:
        """The sentence that the next word belongs to, counted from 0."""
        return self._sentence + bool(_SENTENCE_END.search(self._rest.rstrip(" ")[-1:]))

    def feed(self, text: str) -> list[Clause]:
        """Add text; returns the clauses that have ended."""
        self._rest += text
        clauses = []
        while (end := self._end()) is not None:
            clauses.append(self._cut(end))
        return clauses

    def close(self) -> list[Clause]:
        """The text has ended: what is left is the last clause."""
        return [self._cut(len(self._rest))] if self._rest.strip() else []

    def _end(self) -> int | None:
        # The last character never ends a clause yet: "3.5" and "e.g." look ended until the next one is known.
        found = _CLAUSE_END.search(self._rest)
        if found and found.end() <= LONGEST_CLAUSE:
            return found.end() if found.end() < len(self._rest) else None
        return LONGEST_CLAUSE if len(self._rest) > LONGEST_CLAUSE else None

    def _cut(self, end: int) -> Clause:
        text, self._rest = self._rest[:end], self._rest[end:]
        clause = Clause(text, self._start + len(text) - len(text.lstrip()), self._sentence)
        self._start += end
        if _SENTENCE_END.search(text[-1:]):
            self._sentence += 1
        return clause
