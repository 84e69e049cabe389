"""The gold score: whether retrieval finds the document that answers a question, and nothing where nothing answers it.

Each question is searched as a visitor's first words would be. What a model makes of the passages is not measured.
"""

from collections.abc import Callable, Sequence
from statistics import fmean

from pydantic import Field

from shared.contract.base import FileName, Frozen
from shared.contract.chatbot import GoldQuestion
from shared.dialogue.cast import TurnLimits
from shared.dialogue.questions import whole_question
from shared.knowledge.library import Library

_PASSAGES = TurnLimits().passages


class GoldResult(Frozen):
    """What one question found."""

    question: str
    document: FileName | None = None
    """Where its answer was expected; None: nothing may be found."""
    found: tuple[str, ...] = ()
    """The documents of the passages that a turn would be given, best first, each once."""
    score: float = Field(default=0.0, ge=0, le=1)
    """Of the best passage."""

    @property
    def place(self) -> int | None:
        """Where the expected document stands among the found ones, from 1; None when it is not there."""
        return self.found.index(self.document) + 1 if self.document in self.found else None

    @property
    def right(self) -> bool:
        """Whether the expected document came first, or nothing came where nothing may."""
        return not self.found if self.document is None else self.place == 1


class GoldScore(Frozen):
    """The results of all questions, in their order."""

    results: tuple[GoldResult, ...] = ()

    @property
    def answerable(self) -> tuple[GoldResult, ...]:
        """Those with an expected document."""
        return tuple(one for one in self.results if one.document is not None)

    @property
    def unanswerable(self) -> tuple[GoldResult, ...]:
        """Those that nothing may be found for."""
        return tuple(one for one in self.results if one.document is None)

    @property
    def recall_at_1(self) -> float | None:
        """The share whose document came first; None without such a question."""
        return _share([one.place == 1 for one in self.answerable])

    @property
    def recall_at_5(self) -> float | None:
        """The share whose document was among the first five."""
        return _share([one.place is not None and one.place <= 5 for one in self.answerable])

    @property
    def right_declines(self) -> float | None:
        """The share of those without an answer that found nothing; None without such a question."""
        return _share([one.right for one in self.unanswerable])

    @property
    def right(self) -> float | None:
        """The share of all questions that went right; None without a question."""
        return _share([one.right for one in self.results])


async def score(
    library: Library, gold: Sequence[GoldQuestion], told: Callable[[int], object] = lambda _done: None
) -> GoldScore:
    """Ask every gold question.

    Args:
        library: its documents are known by their file names, as the studio's are.
        told: hears how many questions are done.
    Raises: Unavailable: the knowledge cannot be searched.
    """
    results: list[GoldResult] = []
    for one in gold:
        results.append(await _result(library, one))
        told(len(results))
    return GoldScore(results=tuple(results))


async def _result(library: Library, gold: GoldQuestion) -> GoldResult:
    found = await library.search(whole_question(gold.question, ()), _PASSAGES)
    documents = tuple(dict.fromkeys(one.document_id for one in found))
    best = max((one.score for one in found), default=0.0)
    return GoldResult(question=gold.question, document=gold.document, found=documents, score=best)


def _share(right: Sequence[bool]) -> float | None:
    return fmean(right) if right else None
