"""Sentences of a passage, and how much of a question each of them answers."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

_ABBREVIATIONS: Final = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "vs", "etc", "e.g", "i.e", "fig", "no", "approx", "dept",
    "inc", "ltd", "co", "z.b", "d.h", "bzw", "ca", "usw", "nr", "p", "pp", "vol", "ed",
})  # fmt: skip
_BOUNDARY: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÞŒ0-9¿¡*])|(?<=[。！？])")  # noqa: RUF001
_BULLET: Final = re.compile(r"^\s*(?:[-*•▪◦\u2013]|\d{1,2}[.)])\s+")
_MARKDOWN: Final = re.compile(r"(\*\*|__|`|^\s*>\s?)", re.MULTILINE)
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_SUFFIXES: Final = (
    "ational", "ization", "fulness", "ousness", "ations", "ation", "ingly", "ments", "ment", "ness", "ings", "ing",
    "ies", "ied", "edly", "ed", "es", "ly", "en", "er", "s", "e", "y", "n",
)  # fmt: skip
_STOP_WORDS: Final = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does", "for", "from", "had",
    "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "me", "my", "of", "on", "or",
    "our", "so", "some", "such", "tell", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will",
    "with", "would", "you", "your", "about", "any", "please", "give", "much", "many", "der", "die", "das",
    "ein", "eine", "und", "ist", "sind", "wie", "wo", "wer", "wann", "warum", "ich", "du", "sie", "es", "im",
    "zu", "von", "mit", "für", "auf", "den", "dem", "des", "le", "la", "les", "un", "une", "et", "est", "sont",
    "que", "qui", "où", "quand", "comment", "pourquoi", "je", "tu", "il", "elle", "de", "en", "pour", "sur",
    "el", "los", "las", "una", "y", "son", "qué", "quién", "dónde", "cuándo", "cómo", "por", "para",
})  # fmt: skip


def stems_of(text: str) -> list[str]:
    """Words without their commonest endings, in lower case; words that carry no meaning are left out."""
    words = (word.lower() for word in _WORD.findall(text))
    return [_stem(word) for word in words if word not in _STOP_WORDS]


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (3 if suffix == "s" else 4):
            return _stem(word[: -len(suffix)])
    return word


def sentences_of(text: str) -> list[str]:
    """The readable sentences of a passage; list items count as sentences, headings and table rules do not."""
    return [sentence for block in _blocks(text) for sentence in _readable_ones(block)]


def _readable_ones(block: str) -> list[str]:
    return [sentence for sentence in _split(block) if _readable(sentence)]


def _blocks(text: str) -> list[str]:
    """Paragraphs and list items, each on one line, without markup."""
    blocks: list[str] = []
    joining = False
    for line in _LINK.sub(r"\1", text).splitlines():
        bare = _MARKDOWN.sub("", line).strip()
        if not bare or bare.startswith("#") or set(bare) <= set("-=|: "):
            joining = False
        elif _BULLET.match(line) or "|" in bare:
            blocks.append(" ".join(_BULLET.sub("", bare).replace("|", " ").split()))
            joining = not bare.endswith("|")
        elif joining:
            blocks[-1] = f"{blocks[-1]} {bare}"
        else:
            blocks.append(bare)
            joining = True
    return blocks


def _split(block: str) -> list[str]:
    pieces: list[str] = []
    for piece in _BOUNDARY.split(block):
        if pieces and _ends_in_abbreviation(pieces[-1]):
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece:
            pieces.append(piece.strip())
    return pieces


def _ends_in_abbreviation(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1].lower().rstrip(".").lstrip("(")
    return text.endswith(".") and (last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()))


def _readable(sentence: str) -> bool:
    """Enough letters to be a sentence, and not a title without an end."""
    words = sentence.split()
    return len(words) >= 3 and sum(char.isalpha() for char in sentence) >= len(sentence) // 2


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of source `number`, at `place` among its sentences; `block` is its paragraph or list item."""

    number: int
    block: int
    place: int
    text: str
    score: float


def score_sentences(question: str, passages: Sequence[tuple[int, str, str]]) -> list[Scored]:
    """How much of the question each sentence covers, rare words counting more.

    Args:
        question: the visitor's words.
        passages: number, heading and text of each, best first.
    Returns: every sentence, in the order of the passages; scores in [0, 1], a little more for better passages.
    """
    sentences = [(rank, one) for rank, (number, _, text) in enumerate(passages) for one in _unscored(number, text)]
    asked = dict.fromkeys(stems_of(question))
    stems = [set(stems_of(one.text)) for _, one in sentences]
    headings = {number: set(stems_of(heading)) for number, heading, _ in passages}
    seen_in = Counter(stem for bag in stems for stem in bag if stem in asked)
    weights = {stem: math.log(1 + (1 + len(stems)) / (1 + seen_in[stem])) for stem in asked}
    total = sum(weights.values()) or 1.0

    def cover(number: int, bag: set[str]) -> float:
        direct = sum(weights[stem] for stem in asked if stem in bag)
        implied = sum(weights[stem] for stem in asked if stem not in bag and stem in headings[number])
        return (direct + 0.3 * implied) / total

    return [
        replace(one, score=cover(one.number, bag) * (1 + 0.15 / (1 + rank)))
        for (rank, one), bag in zip(sentences, stems, strict=True)
    ]


def _unscored(number: int, text: str) -> list[Scored]:
    placed = [(block, sentence) for block, line in enumerate(_blocks(text)) for sentence in _readable_ones(line)]
    return [Scored(number, block, place, sentence, 0.0) for place, (block, sentence) in enumerate(placed)]
