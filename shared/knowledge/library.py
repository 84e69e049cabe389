"""What a turn may ask of knowledge, whoever keeps it: the studio in memory, the server in PostgreSQL."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """One passage that may answer a question, with its place in its document.

    `start` and `end` count code points of the parsed document's text, whose slice is `text`. `score` is calibrated:
    about the probability, in [0, 1], that the passage answers the question.
    """

    passage_id: str
    document_id: str
    title: str
    text: str
    page: int | None
    heading: tuple[str, ...]
    start: int
    end: int
    score: float
    url: str | None = None


class Library(Protocol):
    """The knowledge of one chatbot."""

    async def search(self, question: str, limit: int) -> list[Found]:
        """Return the best passages, best first; an empty list says that nothing here answers the question.

        Args:
            question: the visitor's words, already made whole with the history where they lean on it.
            limit: how many passages at most.
        Raises: Unavailable: the place where the knowledge is kept does not answer.
        """
        ...
