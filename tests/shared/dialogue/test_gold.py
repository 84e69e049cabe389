"""The gold score counts what a visitor's first question would find."""

from shared.contract.chatbot import GoldQuestion
from shared.dialogue.gold import GoldScore, score
from shared.knowledge.library import Found
from tests.shared.dialogue.stages import passage


class Shelves:
    """Finds by the question's first word: documents d1, d2 ... in the order of its digits."""

    async def search(self, question: str, limit: int) -> list[Found]:
        return [passage(int(digit), "Words.", 0.9 - place / 10) for place, digit in enumerate(question.split()[0])]


class Empty:
    """Finds nothing."""

    async def search(self, question: str, limit: int) -> list[Found]:
        return []


async def test_shares_are_counted_over_the_questions_that_they_are_about() -> None:
    gold = [
        GoldQuestion(question="112 first", document="d1"),
        GoldQuestion(question="21 second", document="d1"),
        GoldQuestion(question="34 missing", document="d1"),
        GoldQuestion(question="5 something", document=None),
    ]
    told: list[int] = []

    result = await score(Shelves(), gold, told.append)

    assert [one.place for one in result.results] == [1, 2, None, None]
    assert [one.right for one in result.results] == [True, False, False, False]
    assert result.results[0].found == ("d1", "d2")
    assert result.results[0].score == 0.9
    assert (result.recall_at_1, result.recall_at_5, result.right_declines, result.right) == (1 / 3, 2 / 3, 0.0, 0.25)
    assert told == [1, 2, 3, 4]
    assert GoldScore.model_validate_json(result.model_dump_json()) == result


async def test_declining_is_right_only_where_nothing_answers() -> None:
    gold = [GoldQuestion(question="Who?", document=None), GoldQuestion(question="What?", document="d1")]

    result = await score(Empty(), gold)

    assert [one.right for one in result.results] == [True, False]
    assert (result.recall_at_1, result.right_declines) == (0.0, 1.0)


async def test_without_questions_there_is_no_share() -> None:
    result = await score(Empty(), [])

    assert (result.recall_at_1, result.recall_at_5, result.right_declines, result.right) == (None, None, None, None)


async def test_a_bare_question_is_searched_as_a_turn_searches_it() -> None:
    library = Recorder()

    await score(library, [GoldQuestion(question="Where are you?")])

    assert library.asked == ["Where are you? (getting here, address, bus, tram, train)"]


class Recorder(Empty):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def search(self, question: str, limit: int) -> list[Found]:
        self.asked.append(question)
        return []
