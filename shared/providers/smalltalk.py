"""Telling small talk from questions: what needs no knowledge to be answered."""

import re
from typing import Final, Literal

SmallTalk = Literal["greeting", "thanks", "goodbye", "how_are_you", "who_are_you", "praise", "laugh"]

_OPENERS: Final = r"(?:(?:hi|hello|hey|ok|okay|oh|great|hallo|bonjour|hola|ciao)[\s,!.]+)?"
_NAME: Final = r"(?:[\s,]+[\w']+)?"
_END: Final = r"[\s!.,?…:)(😊🙂👋❤️🙏]*$"


def _pattern(*phrases: str, opener: bool = True, named: bool = True) -> re.Pattern[str]:
    start = _OPENERS if opener else ""
    return re.compile(rf"^\W*{start}(?:{'|'.join(phrases)}){_NAME if named else ''}{_END}", re.IGNORECASE)


_PATTERNS: Final[dict[SmallTalk, re.Pattern[str]]] = {
    "greeting": _pattern(
        r"hi+(?: there)?", r"hello(?: there)?", r"hey+(?: there)?", r"good (?:morning|afternoon|evening|day)",
        "greetings",
        "hallo", r"guten (?:tag|morgen|abend)", "moin", "servus", "bonjour", "bonsoir", "salut", "hola",
        r"buen(?:os|as) (?:d[ií]as|tardes|noches)",
        "ciao", "buongiorno", "buonasera", "ol[áa]", r"bom dia",
        "goedendag",
    ),
    "thanks": _pattern(
        r"(?:many |great )?thanks(?: a lot| so much| very much| again)?(?: for (?:your|the) help)?",
        r"thank you(?: so much| very much| again)?(?: for (?:your|the) help)?", "thx", "ty", "cheers",
        r"(?:vielen |herzlichen )?dank(?:e)?(?: schön| sehr)?", r"merci(?: beaucoup)?", r"(?:muchas )?gracias",
        r"grazie(?: mille)?", r"(?:muito )?obrigad[oa]", r"dank (?:je|u)(?: wel)?",
    ),
    "goodbye": _pattern(
        r"(?:good ?)?bye(?:[ -]bye)?", r"see (?:you|ya)(?: later| soon)?", "farewell",
        r"have a (?:nice|good|great) day",
        r"auf wiedersehen", r"tsch(?:ü|ue)ss", r"au revoir", "adi[óo]s", r"hasta luego", "arrivederci", r"tot ziens",
    ),
    "how_are_you": _pattern(
        r"how are (?:you|things)(?: today| doing)?", r"how(?:'s| is) it going", r"how do you do", r"what'?s up",
        r"wie geht(?:'s| es)(?: dir| ihnen)?", r"(?:comment )?[çc]a va", r"c[óo]mo est[áa]s", r"come stai", named=False,
    ),
    "who_are_you": _pattern(
        r"who are you", r"what are you", r"what(?:'s| is) your name", r"are you (?:a )?(?:bot|robot|human|real|an? ai)",
        r"what can you (?:do|help me with)", r"how can you help(?: me)?", r"introduce yourself",
        r"tell me about yourself",
        r"wer bist du", r"wer sind sie", r"wie hei(?:ß|ss)(?:t du|en sie)", r"was kannst du", r"qui es[- ]tu",
        r"qui [êe]tes[- ]vous", r"qui[ée]n eres", r"c[óo]mo te llamas", r"chi sei", named=False,
    ),
    "praise": _pattern(
        r"(?:that(?:'s| is| was) |you(?:'re| are) )?(?:so |very |really )?(?:great|awesome|amazing|cool|nice"
        r"|lovely|helpful|perfect|wonderful|brilliant|cute|funny|smart)",
        r"good (?:job|bot)", r"well done", r"i (?:like|love) you",
        r"super(?: gemacht)?", r"toll", r"génial", r"genial", r"bravo", named=False,
    ),
    "laugh": _pattern(r"(?:ha){2,}h?", r"(?:he){2,}", "lol+", "rofl", r"(?:ja){2,}", opener=False, named=False),
}  # fmt: skip

LONGEST_SMALL_TALK: Final = 80


def small_talk(question: str) -> SmallTalk | None:
    """What kind of small talk the whole question is, or None: a greeting before a question is a question."""
    text = question.strip()
    if len(text) > LONGEST_SMALL_TALK:
        return None
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.match(text)), None)
