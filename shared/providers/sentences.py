"""Words without their endings, and the readable sentences of a passage."""

import re
from typing import Final

_ABBREVIATIONS: Final = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "vs", "etc", "e.g", "i.e", "fig", "no", "approx", "dept",
    "inc", "ltd", "co", "z.b", "d.h", "bzw", "ca", "usw", "nr", "p", "pp", "vol", "ed",
})  # fmt: skip
_BOUNDARY: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÞŒ0-9¿¡*])|(?<=[。！？])")  # noqa: RUF001
_BULLET: Final = re.compile(r"^\s*(?:[-*•▪◦\u2013]|\d{1,2}[.)])\s+")
_MARKDOWN: Final = re.compile(r"(\*\*|__|`|^\s*>\s?)", re.MULTILINE)
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_DIGIT: Final = re.compile(r"\d")
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
    "am", "been", "being", "he", "her", "him", "his", "she", "us", "t", "re", "ve", "ll", "m", "d",
    "el", "los", "las", "una", "y", "son", "qué", "quién", "dónde", "cuándo", "cómo", "por", "para",
})  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words that carry meaning, in lower case."""
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP_WORDS]


def stems_of(text: str) -> list[str]:
    """Words without their commonest endings, in lower case; words that carry no meaning are left out."""
    return [_stem(word) for word in words_of(text)]


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (3 if suffix == "s" else 4):
            return _stem(word[: -len(suffix)])
    return word


def sentences_of(text: str) -> list[str]:
    """The readable sentences of a passage; list items count as sentences, headings and table rules do not."""
    return [sentence for block in blocks_of(text) for sentence in block]


def blocks_of(text: str) -> list[list[str]]:
    """The readable sentences of each paragraph, list item and table row."""
    return [[sentence for sentence in _split(block) if _readable(sentence)] for block in _blocks(text)]


def _blocks(text: str) -> list[str]:
    """Paragraphs, list items and table rows, each on one line, without markup."""
    blocks: list[str] = []
    rows: list[str] = []
    joining = False
    for line in [*_LINK.sub(r"\1", text).splitlines(), ""]:
        bare = _MARKDOWN.sub("", line).strip()
        if "|" in bare:
            rows.append(bare)
            joining = False
            continue
        blocks.extend(_rows(rows))
        rows.clear()
        if not bare or bare.startswith("#") or set(bare) <= set("-= "):
            joining = False
        elif joining and not _BULLET.match(line):
            blocks[-1] = f"{blocks[-1]} {bare}"
        else:
            blocks.append(" ".join(_BULLET.sub("", bare).split()))
            joining = True
    return blocks


def _rows(rows: list[str]) -> list[str]:
    """A table's rows as a person would say them: what each is about, then its cells, bare numbers with their column."""
    columns: list[str] = []
    rule = next((place for place, row in enumerate(rows) if set(row) <= set("-|: ")), None)
    if rule is not None:
        columns, rows = _cells(rows[0]) if rule else [], rows[rule + 1 :]
    elif len(rows) > 1 and not _DIGIT.search(rows[0]) and any(_DIGIT.search(row) for row in rows[1:]):
        columns, rows = _cells(rows[0]), rows[1:]
    spoken = []
    for row in rows:
        first, *rest = _cells(row)
        told = [_told(cell, columns[place] if place < len(columns) else "") for place, cell in enumerate(rest, start=1)]
        spoken.append(f"{first}: {', '.join(cell for cell in told if cell)}" if any(told) else first)
    return spoken


def _cells(row: str) -> list[str]:
    return [" ".join(cell.split()) for cell in row.strip("| ").split("|")]


def _told(cell: str, column: str) -> str:
    """A cell within a sentence: a number says what it counts, an article is small."""
    if cell.isdigit() and column:
        return f"{column.lower()} {cell}"
    first, _, rest = cell.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _STOP_WORDS else cell


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
