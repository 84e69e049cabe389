"""What visitors may do: ask, come back, cancel. Decides; holds no SQL and knows no socket."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from server.chatbots.queries import release_of
from server.conversations import queries
from server.conversations.live import LiveTurns, Payload
from server.conversations.models import Conversation, Turn
from server.conversations.plans import TurnPlan, plan_turn
from server.conversations.recovery import INTERRUPTED
from server.db.base import TenantId
from server.db.engine import Engines, Session, tenant_session
from server.embeds.tokens import VisitorClaims
from server.embeds.visits import OpenedVisit, VisitWish
from shared.contract.embed import KeptMessage, RunningTurn, SocketAsk
from shared.contract.turn import TURN_EVENT, Ask, TurnFailed
from shared.errors import BadRequest, NotFound

REMEMBERED_TURNS = 10
"""Turns that a model is given as history."""
SHOWN_TURNS = 100
"""Turns that a visitor finds again."""


@dataclass(frozen=True)
class Accepted:
    """A question that is stored. `plan` is None when it was stored before: it is (or was) performed already."""

    turn_id: UUID
    plan: TurnPlan | None


async def accept_question(session: Session, claims: VisitorClaims, question: SocketAsk) -> Accepted:
    """Stores a visitor's message under the client's own id; the same message again gives the same turn.

    Raises: BadRequest: it says nothing. NotFound: the release is gone, or the conversation is another visitor's.
    """
    if not question.text.strip():
        raise BadRequest("The message is empty: write a question first.")
    tenant = claims.tenant_id
    release = await release_of(session, tenant, claims.release_id)
    if release is None:
        raise NotFound("release")
    given = {
        "chatbot_id": release.chatbot_id, "embed_id": claims.embed_id, "visitor_id": claims.visitor_id,
        "site": claims.site,
    }  # fmt: skip
    conversation = await queries.keep_conversation(session, tenant, claims.conversation_id, given)
    _check_owner(conversation, claims.visitor_id, claims.embed_id)
    before = await queries.last_turns(session, tenant, conversation.id, REMEMBERED_TURNS)
    turn = await queries.add_turn(session, tenant, _new_turn(claims, release.chatbot_id, question))
    if turn is None:
        known = await queries.turn_of_message(session, tenant, conversation.id, question.message_id)
        assert known is not None
        return Accepted(known, None)
    ask = Ask(turn_id=turn, message_id=question.message_id, text=question.text)
    return Accepted(turn, plan_turn(release, before, conversation.id, ask))


def _new_turn(claims: VisitorClaims, chatbot: UUID, question: SocketAsk) -> dict[str, Any]:
    return {
        "conversation_id": claims.conversation_id, "chatbot_id": chatbot, "release_id": claims.release_id,
        "message_id": question.message_id, "question": question.text,
    }  # fmt: skip


def _check_owner(conversation: Conversation, visitor: UUID, embed: str) -> None:
    if (conversation.visitor_id, conversation.embed_id) != (visitor, embed):
        raise NotFound("conversation")


async def stored_events(session: Session, claims: VisitorClaims, turn_id: UUID, after_seq: int) -> list[Payload]:
    """The events with a greater `seq` of a turn that nobody performs here: from its row, or that it was lost.

    Raises: NotFound: this conversation has no such turn.
    """
    turn = await queries.turn_of(session, claims.tenant_id, claims.conversation_id, turn_id)
    if turn is None:
        raise NotFound("turn")
    if not turn.events:
        return [_interrupted(turn, after_seq + 1).model_dump(mode="json")]
    return turn.events[after_seq + 1 :]


def _interrupted(turn: Turn, seq: int) -> TurnFailed:
    sentence = "The answer was interrupted on our side: please ask again."
    return TurnFailed(turn_id=turn.id, seq=seq, code=turn.code or INTERRUPTED, sentence=sentence)


class ConversationDesk:
    """What embeds ask of conversations when a visit is opened."""

    def __init__(self, engines: Engines, live: LiveTurns) -> None:
        self._engines = engines
        self._live = live

    async def open_visit(self, wish: VisitWish) -> OpenedVisit:
        """Continue the conversation that was asked for, if it is this visitor's with this embed, else begin one.

        Raises: Unavailable: the database is away.
        """
        if wish.conversation_id is None:
            return OpenedVisit(uuid4())
        async with tenant_session(self._engines.app, wish.tenant_id) as session:
            return await self._continued(session, wish.tenant_id, wish, wish.conversation_id)

    async def _continued(self, session: Session, tenant: TenantId, wish: VisitWish, conversation: UUID) -> OpenedVisit:
        found = await queries.conversation_of(session, tenant, conversation)
        if found is None or (found.visitor_id, found.embed_id) != (wish.visitor_id, wish.embed_id):
            return OpenedVisit(uuid4())
        turns = await queries.last_turns(session, tenant, conversation, SHOWN_TURNS)
        return OpenedVisit(conversation, kept_messages(turns), self._running(turns))

    def _running(self, turns: Sequence[Turn]) -> RunningTurn | None:
        running = [turn for turn in turns if self._live.find(turn.id, turn.conversation_id)]
        return RunningTurn(turn_id=running[-1].id, message_id=running[-1].message_id) if running else None


def kept_messages(turns: Sequence[Turn]) -> tuple[KeptMessage, ...]:
    """The messages of these turns as a visitor finds them again; an answer that is still coming is left out."""
    messages: list[KeptMessage] = []
    for turn in turns:
        messages.append(KeptMessage(id=turn.message_id, author="visitor", text=turn.question, at=turn.started_at))
        if turn.state != "running" and turn.answer:
            messages.append(_kept_answer(turn))
    return tuple(messages)


def _kept_answer(turn: Turn) -> KeptMessage:
    citations = [TURN_EVENT.validate_python(event) for event in turn.events if event["type"] == "citation"]
    at = turn.finished_at or turn.started_at
    return KeptMessage(id=turn.id, author="chatbot", text=turn.answer, at=at, citations=tuple(citations))
