"""Two answers side by side: which words are the same, which are gone, which are new."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Stretch:
    """Some words of a text; `same` says that the other text has them too, at the same place."""

    text: str
    same: bool


def side_by_side(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both texts in stretches that are the same or not, word by word."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    matcher = SequenceMatcher(None, [one.strip() for one in old], [one.strip() for one in new], autojunk=False)
    codes = matcher.get_opcodes()
    left = tuple(_stretches(((tag, old[a:b]) for tag, a, b, _, _ in codes)))
    right = tuple(_stretches(((tag, new[a:b]) for tag, _, _, a, b in codes)))
    return left, right


def _stretches(runs: Iterator[tuple[str, list[str]]]) -> Iterator[Stretch]:
    for tag, words in runs:
        if words:
            yield Stretch("".join(words), tag == "equal")
