"""The widget's TypeScript says what the Python contract says."""

import pytest

from shared.contract import schema
from shared.contract.acting import ROLES


def test_every_root_and_every_event_is_in_the_schema() -> None:
    definitions = schema.contract_schema()["$defs"]

    wanted = {root.__name__ for root in schema.ROOTS} | {"TurnStarted", "TurnDelta", "TurnCue", "TurnCitation"}
    assert wanted | {"TurnFinished", "TurnFailed", "AnyTurnEvent"} <= set(definitions)


def test_a_vocabulary_goes_by_its_name() -> None:
    definitions = schema.contract_schema()["$defs"]

    assert definitions["Role"]["enum"] == list(ROLES)
    assert {"$ref": "#/$defs/Role"} in definitions["TurnCue"]["properties"]["role"]["anyOf"]


def test_a_reader_finds_every_field() -> None:
    definitions = schema.contract_schema()["$defs"]

    for definition in definitions.values():
        assert set(definition.get("required", [])) == set(definition.get("properties", {}))


def test_the_committed_typescript_is_fresh() -> None:
    if not (schema.WIDGET / "node_modules").is_dir():
        pytest.skip("widget/node_modules is missing: run `npm ci` in widget/")

    assert schema.GENERATED.read_text(encoding="utf-8") == schema.typescript()
