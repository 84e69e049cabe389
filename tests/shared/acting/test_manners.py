"""The page moves as lively as the desk: one table, twice."""

import json

from shared.acting.manners import MANNERS
from shared.contract.schema import WIDGET


def test_widget_and_desk_have_the_same_manners() -> None:
    told = json.loads((WIDGET / "src" / "stage" / "manners.json").read_text(encoding="utf-8"))

    assert told == {
        preset: {"gain": one.gain, "loudest": one.loudest, "life": one.life, "pace": one.pace}
        for preset, one in MANNERS.items()
    }
