"""One rehearsed turn: the very code that the server runs, over the project's own knowledge."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.turn import AnyTurnEvent, Ask, Message
from shared.dialogue.cast import cast_of
from shared.dialogue.trace import TurnTrace
from shared.dialogue.turn import open_turn
from shared.errors import BadRequest
from shared.providers.chat import ChatModel
from studio.rehearsal.indexing import KnowledgeIndex

ModelsFor = Callable[[ModelChoice], Awaitable[Sequence[ChatModel]]]
MAXIMUM_QUESTION = 4_000
REMEMBERED_CLIPS = 4
"""As many as the server remembers."""


class Conversation:
    """A conversation on the desk. Its history is what both sides have said so far."""

    def __init__(self, index: KnowledgeIndex, models: ModelsFor) -> None:
        self._index = index
        self._models = models
        self._clips: tuple[str, ...] = ()
        self.history: list[Message] = []

    def another(self) -> "Conversation":
        """A new conversation over the same knowledge, with the same models."""
        return Conversation(self._index, self._models)

    @asynccontextmanager
    async def turn(
        self, text: str, draft: ChatbotDraft, trace: TurnTrace | None = None
    ) -> AsyncIterator[AsyncIterator[AnyTurnEvent]]:
        """Ask; leaving the context ends the turn. The same question at the same place is acted by the same choices.

        Args:
            trace: hears what the visitor does not.
        Raises: BadRequest: the question is empty or too long. Unavailable: the embedding model cannot be loaded.
        """
        question = text.strip()
        if not question or len(question) > MAXIMUM_QUESTION:
            raise BadRequest(f"Ask something, in {MAXIMUM_QUESTION:,} characters at most.")
        library = await self._index.library_for(draft)
        turn_id = seed_of(len(self.history), question)
        ask = Ask(turn_id=turn_id, message_id=uuid4(), text=question, history=tuple(self.history), locale=draft.locale)
        cast = cast_of(draft, recent_clips=self._clips)
        models = await self._models(draft.models)
        async with open_turn(ask, cast, library=library, models=models, trace=trace) as events:
            yield events

    def remember(self, question: str, answer: str, clips: Iterable[str] = ()) -> None:
        """Keep a finished exchange: the next turn leans on it, and does not begin with the clip it ended with."""
        self.history += [Message(author="visitor", text=question), Message(author="chatbot", text=answer)]
        self._clips = (*self._clips, *clips)[-REMEMBERED_CLIPS:]

    def forget(self) -> None:
        """Begin again."""
        self.history.clear()
        self._clips = ()


def seed_of(messages_before: int, question: str) -> UUID:
    """The turn's id, and with it every choice of the director: a replay is to act what was seen."""
    return UUID(bytes=hashlib.sha256(f"{messages_before}\n{question}".encode()).digest()[:16])
