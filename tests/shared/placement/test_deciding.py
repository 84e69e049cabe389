"""The decision over the vectors that the widget's evaluator shares, and what no vector can say."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from shared.contract.placement import Placement
from shared.placement.evaluating import decide, given_rules
from shared.placement.facts import PageFacts
from shared.placement.patterns import matches, share_of

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "data" / "placement.json").read_text(encoding="utf-8")
)
PAGES = TypeAdapter(PageFacts)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["name"]))
def test_a_vector(vector: dict[str, Any]) -> None:
    verdict = decide(Placement.model_validate(vector["rules"]), PAGES.validate_python(vector["page"]))

    assert (verdict.state, list(verdict.unmet)) == (vector["state"], vector["unmet"])


def test_there_are_vectors_enough() -> None:
    given_somewhere = {rule for vector in VECTORS for rule in vector["rules"]}

    assert len(VECTORS) >= 90
    assert given_somewhere >= {
        *given_rules(Placement.model_validate(VECTORS[-1]["rules"])),
        "percentage",
        "exit_intent",
    }


def test_a_placement_without_rules_gives_none() -> None:
    assert given_rules(Placement()) == ()
    assert decide(Placement(), PageFacts()).state == "shown"


def test_a_pattern_of_many_stars_is_decided_at_once() -> None:
    began = perf_counter()

    assert not matches("*a" * 2_000, "a" * 1_999)
    assert perf_counter() - began < 0.5


@given(parts=st.lists(st.text(alphabet="ab/.", max_size=4), min_size=1, max_size=5), fill=st.text("abc/", max_size=5))
def test_a_pattern_covers_whatever_its_stars_are_filled_with(parts: list[str], fill: str) -> None:
    assert matches("*".join(parts), fill.join(parts))


def test_visitors_spread_evenly_and_stay_on_their_side() -> None:
    shares = [share_of(f"00000000-0000-4000-8000-{number:012x}", "emb_a") for number in range(20_000)]
    tenths = [sum(1 for share in shares if share // 10 == tenth) for tenth in range(10)]

    assert 1_800 < min(tenths) <= max(tenths) < 2_200
    assert shares[:50] != [share_of(f"00000000-0000-4000-8000-{number:012x}", "emb_b") for number in range(50)]
