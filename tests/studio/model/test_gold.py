"""Gold questions: read from tables as people save them, edited purely, and scores that know what they were made of."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.contract.chatbot import BlobRef, ChatbotDraft, DocumentRef, GoldQuestion
from shared.dialogue.gold import GoldResult, GoldScore
from shared.errors import BadRequest
from studio.files.gold import keep_score, load_score
from studio.files.project import Project
from studio.files.spending import add_spending, spending_of
from studio.model.gold import gold_csv, measured_on, read_gold, with_gold_at, with_gold_questions


def named(name: str, title: str) -> DocumentRef:
    return DocumentRef(blob=BlobRef(name=name, sha256="0" * 64, bytes=1), title=title)


DRAFT = ChatbotDraft(
    knowledge=(named("hours.md", "Opening hours"), named("prices.pdf", "Prices, fees")),
    gold=(GoldQuestion(question="When are you open?", document="hours.md"), GoldQuestion(question="Who won?")),
)


@pytest.mark.parametrize(
    "table",
    [
        'question,document\nWhen, exactly?,hours.md\n"Costs, for two?","prices, fees"\nWho won?,\n'.replace(
            "When, exactly?", '"When, exactly?"'
        ),
        "\ufeffquestion;document\r\nWhen, exactly?;Opening Hours\r\nCosts, for two?;prices.pdf\r\nWho won?;none\r\n",
        "When, exactly?\thours.md\n\nCosts, for two?\tprices.pdf\nWho won?\n",
    ],
)
def test_a_table_is_read_as_spreadsheets_save_it(table: str) -> None:
    read = read_gold(table, DRAFT)

    assert [(one.question, one.document) for one in read.questions] == [
        ("When, exactly?", "hours.md"), ("Costs, for two?", "prices.pdf"), ("Who won?", None),
    ]  # fmt: skip
    assert read.problems == ()


def test_a_line_that_does_not_fit_is_told_and_the_others_are_taken() -> None:
    read = read_gold(f"When?,hours.md\nWhere?,map.md\n{'x' * 700},hours.md\n", DRAFT)

    assert [one.question for one in read.questions] == ["When?"]
    assert read.problems == ("Line 2: there is no document map.md.", "Line 3: a question has 1 to 600 characters.")


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(BadRequest, match="There is no question"):
        read_gold("question,document\n\n", DRAFT)


def test_what_is_written_is_read_again() -> None:
    assert read_gold(gold_csv(DRAFT.gold), DRAFT).questions == DRAFT.gold


def test_the_same_question_again_replaces_the_earlier() -> None:
    after = with_gold_questions(DRAFT, [GoldQuestion(question="when are  you OPEN?", document="prices.pdf")])

    assert [(one.document) for one in after.gold] == ["prices.pdf", None]
    assert with_gold_at(after, 0, None).gold == DRAFT.gold[1:]
    assert with_gold_at(after, 1, DRAFT.gold[0]).gold[1] == DRAFT.gold[0]


def test_a_kept_score_fits_until_questions_or_documents_change(tmp_path: Path) -> None:
    project = Project(tmp_path)
    score = GoldScore(results=(GoldResult(question="When?", document="hours.md", found=("hours.md",), score=0.8),))

    keep_score(project, DRAFT, score)
    kept = load_score(project)

    assert kept is not None
    assert kept.score == score
    assert kept.fits(DRAFT)
    assert kept.fits(DRAFT.model_copy(update={"name": "Another"}))
    assert not kept.fits(with_gold_at(DRAFT, 0, None))
    assert not kept.fits(DRAFT.model_copy(update={"knowledge": DRAFT.knowledge[:1]}))
    assert measured_on(DRAFT) != measured_on(ChatbotDraft())


def test_spending_is_counted_by_the_month(tmp_path: Path) -> None:
    project = Project(tmp_path)
    march, april = datetime(2026, 3, 31, 23, 59, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)

    for micros in (700, 300, None):
        add_spending(project, micros, march)
    of_march = spending_of(project, march)
    add_spending(project, 50, april)

    assert (of_march.micros, of_march.unpriced) == (1_000, 1)
    assert spending_of(project, april).micros == 50
