"""Every field of a personality reaches the model, and one that was left alone says nothing."""

import pytest

from shared.contract.chatbot import ChatbotDraft, Exchange, ModelChoice, Personality, Tone
from shared.dialogue.cast import Cast, TurnLimits, cast_of
from shared.dialogue.compose import compose_prompt, system_text
from shared.dialogue.tongues import tongue
from shared.dialogue.voice import SCALES, typical_answer_tokens
from tests.shared.dialogue.stages import asked

WHOLE = Personality(
    role="receptionist of the Harbour Museum",
    about="Mira has worked here since 1990.",
    languages=("de", "en-GB"),
    tone="A little old-fashioned.",
    do=("Name the day with the opening hours.",),
    dont=("Promise discounts.",),
    rules="Send journalists to the press office.",
    examples=(Exchange(visitor="Is it {big}?", character="Big as a ship!"),),
    decline='My maps end "here" {sic}.',
)


def said(personality: Personality) -> str:
    return system_text(Cast("Mira", personality, locale="fr"))


def test_what_the_designer_wrote_stands_in_the_prompt() -> None:
    text = said(WHOLE)

    assert text.startswith("You are Mira, receptionist of the Harbour Museum. ")
    for words in (
        "# Who you are\nMira has worked here since 1990.", "A little old-fashioned.",
        "# What you always do\n- Name the day with the opening hours.", "# What you never do\n- Promise discounts.",
        "# Your rules\nSend journalists to the press office.", "Visitor: Is it {big}?\nYou: Big as a ship!",
        'in the manner of\n"My maps end "here" {sic}."',
    ):  # fmt: skip
        assert words in text


def test_what_was_left_alone_says_nothing() -> None:
    text = said(Personality())

    for title in ("# Who", "# How you speak", "# What you always", "# What you never", "# Your rules", "# Examples"):
        assert title not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        ((), "Answer in the visitor's language (the page's is fr), in two"),
        (("de",), "Answer in German whatever language the visitor writes, in two"),
        (("de", "en-GB", "it"), "You speak German, British English and Italian: answer in the one that"),
        (("de", "en"), "in German when it is another, in two"),
    ],
)
def test_the_languages_are_told(languages: tuple[str, ...], words: str) -> None:
    assert words in said(Personality(languages=languages))


@pytest.mark.parametrize("key", list(SCALES))
def test_a_slider_says_more_the_further_it_stands_and_nothing_in_the_middle(key: str) -> None:
    texts = [said(Personality(manner=Tone.model_validate({key: value}))) for value in (-1, -0.4, 0, 0.4, 1)]

    assert len(set(texts)) == 5
    assert texts[2] == said(Personality())
    assert [("# How you speak" in text) for text in texts] == [True, True, False, True, True]


def test_the_slider_of_length_bounds_the_answers_and_what_they_are_thought_to_cost() -> None:
    manners = [Tone(length=value) for value in (-1, -0.4, 0, 0.4, 1)]

    tokens = [typical_answer_tokens(manner) for manner in manners]

    assert tokens == sorted(set(tokens))
    assert "Answer in the visitor's language (the page's is fr), in one short sentence unless" in said(
        Personality(manner=manners[0])
    )


def test_temperature_and_length_go_from_the_draft_into_the_prompt() -> None:
    draft = ChatbotDraft(name="Mira", models=ModelChoice(temperature=0.2, answer_tokens=300))

    prompt = compose_prompt(asked("Hello"), cast_of(draft), (), TurnLimits())

    assert (prompt.temperature, prompt.output_tokens) == (0.2, 300)


def test_tongues_are_named_in_english() -> None:
    assert [tongue(tag) for tag in ("de", "pt-br", "de-LI", "tlh")] == [
        "German", "Brazilian Portuguese", "German (LI)", "tlh",
    ]  # fmt: skip
