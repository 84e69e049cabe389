"""How a turn ended, as its row keeps it."""

from collections.abc import Sequence
from typing import Any

from shared.contract.turn import AnyTurnEvent, TurnDelta, TurnFailed, TurnFinished

_STAMPS = {"turn_id", "seq", "type"}


def outcome_of(events: Sequence[AnyTurnEvent]) -> dict[str, Any]:
    """The columns of a turn from its events, of which the last is `finished` or `failed`."""
    kept: dict[str, Any] = {
        "events": [event.model_dump(mode="json") for event in events],
        "cues": [event.model_dump(mode="json", exclude=_STAMPS) for event in events if event.type == "cue"],
    }
    last = events[-1]
    if isinstance(last, TurnFinished):
        return kept | _finished(last)
    assert isinstance(last, TurnFailed)
    said = "".join(event.text for event in events if isinstance(event, TurnDelta))
    return kept | {"state": "failed", "code": last.code, "answer": said}


def _finished(event: TurnFinished) -> dict[str, Any]:
    usage, timings = event.usage, event.timings
    return {
        "state": "finished",
        "answer": event.text,
        "outcome": event.outcome,
        "answered_by": event.answered_by,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost_microunits": usage.cost_microunits,
        "price_snapshot": usage.price_snapshot,
        "retrieved_seconds": timings.retrieved,
        "first_token_seconds": timings.first_token,
        "first_delta_seconds": timings.first_delta,
        "finished_seconds": timings.finished,
        "retrieved": [passage.model_dump(mode="json") for passage in event.retrieved],
        "fallbacks": list(event.fallbacks),
    }
