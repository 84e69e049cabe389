"""Edits of the gold questions, and what a score was measured on."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from shared.contract.chatbot import ChatbotDraft, GoldQuestion
from shared.errors import BadRequest

MOST_GOLD = 500
_HEADINGS = ("question", "document")
_NOTHING = frozenset({"", "-", "none", "nothing"})
"""What stands in the second column for a question that nothing may be found for."""


def measured_on(draft: ChatbotDraft) -> str:
    """A digest of all that a gold score depends on in a draft: the questions, and the documents with their titles."""
    made_from = {
        "gold": [one.model_dump(mode="json") for one in draft.gold],
        "knowledge": [[one.blob.sha256, one.blob.name, one.title] for one in draft.knowledge],
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def with_gold(draft: ChatbotDraft, gold: Iterable[GoldQuestion]) -> ChatbotDraft:
    """The draft with exactly these gold questions."""
    return draft.model_copy(update={"gold": tuple(gold)[:MOST_GOLD]})


def with_gold_questions(draft: ChatbotDraft, added: Iterable[GoldQuestion]) -> ChatbotDraft:
    """The draft with more of them; one that asks the same, whatever its case, replaces the earlier."""
    gold = {_same(one.question): one for one in draft.gold}
    gold.update({_same(one.question): one for one in added})
    return with_gold(draft, gold.values())


def with_gold_at(draft: ChatbotDraft, place: int, changed: GoldQuestion | None) -> ChatbotDraft:
    """The draft with another question at a place; None takes it out."""
    gold = list(draft.gold)
    gold[place : place + 1] = [] if changed is None else [changed]
    return with_gold(draft, gold)


def gold_question(question: str, document: str | None) -> GoldQuestion | None:
    """A question as the contract takes it; None for one without words."""
    words = " ".join(question.split())[:600]
    return GoldQuestion(question=words, document=document) if words else None


def _same(question: str) -> str:
    return " ".join(question.split()).casefold()


@dataclass(frozen=True)
class ReadGold:
    """Gold questions read from a table, and sentences about its lines that could not be taken."""

    questions: tuple[GoldQuestion, ...]
    problems: tuple[str, ...] = ()


def read_gold(text: str, draft: ChatbotDraft) -> ReadGold:
    """Read a table of questions and the documents that answer them, by file name or title; comma, semicolon or tab.

    Raises: BadRequest: there is no question in it.
    """
    names = {name.casefold(): one.blob.name for one in draft.knowledge for name in (one.title, one.blob.name)}
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    for line, (asked, expected) in _lines(text):
        document = None if expected.casefold() in _NOTHING else names.get(expected.casefold())
        if document is None and expected.casefold() not in _NOTHING:
            problems.append(f"Line {line}: there is no document {expected}.")
            continue
        try:
            questions.append(GoldQuestion(question=asked, document=document))
        except ValidationError:
            problems.append(f"Line {line}: a question has 1 to 600 characters.")
    if not questions and not problems:
        raise BadRequest("There is no question in it. Give a table: the question, then the document that answers it.")
    return ReadGold(tuple(questions), tuple(problems))


def _lines(text: str) -> Iterable[tuple[int, tuple[str, str]]]:
    bare = text.lstrip("\N{BYTE ORDER MARK}")
    reader = csv.reader(io.StringIO(bare), delimiter=_delimiter(bare), strict=False)
    for cells in reader:
        asked, expected = (*(cell.strip() for cell in cells), "", "")[:2]
        if not asked and not expected:
            continue
        if reader.line_num == 1 and (asked.casefold(), expected.casefold()) == _HEADINGS:
            continue
        yield reader.line_num, (" ".join(asked.split()), expected)


def _delimiter(text: str) -> str:
    """Spreadsheets of half of Europe write semicolons; a comma may stand in any question."""
    first = text.partition("\n")[0]
    return next((mark for mark in ("\t", ";") if mark in first), ",")


def gold_csv(gold: Sequence[GoldQuestion]) -> str:
    """The questions as a table that `read_gold` reads."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_HEADINGS)
    writer.writerows((one.question, one.document or "") for one in gold)
    return stream.getvalue()
