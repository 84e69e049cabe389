"""Making a question whole: what leans on the history is searched together with what it leans on."""

import re
from collections.abc import Sequence
from typing import Final

from shared.contract.turn import Message

_LEANS: Final = re.compile(
    r"^\W*(?:and|what about|how about|or|also|then|but|why|und|was ist mit|oder|et|y|e)\b"
    r"|\b(?:it|its|they|them|their|that|those|these|this one|there|he|she|him|her|es|sie|ihn|dort|davon|il|elle|ils"
    r"|elles|eso|ella|ellos)\b",
    re.IGNORECASE,
)
_BARE: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"^\W*(?:{pattern})\W*$", re.IGNORECASE), asked)
    for pattern, asked in (
        (
            r"how much (?:(?:is|are|does|do|would|will) )?(?:(?:it|that|this|they|you|i|we) )?"
            r"(?:cost|charge|have to pay|pay)? ?(?:to (?:get|come|go) in|to enter)?"
            r"|how much (?:is|are) (?:it|that|this|they)(?: to (?:get|come|go) in| to enter)?"
            r"|what (?:does|do|would|will) (?:it|that|this|they|you|i|we) (?:cost|charge|have to pay|pay)",
            "price, what it costs",
        ),
        (
            r"(?:what(?:'s| is| are) |how are )?(?:(?:your|the|my) )?(?:prices?|fees?|costs?|price list|rates?|tariffs?"
            r"|(?:entrance|entry|admission) (?:fees?|prices?))",
            "price, what it costs",
        ),
        (r"what(?:'s| is) (?:your|the) (?:address|location)", "getting here, address, bus, tram, train"),
        (
            r"where (?:are|is|can|do) (?:you|it|this|that|i find you|we find you)(?: (?:located|based|exactly))?",
            "getting here, address, bus, tram, train",
        ),
        (
            r"how (?:do|can|would) (?:i|we|you|one) (?:get|come|find|reach) (?:there|here|you|to you)",
            "getting here, address, bus, tram, train",
        ),
        (r"when (?:is it|are you|can i come|can we come|do you open|do you close)(?: there)?", "opening hours"),
        (r"(?:wie viel|was) kostet (?:es|das)|wie teuer ist (?:es|das)", "Preis, Kosten"),
        (r"wo (?:seid ihr|sind sie|ist (?:es|das)|finde ich (?:euch|sie))", "Adresse, Lage"),
        (r"wie komme (?:ich|wir) (?:dahin|dorthin|hin|zu (?:euch|ihnen))", "Anfahrt, Adresse, Bus, Bahn"),
    )
)
"""Questions without a word of their own, and what each asks for."""
_SHORT_WORDS: Final = 3
"""So few words hardly stand alone, once something has been said."""
LONGEST_SEARCH: Final = 600


def whole_question(question: str, history: Sequence[Message]) -> str:
    """The question as the library should search it.

    Returns: the question alone when it stands alone, else with the visitor's last question in front; a bare question
        (Where are you?) with what it asks for.
    """
    before = [message.text for message in history if message.author == "visitor"]
    points_back = _LEANS.search(question) is not None
    spelled_out = None if before and points_back else _spelled_out(question)
    if spelled_out or not before or not leans_on_history(question):
        return (spelled_out or question)[:LONGEST_SEARCH]
    return f"{before[-1][:LONGEST_SEARCH]} {question}"[: 2 * LONGEST_SEARCH]


def _spelled_out(question: str) -> str | None:
    """Say what a question asks for that is made of question words only: those find nothing. None for any other."""
    asked = next((asked for pattern, asked in _BARE if pattern.match(question)), None)
    return f"{question.strip()} ({asked})" if asked else None


def leans_on_history(question: str) -> bool:
    """Does it point back, or is it too short to stand alone?"""
    words = question.split()
    return len(words) <= _SHORT_WORDS or (len(words) <= 12 and _LEANS.search(question) is not None)


def trimmed(history: Sequence[Message], most_messages: int, most_characters: int) -> tuple[Message, ...]:
    """The last messages that fit, from the visitor's words on."""
    kept: list[Message] = []
    room = most_characters
    for message in reversed(history[-most_messages:] if most_messages else ()):
        room -= len(message.text)
        if room < 0:
            break
        kept.append(message)
    kept.reverse()
    while kept and kept[0].author != "visitor":
        kept.pop(0)
    return tuple(kept)
