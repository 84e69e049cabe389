"""Visible progress, and the one way in which a step gives up: a sentence that names the cure."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT_LINES_OF_A_FAILURE = 40


class CannotGoOn(Exception):
    """A step failed. The message says what to do about it."""


def say(line: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(line, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Name a step while it runs, and say how long it took."""
    began = time.monotonic()
    say(f"  · {title} …")
    yield
    say(f"  ✓ {title} ({time.monotonic() - began:.1f} s)")


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a set-up command quietly; when it fails, show the end of what it said.

    Raises: CannotGoOn: the command is missing or exited with another code than 0.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except FileNotFoundError:
        raise CannotGoOn(f"{words[0]} is not installed or not on the PATH.") from None
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace").splitlines()[-KEPT_LINES_OF_A_FAILURE:]
        raise CannotGoOn("\n".join([*said, f"`{' '.join(words)}` failed with code {done.returncode}."]))


def run_shown(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run a command with its output passed through, and return its exit code."""
    sys.stdout.flush()
    return subprocess.run([str(word) for word in command], cwd=cwd, env=env, check=False).returncode
