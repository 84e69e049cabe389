"""Keys and tokens in text that is about to be published: known shapes, and long random words behind telling names."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from shared.contract.chatbot import ChatbotDraft
from studio.model.fields import Path, tree_of
from studio.model.wording import title_of

_SHAPES: Mapping[str, re.Pattern[str]] = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "an Anthropic key": re.compile(r"\bsk-ant-[A-Za-z0-9_-]{20,}"),
    "an OpenAI key": re.compile(r"\bsk-(?!ant-)(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}"),
    "a Google key": re.compile(r"\bAIza[0-9A-Za-z_-]{35}"),
    "an AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})"),
    "a GitLab token": re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}"),
    "a Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    "a Stripe key": re.compile(r"\b[rs]k_live_[A-Za-z0-9]{20,}"),
    "a Troupe token": re.compile(r"\btrp_(?:rt|sc|vk)_[A-Za-z0-9_-]{20,}"),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:(?P<value>[^\s/:@]{6,})@[^\s/]+"),
}
_NAMED = re.compile(
    r"(?i)(?:api[_ -]?key|access[_ -]?key|secret|token|passw(?:or)?d|pwd|credential)s?[\"']?\s*(?:=|:|\bis\b)\s*"
    r"[\"'`]?(?P<value>[A-Za-z0-9+/_.=~!#$%^&*-]{16,})"
)
_LEAST_ENTROPY: Final = 3.5
"""Bits a character: English words stay below, random letters and digits of 20 characters come above."""
_LEAST_KINDS: Final = 2
"""Of small letters, capitals, digits: a random word has at least two."""
_SHOWN: Final = 6
_PLACEHOLDER = re.compile(r"(?i)example|your[_-]|xxx|\.\.\.|placeholder|changeme|<|\*{3}")
_LONGEST_LINE: Final = 20_000


@dataclass(frozen=True)
class Secret:
    """Something that looks like a key or a token, and where it stands. What it says is never kept."""

    kind: str
    """Such as "an OpenAI key"."""
    place: str
    """Such as "Greeting" or "knowledge/notes.md"."""
    line: int
    """From 1."""
    shown: str
    """Its first characters, to be recognised by."""
    field: Path = ()
    """Where in the draft; none for a file."""

    @property
    def sentence(self) -> str:
        """What was found where."""
        return f"{self.place}, line {self.line}, holds what looks like {self.kind} ({self.shown}…)."


def secrets_in(text: str, place: str, field: Path = ()) -> tuple[Secret, ...]:
    """What looks like a secret in a text, in its order; each line tells of one kind once."""
    found = (
        Secret(kind, place, number, value[:_SHOWN], field)
        for number, line in enumerate(text.splitlines(), 1)
        for kind, value in _in_line(line[:_LONGEST_LINE])
    )
    return tuple(found)


def secrets_in_draft(draft: ChatbotDraft) -> tuple[Secret, ...]:
    """What looks like a secret in the draft's own texts."""
    texts = _texts(tree_of(draft), ())
    return tuple(secret for field, text in texts for secret in secrets_in(text, title_of(field), field))


def entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits each; 0 for an empty text."""
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def _in_line(line: str) -> Iterator[tuple[str, str]]:
    told = False
    for kind, shape in _SHAPES.items():
        match = shape.search(line)
        if match is not None and not _PLACEHOLDER.search(match.groupdict().get("value") or match.group()):
            told = True
            yield kind, match.group()
    match = _NAMED.search(line)
    if match is not None and not told and is_random(match["value"]):
        yield "a password or key", match["value"]


def is_random(word: str) -> bool:
    """Whether a word looks drawn by lot rather than written."""
    kinds = sum(any(test(letter) for letter in word) for test in (str.islower, str.isupper, str.isdigit))
    return kinds >= _LEAST_KINDS and entropy(word) >= _LEAST_ENTROPY and not _PLACEHOLDER.search(word)


def _texts(node: object, path: Path) -> Iterable[tuple[Path, str]]:
    """Every text with its place; digests and fingerprints are random by nature, and ours."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict) and "sha256" not in node and path != ("avatar", "file"):
        for name, inner in node.items():
            if name != "fingerprint":
                yield from _texts(inner, (*path, str(name)))
    elif isinstance(node, list):
        for number, inner in enumerate(node, 1):
            yield from _texts(inner, (*path, str(number)))
