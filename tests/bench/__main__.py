"""Runs benches by name, prints a table, and with `--json` writes the rows to standard output as JSON.

python -m tests.bench widget-size retrieval
python -m tests.bench all --json
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import NotRequired, TypedDict

HERE = Path(__file__).parent


class Row(TypedDict):
    """One measured figure. `promise` and `peer` are in the same unit as `value`."""

    what: str
    value: float
    unit: str
    promise: NotRequired[str]
    peer: NotRequired[str]


def bench_names() -> list[str]:
    """Return the benches there are, by the names of their modules."""
    return sorted(
        file.stem.replace("_", "-") for file in HERE.glob("*.py") if "\ndef run(" in file.read_text(encoding="utf-8")
    )


def measure(name: str) -> list[Row]:
    """Run one bench and return its rows."""
    module = importlib.import_module(f"tests.bench.{name.replace('-', '_')}")
    rows: list[Row] = module.run()
    return rows


def table(rows: list[Row]) -> str:
    """Return rows as an aligned table."""
    cells = [("what", "value", "unit", "promise", "peer")]
    cells += [
        (row["what"], f"{row['value']:.4g}", row["unit"], str(row.get("promise") or ""), str(row.get("peer") or ""))
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)


def main() -> int:
    """Measure what the command line names."""
    names = bench_names()
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument(
        "names", nargs="+", choices=[*names, "all"], metavar="NAME", help=f"all, or: {', '.join(names)}"
    )
    parser.add_argument("--json", action="store_true", help="write rows as JSON instead of a table")
    options = parser.parse_args()
    wanted = names if "all" in options.names else options.names
    measured = {name: measure(name) for name in wanted}
    for name, rows in measured.items():
        sys.stderr.write(f"\n{name}\n{table(rows)}\n")
    if options.json:
        sys.stdout.write(json.dumps(measured, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
