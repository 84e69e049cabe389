"""Splitting: every passage is a slice of its document, small enough to be embedded whole, and knows where it stood."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.errors import BadDocument
from shared.knowledge.documents import parse_document
from shared.knowledge.parsed import ParsedDocument
from shared.knowledge.passages import Passage, split
from shared.knowledge.weights import LONGEST_TOKENS, load_tokenizer
from tests.shared.knowledge.papers import pdf, word_file

LONG = " ".join(f"Sentence number {number} says something of its own about the house." for number in range(200))
TABLE = "\n".join(
    ["| Desk | Price |", "|---|---|", *(f"| Desk {n} | {n} euros a day, tea included |" for n in range(99))]
)


def tokens(text: str) -> int:
    tokenizer = load_tokenizer()
    tokenizer.no_truncation()
    return len(tokenizer.encode(text).ids)


def check_spans(parsed: ParsedDocument, passages: list[Passage]) -> None:
    assert passages
    for passage in passages:
        assert parsed.text[passage.start : passage.end] == passage.text
        assert passage.text.strip()
    for before, after in pairwise(passages):
        assert before.end <= after.start


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("long.txt", LONG.encode()),
        ("table.md", TABLE.encode()),
        ("words.txt", b"word" * 20_000),
        ("letters.txt", ("日本語の文章。" * 3_000).encode()),
        ("rules.docx", word_file()),
        ("manual.pdf", pdf([[(20, "Title"), *[(11, f"Line {n} of it.") for n in range(30)]]] * 5)),
    ],
)
def test_passages_are_slices_that_fit_the_embedding(name: str, content: bytes) -> None:
    parsed = parse_document(name, content)

    passages = split(parsed)

    check_spans(parsed, passages)
    assert max(tokens(passage.in_context) for passage in passages) <= LONGEST_TOKENS


def test_no_word_is_lost() -> None:
    parsed = parse_document("house.md", f"# House\n\n{LONG}\n\n## Prices\n\n{TABLE}\n\nThe end.".encode())

    passages = split(parsed)

    check_spans(parsed, passages)
    words = " ".join(passage.text for passage in passages).split()
    assert words == [*LONG.split(), *TABLE.replace("|---|---|\n", "").replace("| D", "D").replace(" |\n", "\n").rstrip(" |").split(), "The", "end."]  # fmt: skip  # noqa: E501


def test_sentences_stay_whole() -> None:
    passages = split(parse_document("long.txt", LONG.encode()))

    assert len(passages) > 5
    assert all(passage.text.startswith("Sentence") and passage.text.endswith("house.") for passage in passages)


def test_passages_end_at_headings_and_carry_the_path_to_them() -> None:
    source = (
        "# House\n\nIntro.\n\n## Rooms\n\nTwo.\n\n### Small\n\nOne desk.\n\n## Prices\n\nLow.\n\n# Garden\n\nGreen."
    )

    passages = split(parse_document("house.md", source.encode()))

    assert [(passage.heading, passage.text) for passage in passages] == [
        (("House",), "Intro."),
        (("House", "Rooms"), "Two."),
        (("House", "Rooms", "Small"), "One desk."),
        (("House", "Prices"), "Low."),
        (("Garden",), "Green."),
    ]
    assert passages[2].in_context == "House > Rooms > Small\nOne desk."
    assert passages[4].context == "House > Garden"


def test_short_paragraphs_under_one_heading_are_one_passage() -> None:
    passages = split(parse_document("a.md", b"# Tea\n\nGreen.\n\nBlack.\n\nHerbal."))

    assert [passage.text for passage in passages] == ["Green.\n\nBlack.\n\nHerbal."]


def test_a_long_table_repeats_its_head_in_the_context() -> None:
    passages = split(parse_document("prices.md", TABLE.encode()))

    assert len(passages) > 3
    assert "Desk | Price" in passages[0].text
    assert [passage.context for passage in passages] == ["prices", *["prices\nDesk | Price"] * (len(passages) - 1)]
    assert all(passage.text.startswith("Desk") for passage in passages)


def test_a_passage_of_a_pdf_knows_its_page() -> None:
    pages = [[(20, f"Part {number}"), (11, f"What part {number} has to say.")] for number in (1, 2, 3)]

    passages = split(parse_document("parts.pdf", pdf(pages)))

    assert [(passage.page, passage.heading[-1]) for passage in passages] == [
        (1, "Part 1"),
        (2, "Part 2"),
        (3, "Part 3"),
    ]


def test_headings_alone_are_passages_too() -> None:
    assert [passage.text for passage in split(parse_document("a.md", b"# One\n\n## Two"))] == ["One\n\nTwo"]


def test_a_very_long_heading_leaves_room_for_the_words_below_it() -> None:
    passages = split(parse_document("a.md", f"# {'long heading ' * 90}\n\n{LONG}".encode()))

    assert max(tokens(passage.in_context) for passage in passages) <= LONGEST_TOKENS
    assert passages[0].in_context.endswith("house.")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab. \n#|-*日é😀", max_size=800))
def test_whatever_is_written_is_cut_into_slices(text: str) -> None:
    try:
        parsed = parse_document("a.md", text.encode())
    except BadDocument:
        return

    check_spans(parsed, split(parsed))
