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
_SHORT_WORDS: Final = 3
"""So few words hardly stand alone, once something has been said."""
LONGEST_SEARCH: Final = 600


def whole_question(question: str, history: Sequence[Message]) -> str:
    """The question as the library should search it.

    Returns: the question alone when it stands alone, else with the visitor's last question in front.
    """
    before = [message.text for message in history if message.author == "visitor"]
    if not before or not leans_on_history(question):
        return question[:LONGEST_SEARCH]
    return f"{before[-1][:LONGEST_SEARCH]} {question}"[: 2 * LONGEST_SEARCH]


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
