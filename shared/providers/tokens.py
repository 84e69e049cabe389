"""How many tokens a text is, about: every model has a tokenizer of its own, and some are not published."""

import re
from typing import Final

_PIECE: Final = re.compile(r"(?P<word>[^\W\d_]+)|(?P<number>\d+)|(?P<space>\s+)|(?P<mark>[^\w\s]|_)")
_PLAIN: Final = re.compile(r"[a-zA-Z]+\Z")
_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LONGEST_PLAIN: Final = 9
"""Nearly all English words up to this length are one token."""
_PLAIN_CHARACTERS: Final = 4.2
"""What a token holds of a longer word in Latin letters."""
_OTHER_CHARACTERS: Final = 2.9
"""What it holds of a word with accents or in another alphabet."""
_DIGITS: Final = 3


def counted_tokens(text: str) -> int:
    """Estimate how many tokens a model counts for `text`.

    An estimate by rules, not a tokenizer. Held against OpenAI's o200k it was within 6 % on English prose, prompts,
    Markdown, German, Spanish, Chinese and Japanese, 13 % too high on French and Russian, 27 % too low on Polish. Other
    providers count otherwise, and do not publish how. What a turn really took stands in its usage.
    """
    return round(sum(_tokens(piece) for piece in _PIECE.finditer(text)))


def _tokens(piece: "re.Match[str]") -> float:
    kind, text = piece.lastgroup, piece.group()
    if kind == "word":
        return _word_tokens(text)
    if kind == "number":
        return -(-len(text) // _DIGITS)
    if kind == "space":
        # A blank belongs to the word behind it.
        return 0.0 if text == " " else 1.0
    return 0.9


def _word_tokens(word: str) -> float:
    ideographs = len(_IDEOGRAPH.findall(word))
    if ideographs:
        return 0.75 * ideographs + (len(word) - ideographs) / _OTHER_CHARACTERS
    if _PLAIN.match(word):
        return 1.0 if len(word) <= _LONGEST_PLAIN else len(word) / _PLAIN_CHARACTERS
    return max(1.0, len(word) / _OTHER_CHARACTERS)
