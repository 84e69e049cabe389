"""The widget falls from role to role as the director does."""

import json

from shared.acting.vocabulary import FALLBACKS, POSTURES
from shared.contract.acting import ROLES
from shared.contract.schema import WIDGET


def test_widget_and_director_fall_back_alike() -> None:
    chains = json.loads((WIDGET / "src" / "stage" / "chains.json").read_text(encoding="utf-8"))

    assert list(chains) == list(ROLES)
    assert {role: tuple(chain["falls"]) for role, chain in chains.items()} == FALLBACKS
    assert {role for role, chain in chains.items() if chain["posture"]} == POSTURES
