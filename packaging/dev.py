#!/usr/bin/env python3
"""Sets up, runs and tests Troupe on a fresh machine with Python 3.11+ and Node.js 20+.

    python3 packaging/dev.py run     set up, start the server with its demo, open the studio where there is a display
    python3 packaging/dev.py test    set up, then every check and test there is
    python3 packaging/dev.py bundle  set up, then build the studio as a folder that needs no Python, and try it
    python3 packaging/dev.py lock    resolve the Python locks anew

Standard library only: nothing is installed yet when it starts. The steps are in `packaging/ground`.
"""

import argparse
import sys
from pathlib import Path

from ground.bundle import build_bundle, pack_bundle, tell_bundle, try_bundle
from ground.checks import failed_checks, running_checks, static_checks
from ground.meshopt import ensure_meshopt
from ground.python import PYTHON, ensure_python, write_locks
from ground.system import ensure_bundle_programs, ensure_test_programs, ensure_window_libraries, has_display
from ground.terminal import ROOT, CannotGoOn, run, say, step
from ground.troupe import perform
from ground.widget import ensure_widget

DATA = ROOT / ".troupe"
DEFAULT_PORT = 8460


def set_up(data: Path) -> None:
    """Bring everything that both commands need: Python, Node, the widget, meshopt, the embedding model."""
    ensure_python()
    ensure_widget()
    ensure_meshopt()
    models = data / "models"
    if not any(models.glob("*.onnx")):
        with step("Embedding model"):
            run([PYTHON, "-m", "shared.knowledge.minilm", models])


def run_command(options: argparse.Namespace) -> int:
    """Set up, then run the server and the studio until Ctrl-C."""
    windowed = not options.headless and has_display()
    if windowed:
        ensure_window_libraries()
    data = options.data.resolve()
    set_up(data)
    return perform(data, options.port, windowed)


def test_command(options: argparse.Namespace) -> int:
    """Set up, then run every check; pytest gets the words after `--`."""
    ensure_test_programs()
    set_up(DATA)
    failed = failed_checks([*static_checks(), *running_checks(options.pytest_words)])
    say("\nAll checks passed." if not failed else f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def bundle_command(_: argparse.Namespace) -> int:
    """Set up, then build the studio's bundle and start it once."""
    ensure_bundle_programs()
    set_up(DATA)
    bundle = build_bundle()
    picture = try_bundle(bundle)
    tell_bundle(bundle, pack_bundle(bundle), picture)
    return 0


def lock_command(_: argparse.Namespace) -> int:
    """Resolve the Python locks anew."""
    ensure_python()
    write_locks()
    return 0


def parse(words: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Sets up, runs and tests Troupe.")
    commands = parser.add_subparsers(required=True)
    run_ = commands.add_parser("run", help="start the server with its demo, and the studio where there is a display")
    run_.add_argument("--headless", action="store_true", help="do not open the studio")
    run_.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"the server's port (default {DEFAULT_PORT})")
    run_.add_argument(
        "--data", type=Path, default=DATA, metavar="DIR", help="where everything is kept (default .troupe)"
    )
    run_.set_defaults(command=run_command)
    test = commands.add_parser("test", help="run every check and test")
    test.add_argument("pytest_words", nargs="*", metavar="WORD", help="passed to pytest, after --")
    test.set_defaults(command=test_command)
    bundle = commands.add_parser("bundle", help="build the studio as a folder that needs no Python, and try it")
    bundle.set_defaults(command=bundle_command)
    lock = commands.add_parser("lock", help="resolve the Python locks anew")
    lock.set_defaults(command=lock_command)
    return parser.parse_args(words)


def main() -> int:
    """Run one command; a problem is one clear message and exit code 1."""
    options = parse(sys.argv[1:])
    try:
        code: int = options.command(options)
    except CannotGoOn as problem:
        say(f"\n✗ {problem}")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
