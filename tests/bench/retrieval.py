"""How well a question finds the paragraph that it was written from, and how long that takes.

SQuAD sample (Rajpurkar et al. 2016, CC BY-SA 4.0) at ../shared/data; each paragraph is a document of its own. Questions
that the data marks as impossible are left out: they were written to look answerable and have no right paragraph.
"""

import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shared.knowledge.documents import parse_document
from shared.knowledge.memory import MemoryLibrary, ShelvedPassage, embed_passages, shelve
from shared.knowledge.minilm import MiniLm
from shared.knowledge.ranking import ABSTAIN_BELOW

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "squad-sample" / "dev-sample.json"
_PROMISED_FIRST, _PROMISED_FIVE = 0.94, 0.99
_PROMISED_MILLISECONDS = 20.0
_MOST_ABSENT_ANSWERED = 0.10
_LEAST_PRESENT_ANSWERED = 0.85

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    paragraph: str
    article: str


def run() -> list[Row]:
    """Measure; without the sample it says so and measures nothing."""
    if not SAMPLE.is_file():
        sys.stderr.write(f"retrieval: skipped, there is no sample at {SAMPLE}\n")
        return []
    paragraphs, questions = _sample()
    with tempfile.TemporaryDirectory(prefix="troupe-bench-") as folder:
        minilm = MiniLm(Path(folder))
        passages = [passage for shelved in paragraphs.values() for passage in shelved]
        library = MemoryLibrary(passages, minilm, embed_passages(passages, minilm))
        rows = [*_recalls(library, questions), *_milliseconds(library, questions)]
        return [*rows, *_abstention(minilm, paragraphs, questions, library)]


def _sample() -> tuple[dict[str, list[ShelvedPassage]], list[_Asked]]:
    paragraphs: dict[str, list[ShelvedPassage]] = {}
    questions: list[_Asked] = []
    for article in json.loads(SAMPLE.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = f"{article['title']}/{len(paragraphs)}"
            parsed = parse_document(f"paragraph-{len(paragraphs)}.txt", paragraph["context"].encode())
            paragraphs[name] = shelve(name, parsed)
            questions.extend(
                _Asked(asked["question"].strip(), name, article["title"])
                for asked in paragraph["qas"]
                if not asked["is_impossible"]
            )
    return paragraphs, questions


def _recalls(library: MemoryLibrary, questions: Sequence[_Asked]) -> list[Row]:
    rankings: dict[str, Callable[[str], list[str]]] = {
        "words": library.by_words,
        "vectors": library.by_vectors,
        "both": lambda question: [found.passage_id for found in library.by_both(question)],
    }
    measured = {name: _measured(ranking, questions) for name, ranking in rankings.items()}
    better = [max(measured["words"][index], measured["vectors"][index]) for index in range(3)]
    promises = (max(_PROMISED_FIRST, better[0]), max(_PROMISED_FIVE, better[1]), better[2])
    return [
        {
            "what": f"{measure}, {name}",
            "value": round(measured[name][index], 4),
            "unit": "share",
            "promise": f">= {promises[index]:.4f}" if name == "both" else "",
            "peer": f"{better[index]:.4f}" if name == "both" else "",
        }
        for name in rankings
        for index, measure in enumerate(("recall@1", "recall@5", "MRR"))
    ]


def _measured(ranking: Callable[[str], list[str]], questions: Sequence[_Asked]) -> tuple[float, float, float]:
    places = [_place(ranking(asked.text), asked.paragraph) for asked in questions]
    return (
        statistics.fmean(place <= 1 for place in places),
        statistics.fmean(place <= 5 for place in places),
        statistics.fmean(1 / place for place in places),
    )


def _place(ranking: Sequence[str], paragraph: str) -> float:
    documents = list(dict.fromkeys(passage_id.rpartition(":")[0] for passage_id in ranking))
    return documents.index(paragraph) + 1 if paragraph in documents else math.inf


def _milliseconds(library: MemoryLibrary, questions: Sequence[_Asked]) -> list[Row]:
    taken = []
    for asked in questions[:400]:
        began = time.perf_counter()
        library.by_both(asked.text)
        taken.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(taken, [50, 95])
    return [
        {"what": "question to passages in memory, p50", "value": round(float(p50), 2), "unit": "ms", "promise": ""},
        {
            "what": "question to passages in memory, p95",
            "value": round(float(p95), 2),
            "unit": "ms",
            "promise": f"<= {_PROMISED_MILLISECONDS}",
        },
    ]


def _abstention(
    minilm: MiniLm, paragraphs: dict[str, list[ShelvedPassage]], questions: Sequence[_Asked], library: MemoryLibrary
) -> list[Row]:
    """Ask each question of the whole library, and of one that lacks its article."""
    answered = [_best(library, asked) >= ABSTAIN_BELOW for asked in questions]
    absent: list[bool] = []
    for article in sorted({asked.article for asked in questions}):
        kept = [each for name, shelved in paragraphs.items() if not name.startswith(article) for each in shelved]
        without = MemoryLibrary(kept, minilm)
        about_it = [asked for asked in questions if asked.article == article]
        absent.extend(_best(without, asked) >= ABSTAIN_BELOW for asked in about_it)
    return [
        {
            "what": "answered though the article is absent",
            "value": round(statistics.fmean(absent), 4),
            "unit": "share",
            "promise": f"<= {_MOST_ABSENT_ANSWERED}",
        },
        {
            "what": "answered where the article is there",
            "value": round(statistics.fmean(answered), 4),
            "unit": "share",
            "promise": f">= {_LEAST_PRESENT_ANSWERED}",
        },
    ]


def _best(library: MemoryLibrary, asked: _Asked) -> float:
    return max((found.score for found in library.by_both(asked.text)), default=0.0)
