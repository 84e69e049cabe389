"""What a turn needs to be performed, loaded before it starts: from there on no transaction is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server.chatbots.models import Release
from server.conversations.models import Turn
from server.db.base import TenantId
from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.turn import Ask, Message
from shared.dialogue import Cast
from shared.dialogue.cast import cast_of

_REMEMBERED_CLIPS = 4


@dataclass(frozen=True)
class TurnPlan:
    """One turn to be performed. `documents` are the release's, as publishing froze them."""

    tenant_id: TenantId
    conversation_id: UUID
    chatbot_id: UUID
    release_id: UUID
    documents: tuple[Any, ...]
    ask: Ask
    cast: Cast
    models: ModelChoice

    @property
    def turn_id(self) -> UUID:
        """The turn's id."""
        return self.ask.turn_id


def plan_turn(release: Release, before: Sequence[Turn], conversation: UUID, ask: Ask) -> TurnPlan:
    """The plan of a turn from its release and the turns before it."""
    draft = ChatbotDraft.model_validate(release.draft)
    clips = [cue["clip"] for turn in before for cue in turn.cues if cue.get("clip")]
    return TurnPlan(
        tenant_id=TenantId(release.tenant_id),
        conversation_id=conversation,
        chatbot_id=release.chatbot_id,
        release_id=release.id,
        documents=tuple(release.documents),
        ask=ask.model_copy(update={"history": history_of(before), "locale": draft.locale}),
        cast=cast_of(draft, str(release.id), tuple(clips[-_REMEMBERED_CLIPS:])),
        models=draft.models,
    )


def history_of(before: Sequence[Turn]) -> tuple[Message, ...]:
    """What was said in the turns before; a question without an answer is left out."""
    answered = [turn for turn in before if turn.state != "running" and turn.answer]
    return tuple(
        message
        for turn in answered
        for message in (Message(author="visitor", text=turn.question), Message(author="chatbot", text=turn.answer))
    )
