"""Words as the ranking sees them: stemmed, without those that say nothing, sentence by sentence.

PostgreSQL stems with the same Snowball algorithms, so desk and server agree on what is the same word.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

from shared.knowledge.languages import COMMON_WORDS, LANGUAGES

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;:。！？])\s+|\n+|(?<=[。！？])")  # noqa: RUF001  # Chinese and Japanese sentence ends
_NO_WORDS: frozenset[str] = frozenset()
_PREFIX_CHARACTERS = 4
"""From this length on, a question's word also finds the longer words that begin with it: codes, names, compounds."""
_PREFIX_WORTH = 0.7
"""What such a find counts, against the word itself."""
_REMEMBERED_STEMS = 100_000
_FEW_WORDS = 3
_REMEMBERED_PASSAGES = 4_096
"""About 60 MB; taking a hundred passages apart takes as long as all the rest of a search."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question, in lower case, and its stem."""

    word: str
    stem: str
    is_name: bool = False
    """A code or a name by its looks, or one of few words: worth looking for in longer words all over the library."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence: their stems, and themselves between blanks so that a prefix is found by searching."""

    stems: frozenset[str]
    words: str

    def worth(self, term: Term) -> float:
        """Say how well the sentence holds a term: 1 the word, less for a longer one that begins with it, else 0."""
        if term.stem in self.stems:
            return 1.0
        if is_prefix(term) and f" {term.word}" in self.words:
            return _PREFIX_WORTH
        return 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a passage."""

    whole: Sentence
    sentences: tuple[Sentence, ...]
    pairs: frozenset[tuple[str, str]]
    """Stems that stand side by side once the common words are left out."""
    counts: Counter[str]


def is_prefix(term: Term) -> bool:
    """Whether a term also finds longer words."""
    return len(term.word) >= _PREFIX_CHARACTERS


@lru_cache(maxsize=_REMEMBERED_PASSAGES)
def words_of(text: str, language: str) -> Words:
    """Take a passage apart; what was asked for lately is remembered."""
    sentences = [_WORD.findall(sentence.lower()) for sentence in _SENTENCE_END.split(text)]
    stemmed = [_stems(words, language) for words in sentences]
    every = [stem for stems in stemmed for stem in stems]
    return Words(
        whole=Sentence(frozenset(every), _joined([word for words in sentences for word in words])),
        sentences=tuple(
            Sentence(frozenset(stems), _joined(words)) for words, stems in zip(sentences, stemmed, strict=True) if stems
        ),
        pairs=frozenset(pairwise(every)),
        counts=Counter(every),
    )


def terms_of(question: str, language: str) -> tuple[Term, ...]:
    """Return the words of a question that say what it is about, each stem once."""
    common = COMMON_WORDS.get(language, _NO_WORDS)
    written = _WORD.findall(question)
    terms: dict[str, Term] = {}
    for place, as_written in enumerate(written):
        word = as_written.lower()
        if word not in common:
            stem = stem_of(word, language)
            is_name = len(written) <= _FEW_WORDS or not word.isalpha() or (place > 0 and as_written != word)
            terms.setdefault(stem, Term(word, stem, is_name))
    return tuple(terms.values())


def pairs_of(terms: Sequence[Term]) -> frozenset[tuple[str, str]]:
    """Return the stems of a question that stand side by side."""
    return frozenset(pairwise(term.stem for term in terms))


def lexical_rank(terms: Sequence[Term], words: Words) -> float:
    """Rank a passage as PostgreSQL's `ts_rank` ranks the OR of the terms: a word's n-th place counts 1/n².

    Source: PostgreSQL 18, 12.3.3, as measured the best of its rankings; a prefix counts as one place.
    """
    if not terms:
        return 0.0
    return sum(_places(term, words) for term in terms) / len(terms)


def _places(term: Term, words: Words) -> float:
    count = words.counts.get(term.stem, 0)
    if count:
        return sum(1 / (place * place) for place in range(1, count + 1))
    return words.whole.worth(term)


def _joined(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _stems(words: Sequence[str], language: str) -> list[str]:
    common = COMMON_WORDS.get(language, _NO_WORDS)
    return [stem_of(word, language) for word in words if word not in common]


@lru_cache(maxsize=_REMEMBERED_STEMS)
def stem_of(word: str, language: str) -> str:
    """Return the stem of a word in lower case; the word itself in a language without a stemmer."""
    if language not in LANGUAGES or not word.isalpha():
        return word
    stem: str = _stemmer(language).stemWord(word)
    return stem


@lru_cache(maxsize=len(LANGUAGES))
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)
