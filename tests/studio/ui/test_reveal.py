"""Revealing an answer by the clock, and the mouth that goes with it."""

from uuid import UUID

from shared.contract.acting import FaceRig
from shared.contract.turn import TurnCue, TurnDelta
from studio.ui.panels.reveal import CHARACTERS_PER_SECOND, Reveal
from studio.ui.viewport.mouth import CLOSED_PEAK, PEAK, mouth_weights

TURN = UUID(int=7)
TEXT = "Students pay eight euros for a ticket to the museum [1]."


def delta(offset: int, text: str) -> TurnDelta:
    """A delta of this turn."""
    return TurnDelta(turn_id=TURN, seq=1, offset=offset, text=text)


def cue(place: int) -> TurnCue:
    """A cue at a place of the shown text."""
    return TurnCue(
        turn_id=TURN, seq=2, role="present", intensity=0.6, offset=place, shown_offset=place, source="event",
        confidence=1.0,
    )  # fmt: skip


def test_text_comes_out_at_reading_speed() -> None:
    reveal = Reveal()
    reveal.take_delta(delta(0, TEXT))

    reveal.advance(0.5)

    assert reveal.shown == TEXT[: int(CHARACTERS_PER_SECOND * 0.5)]
    assert not reveal.over


def test_a_cue_waits_for_its_place_and_comes_once() -> None:
    reveal = Reveal()
    reveal.take_delta(delta(0, TEXT))
    reveal.take_cue(cue(30))

    early = reveal.advance(0.2)
    due = [found for _ in range(20) for found in reveal.advance(0.1)]

    assert early == []
    assert due == [cue(30)]


def test_a_long_backlog_is_caught_up_with() -> None:
    reveal = Reveal()
    reveal.take_delta(delta(0, "word " * 2_000))
    reveal.complete(None)

    for _ in range(30 * 60):
        reveal.advance(1 / 30)

    assert reveal.over


def test_what_arrives_in_pieces_is_put_together_by_offset() -> None:
    reveal = Reveal()
    for place in range(0, len(TEXT), 7):
        reveal.take_delta(delta(place, TEXT[place : place + 7]))
    reveal.complete(TEXT)
    reveal.take_cue(cue(10_000))

    due = reveal.advance(60.0)

    assert reveal.shown == TEXT
    assert due == [cue(10_000)]


def test_stopping_drops_the_rest() -> None:
    reveal = Reveal()
    reveal.take_delta(delta(0, TEXT))
    reveal.take_cue(cue(40))
    reveal.advance(0.3)
    shown = reveal.shown

    reveal.stop()

    assert reveal.advance(10.0) == []
    assert reveal.shown == shown
    assert reveal.over


def test_lips_close_for_closed_sounds_and_open_for_open_ones() -> None:
    face = FaceRig(mouth_tier="visemes", visemes={"PP": "viseme_PP", "aa": "viseme_aa"})
    jaw = FaceRig(mouth_tier="open", mouth_open="open")

    assert mouth_weights("lamp", face) == {"viseme_PP": CLOSED_PEAK}
    assert mouth_weights("la", face) == {"viseme_aa": PEAK}
    assert mouth_weights("lamp", jaw) == {"open": 0.0}
    assert mouth_weights("la", FaceRig()) == {}
    assert mouth_weights(" ,.", face) is None
