"""What turns need in tests: a cast, a library in memory, and how to collect events."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from shared.contract.acting import ActingMap, EmotionFace, FaceRig, RoleClip
from shared.contract.chatbot import Personality
from shared.contract.turn import AnyTurnEvent, Ask, Message, TurnCitation, TurnCue, TurnDelta, TurnFailed, TurnFinished
from shared.dialogue.cast import Cast, TurnLimits
from shared.dialogue.turn import open_turn
from shared.knowledge.library import Found, Library
from shared.providers.chat import ChatModel
from shared.providers.understudy import Understudy

ACTING = ActingMap(
    roles={
        "idle": (RoleClip(clip="Idle"),),
        "talking": (RoleClip(clip="Talk"),),
        "greet": (RoleClip(clip="Wave"),),
        "present": (RoleClip(clip="Point"),),
        "shrug": (RoleClip(clip="Shrug"),),
        "celebrate": (RoleClip(clip="Clap"),),
        "thank": (RoleClip(clip="Bow"),),
    },
    emotions={"happy": EmotionFace(morphs={"emotion_happy": 1.0}), "angry": EmotionFace()},
    face=FaceRig(head="Head"),
)
CAST = Cast(
    name="Mira",
    personality=Personality(about="I guide visitors.", greeting="Welcome!", decline="That is beyond my maps."),
    acting=ACTING,
)
QUICK = TurnLimits(first_token_seconds=5, between_tokens_seconds=5, gather_seconds=0.001)


def passage(number: int, text: str, score: float = 0.9) -> Found:
    return Found(f"p{number}", f"d{number}", f"Guide {number}", text, number, ("Part",), 0, len(text), score)


class Shelf:
    """A library that finds what it was given, and remembers what it was asked."""

    def __init__(self, *found: Found) -> None:
        self.found = list(found)
        self.asked: list[str] = []

    async def search(self, question: str, limit: int) -> list[Found]:
        self.asked.append(question)
        return self.found[:limit]


class BrokenShelf:
    """A library that raises."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    async def search(self, question: str, limit: int) -> list[Found]:
        raise self.error


class EndlessShelf:
    """A library that never answers."""

    async def search(self, question: str, limit: int) -> list[Found]:
        await asyncio.Event().wait()
        return []


TOWER = Shelf(passage(1, "The tower is 90 metres high."), passage(2, "It was built in 1871."))


def asked(text: str, *history: Message) -> Ask:
    return Ask(turn_id=UUID(int=7), message_id=UUID(int=8), text=text, history=history)


async def perform(
    text: str,
    library: Library = TOWER,
    models: Sequence[ChatModel] | None = None,
    limits: TurnLimits = QUICK,
    history: Sequence[Message] = (),
) -> list[AnyTurnEvent]:
    chosen = [Understudy(0.0)] if models is None else models
    async with open_turn(asked(text, *history), CAST, library=library, models=chosen, limits=limits) as events:
        return [event async for event in events]


def shown(events: Sequence[AnyTurnEvent]) -> str:
    text = ""
    for event in events:
        if isinstance(event, TurnDelta):
            assert event.offset == len(text)
            text += event.text
    return text


def cues(events: Sequence[AnyTurnEvent]) -> list[TurnCue]:
    return [event for event in events if isinstance(event, TurnCue)]


def citations(events: Sequence[AnyTurnEvent]) -> list[TurnCitation]:
    return [event for event in events if isinstance(event, TurnCitation)]


def finished(events: Sequence[AnyTurnEvent]) -> TurnFinished:
    last = events[-1]
    assert isinstance(last, TurnFinished), last
    return last


def failed(events: Sequence[AnyTurnEvent]) -> TurnFailed:
    last = events[-1]
    assert isinstance(last, TurnFailed), last
    return last
