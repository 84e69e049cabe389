"""Rules as a designer meets them, and colours as the widget makes them."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from shared.contract.avatar import AvatarFacts
from shared.contract.chatbot import ChatbotDraft, Look
from shared.contract.placement import Hours, Placement
from shared.placement.evaluating import Rule, decide, given_rules
from shared.placement.facts import PageFacts
from studio.model.checklist import section_states
from studio.model.colours import accent_note, background_note, contrast_of, ink_on, widget_colours
from studio.model.looks import is_placement, with_language, with_look, with_text, without_language
from studio.model.placement_words import days_text, ordinal, reason, rule_text, verdict_text
from studio.model.placing import KIND_OF, KINDS, kinds_to_add, placement_advice, with_rule, without_rule

PALETTES = json.loads((Path(__file__).parents[2] / "data" / "palettes.json").read_text(encoding="utf-8"))
TUESDAY_EVENING = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
WORK = Hours(days=("mon", "tue", "wed", "thu", "fri"), start="09:00", end="18:00")


def test_every_kind_can_be_added_said_and_taken_away() -> None:
    for kind in KINDS:
        added = with_rule(ChatbotDraft(), kind.rule)

        assert given_rules(added.placement) == (kind.rule,)
        assert rule_text(kind.rule, added.placement)
        assert reason(kind.rule, added.placement, PageFacts())
        assert without_rule(added, kind.rule) == ChatbotDraft()
    assert set(KIND_OF) == set(get_args(Rule))


def test_the_menu_offers_what_is_not_there_yet() -> None:
    placement = Placement(devices=("phone",), delay_seconds=3)

    assert {kind.rule for kind in KINDS} - {kind.rule for kind in kinds_to_add(placement)} == {
        "devices",
        "delay_seconds",
    }


def test_the_verdict_says_where_and_why() -> None:
    placement = Placement(include_paths=("/pricing*",), hours=(WORK,), time_zone="Europe/Berlin")
    facts = PageFacts(path="/pricing", device="phone", languages=("de",), now=TUESDAY_EVENING)

    said = verdict_text(placement, facts, decide(placement, facts))
    moved = replace(facts, path="/about")

    assert said == (
        "On /pricing, phone, German, Tuesday 22:00: hidden, because it is outside Mon-Fri 09:00-18:00 Europe/Berlin."
    )
    assert "because /about is not among /pricing* and it is outside" in verdict_text(
        placement, moved, decide(placement, moved)
    )
    assert verdict_text(Placement(), facts, decide(Placement(), facts)).endswith(": shown.")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((), "Every day"),
        (("fri", "mon", "tue", "wed", "thu"), "Mon-Fri"),
        (("mon", "tue", "fri"), "Mon, Tue, Fri"),
        (("sat", "sun"), "Sat, Sun"),
        (("mon", "wed", "thu", "fri"), "Mon, Wed-Fri"),
    ],
)
def test_days_are_said_as_spans(days: tuple[str, ...], said: str) -> None:
    assert days_text(Hours.model_validate({"days": days}).days) == said


def test_devices_are_said_the_short_way() -> None:
    assert rule_text("devices", Placement(devices=("tablet", "desktop"))) == "Not on phones"
    assert rule_text("devices", Placement(devices=("phone",))) == "Only on phones"
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 22)] == ["1st", "2nd", "3rd", "4th", "11th", "22nd"]


def test_rules_that_show_it_to_nobody_are_named() -> None:
    assert "no one" in placement_advice(Placement(percentage=0))
    assert "Phones" in placement_advice(Placement(exit_intent=True))
    assert placement_advice(Placement(exit_intent=True, delay_seconds=5)) == ""
    assert section_states(ChatbotDraft(placement=Placement(percentage=0)), AvatarFacts())["look"].standing == "warning"
    assert "5th" in placement_advice(Placement(minimum_visits=5, maximum_visits=2))


@pytest.mark.parametrize("vector", PALETTES, ids=lambda vector: f"{vector['accent']} {vector['theme']}")
def test_colours_are_those_of_the_widget(vector: dict[str, str]) -> None:
    made = widget_colours(vector["accent"], "dark" if vector["theme"] == "dark" else "light")

    assert (made.accent, made.on_accent, made.accent_text) == (
        vector["made"], vector["on_accent"], vector["accent_text"],
    )  # fmt: skip
    assert ink_on(vector["accent"]) == vector["ink"]


def test_colours_that_cannot_be_read_are_named() -> None:
    assert accent_note("#4f46e5") == ""
    assert "darker" in accent_note("#6b8cff")
    assert "dark letters" in accent_note("#ffd60a")
    assert background_note("#0b3d2e") == ""
    assert "at best" in background_note("#757575")
    assert contrast_of("#000000", "#ffffff") == pytest.approx(21)


def test_texts_are_kept_by_language() -> None:
    draft = with_text(with_language(ChatbotDraft(), "de"), "de", "title", "Hilfe")

    assert draft.look.texts["de"].title == "Hilfe"
    assert without_language(draft, "de").look == Look()
    assert with_look(draft, corners=3).look.texts == draft.look.texts
    assert not is_placement(draft, offset_x=900)
