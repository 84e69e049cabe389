"""One rehearsed turn: the very code that the server runs, over the project's own knowledge."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.turn import AnyTurnEvent, Ask, Message
from shared.dialogue.cast import Cast
from shared.dialogue.turn import open_turn
from shared.errors import BadRequest
from shared.providers.chat import ChatModel
from studio.rehearsal.indexing import KnowledgeIndex

MAXIMUM_QUESTION = 4_000


class Rehearsal:
    """A conversation on the desk. Its history is what both sides have said so far."""

    def __init__(self, index: KnowledgeIndex, models: Callable[[ModelChoice], Sequence[ChatModel]]) -> None:
        self._index = index
        self._models = models
        self.history: list[Message] = []

    @asynccontextmanager
    async def turn(self, text: str, draft: ChatbotDraft) -> AsyncIterator[AsyncIterator[AnyTurnEvent]]:
        """Ask; leaving the context ends the turn.

        Raises: BadRequest: the question is empty or too long. Unavailable: the embedding model cannot be loaded.
        """
        question = text.strip()
        if not question or len(question) > MAXIMUM_QUESTION:
            raise BadRequest(f"Ask something, in {MAXIMUM_QUESTION:,} characters at most.")
        library = await self._index.library_for(draft)
        ask = Ask(turn_id=uuid4(), message_id=uuid4(), text=question, history=tuple(self.history), locale=draft.locale)
        async with open_turn(ask, cast_of(draft), library=library, models=self._models(draft.models)) as events:
            yield events

    def remember(self, question: str, answer: str) -> None:
        """Keep a finished exchange: the next turn leans on it."""
        self.history += [Message(author="visitor", text=question), Message(author="chatbot", text=answer)]

    def forget(self) -> None:
        """Begin again."""
        self.history.clear()


def cast_of(draft: ChatbotDraft) -> Cast:
    """The performer of a turn, as the draft describes it."""
    return Cast(name=draft.name, locale=draft.locale, personality=draft.personality, acting=draft.acting)
