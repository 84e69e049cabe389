"""`troupe score` asks the gold questions, says which went wrong, and fails a script whose knowledge got worse."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.contract.chatbot import ChatbotDraft, GoldQuestion
from studio.cli.entry import run
from studio.files.documents import store_document
from studio.files.gold import load_score
from studio.files.project import Project, save_draft
from studio.model.edits import with_documents

TICKETS = b"A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"
HOURS = b"The museum is open from ten to six, on Thursdays until nine.\n"
GOLD = (
    GoldQuestion(question="What does a ticket cost?", document="tickets.txt"),
    GoldQuestion(question="Until when is it open on Thursday?", document="tickets.txt"),
    GoldQuestion(question="Who won the world cup in 1954?"),
)
Score = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "museum")
    stored = [store_document(made, "tickets.txt", TICKETS), store_document(made, "hours.txt", HOURS)]
    save_draft(made, with_documents(ChatbotDraft(gold=GOLD), stored))
    return made


@pytest.fixture
def score(
    project: Project, models_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Score:
    """Runs the command on the project. Returns: exit code and output."""
    monkeypatch.setenv("TROUPE_CACHE_FOLDER", str(models_folder))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def ran(*options: str) -> tuple[int, str]:
        code = run(["score", str(project.folder), *options])
        return code, capsys.readouterr().out

    return ran


def test_the_score_is_told_and_kept(score: Score, project: Project) -> None:
    code, output = score("--json")

    told = json.loads(output)
    kept = load_score(project)
    assert code == 0
    assert (told["questions"], told["recall_at_1"], told["right_declines"]) == (3, 0.5, 1.0)
    assert [one["right"] for one in told["results"]] == [True, False, True]
    assert told["results"][1]["found"] == ["hours.txt"]
    assert kept is not None
    assert kept.score.right == told["right"] == pytest.approx(2 / 3)


def test_too_few_right_answers_fail_the_script(score: Score) -> None:
    assert score("--least", "0.6")[0] == 0
    code, output = score("--least", "0.9")

    assert code == 1
    assert "WRONG  Until when is it open on Thursday?  (found hours.txt, not tickets.txt)" in output


def test_a_table_of_questions_is_asked_instead(score: Score, project: Project, tmp_path: Path) -> None:
    table = tmp_path / "gold.csv"
    table.write_text("question;document\nUntil when is it open on Thursday?;Hours\n", encoding="utf-8")

    code, output = score("--questions", str(table), "--least", "1")
    table.write_text("When?,map.txt\n", encoding="utf-8")
    refused, _ = score("--questions", str(table))

    assert (code, refused) == (0, 2)
    assert "1 of 1 right: recall@1 100%" in output
    assert load_score(project) is None
