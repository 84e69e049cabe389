"""Words: what is the same word, what says nothing, and which language a text is in."""

import pytest

from shared.knowledge.languages import COMMON_WORDS, LANGUAGES, code_of, detect_language, language_of_locale
from shared.knowledge.lexical import lexical_rank, terms_of, words_of


def stems(text: str, language: str) -> list[str]:
    return [term.stem for term in terms_of(text, language)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("english", "opening desks", "opens desk"),
        ("german", "Häuser öffnen", "Haus öffnet"),
        ("french", "horaires musées", "horaire musée"),
        ("spanish", "billetes baratos", "billete barato"),
    ],
)
def test_forms_of_a_word_are_one_word(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_words_that_say_nothing_are_left_out() -> None:
    assert stems("Can you please tell me what the price of it is?", "english") == ["price"]
    assert stems("Können Sie mir bitte den Preis sagen?", "german")[0] == "preis"


def test_an_unknown_language_is_taken_as_it_stands() -> None:
    assert stems("The DESKS x", "simple") == ["the", "desks", "x"]
    assert stems("AUR-208", "english") == ["aur", "208"]


def test_more_places_rank_higher_but_ever_less() -> None:
    terms = terms_of("desk", "english")
    once, twice, often = (lexical_rank(terms, words_of("desk " * count, "english")) for count in (1, 2, 50))

    assert once == 1.0
    assert twice == 1.25
    assert 1.6 < often < 1.65


def test_the_beginning_of_a_longer_word_is_found_and_counts_less() -> None:
    terms = terms_of("palm", "english")

    assert lexical_rank(terms, words_of("The palmhouse.", "english")) == 0.7
    assert lexical_rank(terms, words_of("A napalm.", "english")) == 0.0


def test_no_terms_rank_nothing() -> None:
    assert lexical_rank((), words_of("desk", "english")) == 0.0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("english", "The house is open every day, and members may stay at night."),
        ("german", "Das Haus ist jeden Tag offen, und Mitglieder dürfen nachts bleiben."),
        ("french", "La maison est ouverte tous les jours, et les membres peuvent rester la nuit."),
        ("spanish", "La casa está abierta todos los días y los miembros pueden quedarse por la noche."),
        ("italian", "La casa è aperta tutti i giorni e i membri possono restare anche di notte."),
        ("portuguese", "A casa está aberta todos os dias e os membros podem ficar durante a noite."),
        ("dutch", "Het huis is elke dag open en leden mogen er ook in de nacht blijven."),
        ("swedish", "Huset är öppet varje dag och medlemmar får stanna på natten."),
    ],
)
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "AUR-208 XR-7 9000", "Müller Köhler Krause", "日本語の文章"])
def test_names_and_codes_tell_no_language(text: str) -> None:
    assert detect_language(text) == "simple"
    assert detect_language(text, "german") == "german"


def test_languages_have_codes() -> None:
    assert language_of_locale("de-AT") == "german"
    assert language_of_locale("xx") == "simple"
    assert code_of("german") == "de"
    assert code_of("simple") == "und"
    assert set(COMMON_WORDS) <= LANGUAGES


def test_a_letter_says_something_unless_it_stands_for_a_word() -> None:
    assert stems("r u open, is P in NP", "english") == ["open", "p", "np"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("aur", ["aur"]),
        ("what does the code aur208 open for a guest", ["aur208"]),
        ("is the Lighthouse free at noon on most days", ["lighthouse"]),
        ("Lighthouses are free at noon on most days, right", []),
    ],
)
def test_codes_and_names_are_known_by_their_looks(question: str, names: list[str]) -> None:
    assert [term.word for term in terms_of(question, "english") if term.is_name] == names
