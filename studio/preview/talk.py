"""The preview's chat: the rehearsal's own turns, said over the widget's wire."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol
from uuid import UUID, uuid4

from pydantic import ValidationError

from shared.contract.chatbot import ChatbotDraft
from shared.contract.embed import AskAccepted, SocketAsk, SocketCancel, SocketResume
from shared.contract.turn import TurnDelta, TurnFailed, TurnFinished
from shared.errors import TroupeError
from studio.preview.lines import Emit
from studio.rehearsal.turns import Conversation


class Spawn(Protocol):
    """Starts work that somebody owns."""

    def __call__(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start it."""


class Talk:
    """One conversation, with whoever looks at the preview; a new visit begins it anew."""

    def __init__(self, conversation: Conversation, draft: Callable[[], ChatbotDraft], spawn: Spawn) -> None:
        self._first = conversation
        self._conversation = conversation.another()
        self._draft = draft
        self._spawn = spawn
        self._turns: dict[UUID, asyncio.Task[None]] = {}

    def begin(self) -> None:
        """Forget what was said."""
        self.close()
        self._conversation = self._first.another()

    def close(self) -> None:
        """End what is being answered."""
        for task in self._turns.values():
            task.cancel()

    def hear(self, name: str, payload: Any, acknowledge: Callable[[Any], None], emit: Emit) -> None:
        """Take an event of the widget's socket."""
        try:
            if name == "ask":
                acknowledge(self._ask(SocketAsk.model_validate(payload), emit))
            elif name == "cancel":
                self._cancel(SocketCancel.model_validate(payload).turn_id)
                acknowledge({})
            elif name == "resume":
                SocketResume.model_validate(payload)
                acknowledge({"code": "not_found", "title": "Gone", "detail": "Ask again.", "status": 404})
        except ValidationError:
            acknowledge({"code": "bad_request", "title": "Not understood", "detail": "Ask again.", "status": 400})

    def _ask(self, ask: SocketAsk, emit: Emit) -> dict[str, Any]:
        turn_id = uuid4()
        task = self._spawn("Answering in the preview", self._perform(turn_id, ask.text, emit))
        self._turns[turn_id] = task
        task.add_done_callback(lambda _done: self._turns.pop(turn_id, None))
        return AskAccepted(turn_id=turn_id).model_dump(mode="json")

    def _cancel(self, turn_id: UUID) -> None:
        task = self._turns.get(turn_id)
        if task is not None:
            task.cancel()

    async def _perform(self, turn_id: UUID, text: str, emit: Emit) -> None:
        said, seq = "", -1
        try:
            async with self._conversation.turn(text, self._draft()) as events:
                async for event in events:
                    seq = event.seq
                    # A rehearsed turn is named for its question; the widget wants a name of its own for each.
                    emit(event.model_copy(update={"turn_id": turn_id}).model_dump(mode="json"))
                    if isinstance(event, TurnDelta):
                        said += event.text
                    elif isinstance(event, TurnFinished):
                        self._conversation.remember(text, event.text)
        except asyncio.CancelledError:
            ended = TurnFinished(turn_id=turn_id, seq=seq + 1, text=said, outcome="cancelled", answered_by="")
            emit(ended.model_dump(mode="json"))
            raise
        except TroupeError as error:
            failed = TurnFailed(turn_id=turn_id, seq=seq + 1, code=error.code, sentence=error.sentence)
            emit(failed.model_dump(mode="json"))
