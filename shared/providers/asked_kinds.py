"""What kind of thing a question asks for (a price, a time, a number, a name, a place), and which sentences hold it."""

import re
from dataclasses import dataclass
from typing import Final

_MOST_COUNTED: Final = 5
"""More prices or hours than this in one sentence do not make it a better one."""
_YES_OR_NO: Final = re.compile(
    r"^\W*(?:(?:hi|hello|hey|and|so)\b\W*)?(?:is|are|am|do|does|did|can|could|may|might|must|will|would|should|has|have"
    r"|ist|sind|kann|darf|gibt|habt|haben)\b",
    re.IGNORECASE,
)
"""To such a question a price or a time is welcome, but not what it asks for."""


@dataclass(frozen=True, slots=True)
class _Kind:
    asked: re.Pattern[str]
    told: re.Pattern[str]


_KINDS: Final[tuple[_Kind, ...]] = tuple(
    _Kind(re.compile(asked, re.IGNORECASE), re.compile(told, flags))
    for asked, told, flags in (
        (
            r"\b(?:how much|costs?|prices?|fees?|(?:what|how much)\b.* (?:pay|charge)|expensive|cheap\w*|kosten|kostet"
            r"|preise?|wie viel|combien|prix|cuesta|cuánto|precio)\b",
            r"\d[\d.,]*(?: ?(?:€|\$|£)| (?:euros?|dollars?|pounds?|cents?|percent)\b)|[€$£] ?\d"
            r"|\b(?:free of charge|free|kostenlos|gratis|gratuit)\b",
            re.IGNORECASE,
        ),
        (
            r"\b(?:when|what time|how late|until|(?:opening )?hours|opening|wann|uhrzeit|öffnungszeiten|quand|horaires"
            r"|cuándo|horario)\b",
            r"\d{1,2}[:.]\d{2}|\d ?(?:a\.?m|p\.?m)\b|o'clock|\d ?uhr|\d ?h\b"
            r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:1[5-9]|20)\d\d\b"
            r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
            r"|\b(?:first|last|every|each) (?:\w+ )?(?:day|week|month|year)\b"
            r"|\b(?:hours|minutes|days|weeks) (?:before|after)\b",
            re.IGNORECASE,
        ),
        (
            r"\b(?:how (?:big|high|tall|long|heavy|far|large|wide|deep|fast|small)|wie (?:groß|alt|hoch|lang|schwer"
            r"|weit))\b",
            r"\d (?:\w*met(?:re|er)s?|k?m|cm|mm|feet|inches|miles?|\w*grams?|\w*gramm|kg|tons?|\w*bits?"
            r"|stunden?|minuten)\b|\b(?:hours?|minutes?|days?|weeks?|months?|years?)\b",
            re.IGNORECASE,
        ),
        (
            r"\b(?:how (?:many|old|early)|wie viele)\b",
            r"\d+(?:[.,]\d+)*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
            r"|forty|fifty|half|hundred|thousand)\b",
            re.IGNORECASE,
        ),
        (
            r"\b(?:who(?! (?:is|was|are)\b)|whose|wer(?! (?:ist|war)\b)|qui|quién)\b",
            r"(?<=\w )[A-ZÀ-Þ]\w+ [A-ZÀ-Þ]\w+|\b(?:Mr|Mrs|Dr|Prof)\b",
            0,
        ),
        (
            r"\b(?:where|address|wo|adresse|où|dónde)\b",
            r"\b(?:street|road|avenue|lane|square|floor|garden|courtyard|address|straße|platz|rue|calle)\b"
            r"|\b(?:at|in|on|behind|beside|near|next to|opposite|in front of) (?:(?:the|our) (?P<place>\w+)|\d)",
            re.IGNORECASE,
        ),
    )
)


def fits_question(question: str, sentence: str) -> bool | None:
    """Does a sentence hold what the question asks for? None when it asks for nothing in particular."""
    if _YES_OR_NO.match(question):
        return None
    told = [kind.told for kind in _KINDS if kind.asked.search(question)]
    return any(_tells(pattern, question, sentence) for pattern in told) if told else None


def _tells(told: re.Pattern[str], question: str, sentence: str) -> bool:
    """Where the reception is, a sentence with `at the reception` does not tell."""
    places = [found.groupdict().get("place") for found in told.finditer(sentence)]
    return any(place is None or place.lower() not in question.lower() for place in places)


def told_times(question: str, sentence: str) -> int:
    """How many prices, times or numbers of the kind that is asked for a sentence holds, up to 5."""
    told = [kind.told for kind in _KINDS if kind.asked.search(question)]
    return min(_MOST_COUNTED, sum(len(list(pattern.finditer(sentence))) for pattern in told))


def kind_words(question: str) -> str:
    """The words of the question, in lower case, that say what kind of thing it asks for: `what are the prices`."""
    return " ".join(found.group(0) for kind in _KINDS for found in kind.asked.finditer(question)).lower()
