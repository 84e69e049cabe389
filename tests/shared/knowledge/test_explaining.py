"""An explained search shows the very order and scores that a turn is given, with what they were made from."""

import pytest

from shared.knowledge.documents import parse_document
from shared.knowledge.memory import MemoryLibrary, shelve
from shared.knowledge.minilm import MiniLm
from tests.shared.knowledge.test_ranking import GARDEN, HOUSE

QUESTIONS = ("How much is a day ticket?", "Can I bring my dog?", "AUR-208", "Who won the world cup in 1954?")


@pytest.fixture(scope="module")
def house(minilm: MiniLm) -> MemoryLibrary:
    passages = [
        each
        for name, text in (("house.md", HOUSE), ("garden.md", GARDEN))
        for each in shelve(name, parse_document(name, text.encode()))
    ]
    return MemoryLibrary(passages, minilm, addresses={"house.md": "https://house.example/"})


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("limit", [1, 6])
async def test_what_is_explained_is_what_a_turn_is_given(house: MemoryLibrary, question: str, limit: int) -> None:
    explanation = await house.explained(question, limit)

    assert list(explanation.given) == await house.search(question, limit)
    assert [one.found for one in explanation.passages] == house.by_both(question)


async def test_ranks_and_scores_are_those_of_the_rankings(house: MemoryLibrary) -> None:
    explanation = await house.explained(QUESTIONS[0], 6)

    by_words, by_vectors = house.by_words(QUESTIONS[0]), house.by_vectors(QUESTIONS[0])
    for one in explanation.passages:
        each = one.found.passage_id
        assert one.word_rank == (by_words.index(each) + 1 if each in by_words else None)
        assert one.vector_rank == by_vectors.index(each) + 1
        expected = (1 / (60 + one.word_rank) if one.word_rank else 0) + explanation.question.trust / (
            60 + one.vector_rank
        )
        assert one.fused_score == pytest.approx(expected)
    assert sorted(one.fused_rank for one in explanation.passages) == list(range(1, len(explanation.passages) + 1))


async def test_the_threshold_parts_what_is_given_from_what_is_not(house: MemoryLibrary) -> None:
    explanation = await house.explained(QUESTIONS[0], 6)

    assert explanation.passages[0].passes
    assert not explanation.passages[-1].passes
    assert all((one.given_as is not None) is one.passes for one in explanation.passages)
    assert {one.given_as for one in explanation.passages} - {None} == set(range(1, len(explanation.given) + 1))
    scores = [one.found.score for one in explanation.passages]
    assert scores == sorted(scores, reverse=True)


async def test_a_passage_of_the_web_knows_its_address(house: MemoryLibrary) -> None:
    [ticket, *_] = await house.search(QUESTIONS[0], 6)
    hunde = house.passages_of("garden.md")[-1]

    assert (ticket.document_id, ticket.url) == ("house.md", "https://house.example/")
    assert (hunde.heading[-1], hunde.url) == ("Hunde", None)


async def test_nothing_is_explained_of_nothing(house: MemoryLibrary, minilm: MiniLm) -> None:
    assert (await house.explained("   ", 6)).passages == ()
    assert (await MemoryLibrary([], minilm).explained("Anything?", 6)).given == ()
