"""Writes the contract's models as TypeScript for the widget: `python -m shared.contract.schema [--check]`.

Pydantic gives JSON Schema, json-schema-to-typescript (one of the widget's development tools) makes types of it.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from shared.contract.acting import EMOTIONS, ROLES, VISEMES, ActingMap
from shared.contract.embed import (
    AskAccepted,
    LoaderConfig,
    NewVisit,
    PublicRelease,
    SocketAsk,
    SocketCancel,
    SocketResume,
    Visit,
)
from shared.contract.placement import Placement
from shared.contract.sync import Problem
from shared.contract.turn import AnyTurnEvent

ROOTS: tuple[type[BaseModel], ...] = (
    ActingMap,
    AskAccepted,
    LoaderConfig,
    NewVisit,
    Placement,
    Problem,
    PublicRelease,
    SocketAsk,
    SocketCancel,
    SocketResume,
    Visit,
)
WIDGET = Path(__file__).resolve().parents[2] / "widget"
GENERATED = WIDGET / "src" / "contract.gen.ts"
VOCABULARIES: dict[str, tuple[str, ...]] = {"Role": ROLES, "Emotion": EMOTIONS, "Viseme": VISEMES}
BANNER = "/* Written by `python -m shared.contract.schema` from shared/contract. Do not edit. */"


def contract_schema() -> dict[str, Any]:
    """One JSON Schema whose `$defs` hold every model that the widget reads or writes, as it is serialised."""
    _, combined = models_json_schema([(root, "serialization") for root in ROOTS], ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = combined["$defs"]
    event = TypeAdapter(AnyTurnEvent).json_schema(mode="serialization", ref_template="#/$defs/{model}")
    definitions.update(event.pop("$defs"))
    definitions["AnyTurnEvent"] = {"oneOf": event["oneOf"]}
    named = {name: _for_reading(definitions[name]) for name in definitions}
    for name, words in VOCABULARIES.items():
        named[name] = {"type": "string", "enum": list(words)}
    return {"$defs": {name: named[name] for name in sorted(named)}}


def _for_reading(schema: Any) -> Any:
    """The schema as a reader meets it: every field is there, and a vocabulary goes by its name."""
    if isinstance(schema, list):
        return [_for_reading(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    for name, words in VOCABULARIES.items():
        if schema.get("enum") == list(words):
            return {"$ref": f"#/$defs/{name}"}
    # A title would become a named type for each field.
    read = {key: _for_reading(part) for key, part in schema.items() if not (key == "title" and isinstance(part, str))}
    if isinstance(read.get("properties"), dict):
        read["required"] = list(read["properties"])
    return read


def typescript() -> str:
    """The TypeScript of the contract.

    Raises: FileNotFoundError: Node or the widget's tools are not installed; CalledProcessError: the tool refused.
    """
    tool = WIDGET / "node_modules" / "json-schema-to-typescript" / "dist" / "src" / "cli.js"
    if not tool.exists():
        raise FileNotFoundError(f"{tool} is missing: run `npm ci` in {WIDGET}.")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "contract.json"
        source.write_text(json.dumps(contract_schema()), encoding="utf-8")
        options = [
            "--unreachableDefinitions",
            "--additionalProperties=false",
            # Not a union of tuples for every list with a limit.
            "--maxItems=-1",
            "--format=true",
            f"--bannerComment={BANNER}",
        ]
        options += ["--style.printWidth=120"]
        done = subprocess.run(
            ["node", str(tool), "-i", str(source), *options], capture_output=True, text=True, check=True, cwd=WIDGET
        )
    return _tidy(done.stdout)


def _tidy(source: str) -> str:
    """Drops what the tool says about itself: the note on each definition, and the empty type of the whole."""
    source = re.sub(r"( \*\n)? \* This interface was referenced by .*\n \* via the `definition` .*\n", "", source)
    source = re.sub(r"/\*\*\n \*/\n", "", source)
    return re.sub(r"export interface Contract \{[^}]*\}\n", "", source)


def main(arguments: list[str]) -> int:
    """Writes the file, or with `--check` says (exit 1) that it is stale."""
    fresh = typescript()
    if "--check" not in arguments:
        GENERATED.write_text(fresh, encoding="utf-8")
        return 0
    if GENERATED.exists() and GENERATED.read_text(encoding="utf-8") == fresh:
        return 0
    sys.stderr.write(f"{GENERATED} is stale: run `python -m shared.contract.schema`.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
