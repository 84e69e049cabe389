"""What a thousand conversations would cost, by an assumption that is shown beside the number."""

from dataclasses import dataclass
from typing import Final

from shared.providers.chat import EndChunk
from shared.providers.cost import usage_of

CONVERSATIONS: Final = 1_000
USUAL_TURNS: Final = 4
USUAL_QUESTION_TOKENS: Final = 15
"""A visitor's message without the passages that are put before it."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One conversation as it is assumed to go. Tokens are estimates.

    The system text and the passages are sent anew with every turn, the earlier questions and answers with every later
    one. A provider's discount for what it has cached is not counted on.
    """

    system_tokens: int
    passage_tokens: int
    """The passages of one turn."""
    answer_tokens: int
    question_tokens: int = USUAL_QUESTION_TOKENS
    turns: int = USUAL_TURNS

    @property
    def read_tokens(self) -> int:
        """What a model reads in one conversation."""
        each = self.system_tokens + self.passage_tokens + self.question_tokens
        before = self.turns * (self.turns - 1) // 2
        return self.turns * each + before * (self.question_tokens + self.answer_tokens)

    @property
    def written_tokens(self) -> int:
        """What a model writes in one conversation."""
        return self.turns * self.answer_tokens


def cost_of_thousand(provider: str, model: str, assumption: Assumption) -> int | None:
    """What a thousand such conversations cost in micro-dollars; 0 for our own understudy, None where no price is known.

    Imports the price list, which takes a while: call it in a thread, or after `load_sdk`.
    """
    # Of one turn rather than of all: some prices rise with the length of what is read at once.
    read = assumption.read_tokens // assumption.turns
    turn = usage_of(provider, model, EndChunk("end", read, assumption.answer_tokens)).cost_microunits
    return None if turn is None else turn * assumption.turns * CONVERSATIONS
