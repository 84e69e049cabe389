"""The parser gives the same text, cues and citations wherever a reply is cut, and shows no marker to anybody."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.acting.lanes import LONGEST_MARKER, MARKER
from shared.acting.markers import MarkedCue, MarkedSource, MarkerParser, Words, read_marker

REPLY = (
    "<act happy 0.7 greet/>Hello! <act thinking/> We open at 9 [2], if 3 < 5 and x<y [1, 2]. "
    "<act nonsense 3/>Bring <b>tickets</b> [7]. See [here](https://x.example) <ACT sad 2 nod /> and a[30].\n"
    "Done <act sorry 0.4"
)


def numbering(number: int) -> int | None:
    return {2: 1, 1: 2}.get(number)


def perform(chunks: Iterable[str]) -> tuple[str, str, list[MarkedCue], list[tuple[int, int]]]:
    parser = MarkerParser(numbering)
    shown, spoken, cues, sources = "", "", [], []
    pieces = [piece for chunk in chunks for piece in parser.feed(chunk)] + parser.close()
    for piece in pieces:
        match piece:
            case Words():
                shown, spoken = shown + piece.shown, spoken + piece.spoken
            case MarkedCue():
                cues.append(piece)
            case MarkedSource():
                sources.append((piece.number, len(shown)))
    return shown, spoken, cues, sources


def test_text_cues_and_citations_are_aligned() -> None:
    shown, spoken, cues, sources = perform([REPLY])

    assert shown == (
        "Hello! We open at 9 [1], if 3 < 5 and x<y [2][1]. Bring <b>tickets</b>. "
        "See [here](https://x.example) and a.\nDone"
    )
    assert spoken == (
        "Hello! We open at 9, if 3 < 5 and x<y. Bring <b>tickets</b>. See [here](https://x.example) and a.\nDone"
    )
    assert [(cue.role, cue.emotion, cue.intensity) for cue in cues] == [
        ("greet", "happy", 0.7),
        (None, "thinking", 0.6),
        ("nod", "sad", 1.0),
    ]
    assert [(spoken[: cue.offset][-6:], shown[: cue.shown_offset][-6:]) for cue in cues] == [
        ("", ""), ("Hello!", "Hello!"), ("ample)", "ample)"),
    ]  # fmt: skip
    assert [(number, shown[at : at + 4]) for number, at in sources] == [
        (1, " [1]"),
        (2, " [2]"),
        (1, "[1]."),
    ]


def test_a_reply_may_be_cut_anywhere() -> None:
    whole = perform([REPLY])

    for cut in range(len(REPLY) + 1):
        assert perform([REPLY[:cut], REPLY[cut:]]) == whole


def test_a_reply_may_come_character_by_character() -> None:
    assert perform(REPLY) == perform([REPLY])


FRAGMENTS = st.sampled_from([
    "<act happy/>", "<act", " ", "<", "/>", ">", "happy 0.7", "[1]", "[9]", "[", "]", "[1, 2]", "ct nod/>", "<a",
    "act ",
    "<act joy 0.7 nod/>", ".", "\n", "word", "</act>", "a" * 30, "1", "<b>", ",", "é", "😀",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14), st.lists(st.integers(0, 200), max_size=6))
def test_any_reply_reads_the_same_however_it_is_cut(fragments: list[str], cuts: list[int]) -> None:
    reply = "".join(fragments)
    places = sorted({0, len(reply), *(min(cut, len(reply)) for cut in cuts)})
    chunks = [reply[start:end] for start, end in pairwise(places)]

    assert perform(chunks) == perform([reply])


@settings(max_examples=600, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14))
def test_no_marker_ever_reaches_a_reader(fragments: list[str]) -> None:
    shown, spoken, cues, _ = perform(["".join(fragments)])

    for text in (shown, spoken):
        assert [found for found in MARKER.finditer(text) if len(found.group()) <= LONGEST_MARKER] == []
    assert all(0 <= cue.offset <= len(spoken) and 0 <= cue.shown_offset <= len(shown) for cue in cues)


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=20))
def test_at_most_64_characters_are_held_back(fragments: list[str]) -> None:
    parser = MarkerParser()
    for fragment in fragments:
        parser.feed(fragment)

        assert len(parser._held) < LONGEST_MARKER


def test_a_marker_that_never_ends_is_let_go() -> None:
    long = "<act " + "very " * 20

    shown, _, _, _ = perform([long])

    assert shown == long.strip()


def test_a_marker_cut_by_the_end_of_the_reply_is_not_shown() -> None:
    assert perform(["Hello <act hap"])[0] == "Hello"
    assert perform(["2 <a"])[0] == "2 <a"


@pytest.mark.parametrize(
    ("marker", "meaning"),
    [
        ("<act happy 0.7 nod/>", ("nod", "happy", 0.7)),
        ("<act nod/>", ("nod", "neutral", 0.6)),
        ("<act sad/>", (None, "sad", 0.6)),
        ("<act sad sad 0.2/>", ("sad", "sad", 0.2)),
        ('<act role="shrug" emotion="sorry" intensity=".5">', ("shrug", "sorry", 0.5)),
        ("<act happy 7/>", (None, "happy", 1.0)),
        ("<act fly/>", None),
        ("</act>", None),
    ],
)
def test_a_marker_means_its_words(marker: str, meaning: tuple[str | None, str, float] | None) -> None:
    assert read_marker(marker) == meaning
