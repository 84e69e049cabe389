"""Ranking: fusion, the score, abstention, neighbours; and the library in memory that puts them together."""

from collections.abc import Sequence

import numpy as np
import pytest

from shared.knowledge.documents import parse_document
from shared.knowledge.embedder import Vectors
from shared.knowledge.library import Found, Library
from shared.knowledge.memory import MemoryLibrary, shelve
from shared.knowledge.minilm import MiniLm
from shared.knowledge.ranking import ABSTAIN_BELOW, Candidate, candidate_of, fuse, question_of, rank, scored

HOUSE = """# The Lantern coworking house

## Opening hours

The house is open from 7 in the morning until 10 at night, every day of the week. Members with a night card may stay.

## Prices

A day ticket costs 24 euros. A flexible desk costs 180 euros a month, a fixed desk 290 euros a month.

## Dogs

Well-behaved dogs are welcome on the ground floor, but not in the quiet room.

## Meeting rooms

The room Aurora seats eight people, costs 15 euros an hour and has a screen. Order code AUR-208 opens its door.
"""
GARDEN = """# Der Botanische Garten

## Öffnungszeiten

Der Garten öffnet um acht Uhr und schließt bei Einbruch der Dunkelheit. Im Winter bleibt er montags geschlossen.

## Eintritt

Eine Tageskarte kostet sechs Euro. Kinder unter zwölf Jahren zahlen nichts.

## Führungen

Jeden Sonntag um elf Uhr führt eine Gärtnerin durch das Palmenhaus. Treffpunkt ist der Brunnen am Eingang.

## Hunde

Hunde dürfen nicht in den Garten, ausgenommen Blindenhunde.
"""


def library_of(minilm: MiniLm, **documents: str) -> MemoryLibrary:
    passages = [
        each for name, text in documents.items() for each in shelve(name, parse_document(f"{name}.md", text.encode()))
    ]
    return MemoryLibrary(passages, minilm)


@pytest.fixture(scope="module")
def house(minilm: MiniLm) -> MemoryLibrary:
    return library_of(minilm, house=HOUSE)


def found(passage_id: str, text: str, start: int = 0, heading: tuple[str, ...] = ()) -> Found:
    document = passage_id.partition(":")[0]
    return Found(passage_id, document, document, text, None, heading, start, start + len(text), 0.0)


def candidates(texts: Sequence[str], nearness: Sequence[float] | None = None) -> list[Candidate]:
    return [
        candidate_of(found(f"d{index}:0", text), 0, nearness[index] if nearness else 0.0, "", "english")
        for index, text in enumerate(texts)
    ]


def test_fusion_prefers_what_both_rankings_know() -> None:
    assert fuse(["a", "b", "c"], ["d", "b", "e"], 1.0)[0] == "b"


def test_fusion_follows_the_words_where_the_vectors_are_not_trusted() -> None:
    assert fuse(["a", "b"], ["c", "d"], 0.0)[:2] == ["a", "b"]
    assert fuse(["a", "b", "c"], ["c", "b", "a"], 0.2) == ["a", "b", "c"]


def test_one_sentence_that_holds_the_question_beats_words_spread_over_many() -> None:
    spread = "The tower is old. The bridge was long. Its height is famous. Measured by whom? Metres are used."
    whole = "People ask for the height of the tower in metres: it is 91. The rest is about the weather and the sea."

    best = rank(question_of("height of the tower in metres", "english", 0.0), candidates([spread, whole]), 2)

    assert best[0].text == whole


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    texts = ["The museum has a café.", "The museum sells maps.", "The museum opens late.", "A trilobite lies here."]

    order = scored(question_of("museum trilobite", "english", 0.0), candidates(texts))

    assert order[0].text == "A trilobite lies here."


def test_the_score_lies_between_nothing_and_certainty() -> None:
    question = question_of("price of a desk", "english", 1.0)

    sure, unsure = scored(question, candidates(["The price of a desk is 24 euros.", "Clouds."], [0.9, -0.1]))

    assert 0.9 < sure.score <= 1.0
    assert 0.0 <= unsure.score < 0.05


def test_what_is_below_the_threshold_is_left_out() -> None:
    question = question_of("capital of France", "english", 1.0)

    assert rank(question, candidates(["Dogs are welcome.", "Tea is free."], [0.1, 0.0]), 5) == []


def test_neighbours_become_one_passage_that_keeps_the_better_score() -> None:
    first, second = "The price of a desk is fair.", "The price of a desk falls by the month."
    near = candidate_of(found("d:0", first, 10), 0, 0.5, "", "english")
    best = candidate_of(found("d:1", second, 10 + len(first) + 2), 1, 0.9, "", "english")
    far = candidate_of(found("d:3", "The price of this desk too.", 900), 3, 0.6, "", "english")

    joined, alone = rank(question_of("price of a desk", "english", 1.0), [near, best, far], 5)

    assert joined.text == f"{first}\n\n{second}"
    assert (joined.start, joined.end, joined.passage_id) == (10, 10 + len(joined.text), "d:1")
    assert joined.score > alone.score > ABSTAIN_BELOW


def test_passages_under_other_headings_are_not_joined() -> None:
    first = candidate_of(found("d:0", "Price of a desk.", 0, ("A",)), 0, 0.9, "", "english")
    second = candidate_of(found("d:1", "Price of a desk.", 18, ("B",)), 1, 0.9, "", "english")

    assert len(rank(question_of("price of a desk", "english", 1.0), [first, second], 5)) == 2


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("When do you open?", "Opening hours"),
        ("Can I stay there at night?", "Opening hours"),
        ("How much is a fixed desk?", "Prices"),
        ("What does a day ticket cost?", "Prices"),
        ("May I bring my dog?", "Dogs"),
        ("Is there a meeting room with a screen?", "Meeting rooms"),
        ("What is AUR-208?", "Meeting rooms"),
        ("aur", "Meeting rooms"),
    ],
)
async def test_questions_find_their_section(house: MemoryLibrary, question: str, heading: str) -> None:
    best = await house.search(question, 3)

    assert best
    assert best[0].heading[-1] == heading


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Peru?",
        "Who painted the Mona Lisa?",
        "How do I train for a marathon?",
        "Which vaccine do I need for Kenya?",
        "Tell me a recipe for lasagna",
        "qwertz uiop",
        "?",
        "   ",
    ],
)
async def test_questions_about_other_things_find_nothing(house: MemoryLibrary, question: str) -> None:
    assert await house.search(question, 3) == []


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Wann öffnet der Garten?", "Öffnungszeiten"),
        ("Ist der Garten im Winter geschlossen?", "Öffnungszeiten"),
        ("Was kostet eine Tageskarte?", "Eintritt"),
        ("Was zahlen Kinder?", "Eintritt"),
        ("Wann ist die Führung durch das Palmenhaus?", "Führungen"),
        ("Darf mein Hund in den Garten?", "Hunde"),
    ],
)
async def test_german_questions_find_their_section(minilm: MiniLm, question: str, heading: str) -> None:
    best = await library_of(minilm, garten=GARDEN).search(question, 3)

    assert best
    assert best[0].heading[-1] == heading


async def test_an_empty_library_finds_nothing(minilm: MiniLm) -> None:
    library: Library = MemoryLibrary([], minilm)

    assert await library.search("anything", 3) == []


class Blurred:
    """An embedding that hardly knows the language: the true vectors under a lot of noise, and not trusted."""

    name = "blurred"
    dimensions = 384

    def __init__(self, minilm: MiniLm, trust: float) -> None:
        self._minilm, self._trust = minilm, trust

    def trust(self, language: str) -> float:
        return self._trust if language else 0.0

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = self._minilm.embed(texts)
        noise = np.array([np.random.default_rng(len(text)).normal(size=384) for text in texts], np.float32)
        blurred = vectors + 0.12 * noise
        unit: Vectors = (blurred / np.linalg.norm(blurred, axis=1, keepdims=True)).astype(np.float32)
        return unit


def test_a_weak_embedding_does_not_pull_the_words_down(minilm: MiniLm) -> None:
    passages = shelve("house", parse_document("house.md", HOUSE.encode()))
    library = MemoryLibrary(passages, Blurred(minilm, 0.2))
    questions = {"What does a fixed desk cost a month?": 1, "Are dogs welcome in the quiet room?": 2, "night card": 0}

    for question, section in questions.items():
        assert library.by_words(question)[0] == f"house:{section}"
        assert library.by_both(question)[0].passage_id == f"house:{section}"
