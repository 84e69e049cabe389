"""The understudy answers in whole sentences of the passages, cites them, and makes nothing up."""

import pytest

from shared.contract.chatbot import Personality
from shared.providers.chat import EndChunk, Prompt, Source, TextChunk
from shared.providers.sentences import sentences_of, stems_of
from shared.providers.smalltalk import SmallTalk, small_talk
from shared.providers.understudy import Understudy, answer_from, compose_answer

GUIDE = """# Visiting

## Opening hours
The museum is open Tuesday to Sunday from 9 a.m. to 6 p.m. On Mondays it is
closed. Dr. Smith leads tours at 3.30 p.m. every Friday.

## Tickets
- Adults pay **12 euros**
- Children under 12 enter free of charge
- Students with a valid [card](https://x.example) pay 8 euros

| Day | Price |
|---|---|
"""
SOURCES = (Source(1, "Guide", GUIDE), Source(2, "History", "The museum was founded in 1871 by Ada Lind."))


def prompt(question: str, *sources: Source, locale: str = "en", **personality: object) -> Prompt:
    return Prompt(
        system="", history=(), request="", question=question, sources=sources, name="Mira", locale=locale,
        personality=Personality.model_validate(personality),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who founded the museum?", "The museum was founded in 1871 by Ada Lind [2]."),
        ("How much do students pay?", "Students with a valid card pay 8 euros [1]."),
        ("Is entry free for children?", "Children under 12 enter free of charge [1]."),
        ("Who leads the tours?", "Dr. Smith leads tours at 3.30 p.m. every Friday [1]."),
    ],
)
def test_a_question_gets_the_sentence_that_answers_it(question: str, answer: str) -> None:
    assert answer_from(question, SOURCES) == answer


def test_the_heading_says_what_a_price_is_for() -> None:
    party = Source(1, "Guide", "The party lasts two hours. It costs 160 euros.", ("Birthday parties",), score=0.9)
    tour = Source(2, "Guide", "A tour costs 3 euros.", ("Tours",), score=0.4)

    assert answer_from("How much does a birthday party cost?", (party, tour)).endswith("It costs 160 euros [1].")


def test_a_price_is_not_answered_with_something_else() -> None:
    wifi = Source(1, "Working here", "Guests get a code that is valid for their day at the desk.", score=0.5)

    assert answer_from("How much is a day pass?", (wifi,)) == ""


def test_a_table_is_read_aloud() -> None:
    table = "| Ticket | Price |\n|---|---|\n| Adults | 9 euros |\n| Pensioners and students | 6 euros |"

    assert answer_from("What do students pay?", (Source(1, "Prices", table),)) == (
        "Pensioners and students: 6 euros [1]."
    )


def test_the_names_of_columns_are_no_answer() -> None:
    table = "Membership | Price\nDay ticket | 24 euros a day\nFixed desk | 320 euros a month"

    assert answer_from("What are the membership prices?", (Source(1, "Memberships and prices", table),)) == (
        "Day ticket: 24 euros a day. Fixed desk: 320 euros a month [1]."
    )


def test_a_thought_is_finished_by_its_next_sentence() -> None:
    answer = answer_from("When is the museum open?", SOURCES[:1])

    assert answer == "The museum is open Tuesday to Sunday from 9 a.m. to 6 p.m. On Mondays it is closed [1]."


def test_words_that_stand_nowhere_get_the_beginning_of_the_best_passage() -> None:
    assert answer_from("Qwerty?", SOURCES[1:]) == "The museum was founded in 1871 by Ada Lind [2]."


def test_nothing_readable_is_no_answer() -> None:
    assert answer_from("Price?", (Source(1, "Table", "| 1 | 2 |\n|---|---|\n# Heading"),)) == ""


def test_it_declines_in_the_chatbots_own_words() -> None:
    assert compose_answer(prompt("How high is Everest?", decline="Beep. Not in my files.")).endswith(
        "/>Beep. Not in my files."
    )


def test_it_greets_in_the_chatbots_own_words() -> None:
    assert compose_answer(prompt("Hello!", greeting="Ahoy!")) == "Ahoy!"


def test_it_says_who_it_is_and_what_may_be_asked() -> None:
    answer = compose_answer(prompt("Who are you?", about="I guard the archive.", suggestions=["Where are you?"]))

    assert answer == "I am Mira. I guard the archive. You can ask me, for example: “Where are you?”"


def test_it_thanks_in_the_visitors_language() -> None:
    assert compose_answer(prompt("Danke!", locale="de-AT")).startswith("Gern geschehen")


async def test_it_streams_word_groups_that_join_to_the_answer() -> None:
    chunks = [chunk async for chunk in Understudy(0.0).answer(prompt("When is the museum open?", *SOURCES))]

    texts = [chunk.text for chunk in chunks if isinstance(chunk, TextChunk)]
    assert len(texts) > 3
    assert "".join(texts) == answer_from("When is the museum open?", SOURCES)
    assert chunks[-1] == EndChunk("end", model="understudy")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", "greeting"), ("Hello there!", "greeting"), ("hi Mira", "greeting"), ("good morning 🙂", "greeting"),
        ("Thanks a lot!", "thanks"), ("ok thank you", "thanks"), ("bye", "goodbye"), ("how are you?", "how_are_you"),
        ("Who are you?", "who_are_you"), ("what can you do", "who_are_you"), ("You're great!", "praise"),
        ("hahaha", "laugh"), ("Vielen Dank!", "thanks"), ("Bonjour !", "greeting"),
    ],
)  # fmt: skip
def test_small_talk_is_told_apart(text: str, kind: SmallTalk) -> None:
    assert small_talk(text) == kind


@pytest.mark.parametrize(
    "question",
    [
        "Hi, where is the museum?",
        "How do you do refunds?",
        "Where are you located?",
        "Great question about prices",
        "no",
    ],
)
def test_a_question_is_no_small_talk(question: str) -> None:
    assert small_talk(question) is None


def test_abbreviations_and_numbers_do_not_end_sentences() -> None:
    assert sentences_of("Dr. Lind paid 3.50 euros, e.g. for tea. She left at noon.") == [
        "Dr. Lind paid 3.50 euros, e.g. for tea.",
        "She left at noon.",
    ]


def test_stems_join_the_forms_of_a_word() -> None:
    assert stems_of("opened opening opens") == stems_of("open open open")
    assert stems_of("the and of") == []


def test_the_slider_of_length_bounds_what_it_says() -> None:
    question = "When is the museum open and who leads tours there, and what do adults and students pay?"
    lengths = [
        len(compose_answer(prompt(question, *SOURCES, manner={"length": length}))) for length in (-1, -0.4, 0, 1)
    ]

    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[1] < lengths[3]
    brief = compose_answer(prompt(question, *SOURCES, manner={"length": -1}))
    assert brief.count("[1]") + brief.count("[2]") == 1


@pytest.mark.parametrize(
    ("locale", "personality", "line"),
    [
        ("de", {}, "Sehr gut, danke! Was möchten Sie wissen?"),
        ("de", {"manner": {"formality": -1}}, "Super, danke! Was möchtest du wissen?"),
        ("en", {"manner": {"energy": -1}}, "Very well, thank you. What would you like to know?"),
        ("en", {"languages": ("fr", "de")}, "Très bien, merci ! Que voulez-vous savoir ?"),
        ("de-AT", {"languages": ("fr", "de")}, "Sehr gut, danke! Was möchten Sie wissen?"),
        ("pl", {"manner": {"formality": -1}}, "Great, thanks! What would you like to know?"),
    ],
)
def test_its_own_lines_heed_language_and_tone(locale: str, personality: dict[str, object], line: str) -> None:
    assert compose_answer(prompt("How are you?", locale=locale, **personality)) == line
